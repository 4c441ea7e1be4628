import type { Model, SpectrumName } from "../models/model.ts";
import { bathKeys } from "../models/spectra.ts";
import { nearestTo } from "./nearest.ts";
import type { PointNumber } from "./point-numbers.ts";
import { lacking } from "./read-bath.ts";

/** What is wrong with a key that a spec has not at its top level. */
export function unknownKey(key: string, model: Model, keys: ReadonlySet<string>): string {
  const flat = new Map(bathNumbers(model).map(({ name, path }) => [name, path]));
  const near = flat.has(key) ? key : nearestTo(key, [...keys, ...flat.keys()]);
  return near === undefined
    ? "unknown key"
    : `unknown key; did you mean ${flat.get(near) ?? near}?`;
}

/** What is wrong with a name an axis cannot sweep; undefined where it can. */
export function wrongAxisName(
  name: string,
  model: Model,
  spectrumOf: readonly (SpectrumName | undefined)[],
  numbers: readonly PointNumber[],
): string | undefined {
  if (numbers.some(({ parameter }) => parameter.name === name)) return undefined;
  const all = bathNumbers(model);
  const lackingOf = (flat: (typeof all)[number] | undefined) => {
    const spectrum = flat && spectrumOf[flat.bath];
    return spectrum && lacking(`bath_${model.baths[flat.bath]}`, spectrum, flat.key);
  };
  const flat = all.find((number) => number.name === name);
  if (flat) return lackingOf(flat);
  const dotted = all.find(({ path }) => path === name);
  const names = numbers.map(({ parameter }) => parameter.name);
  const near = dotted?.name ?? nearestTo(name, [...names, ...all.map((number) => number.name)]);
  if (near === undefined) return `unknown parameter of ${model.name}`;
  const why = names.includes(near) ? undefined : lackingOf(all.find((n) => n.name === near));
  return `unknown parameter of ${model.name}; did you mean ${near}?${why ? ` ${why}` : ""}`;
}

/** Every number a bath of the model may have with some spectral function. */
function bathNumbers(model: Model) {
  return model.baths.flatMap((name, bath) =>
    bathKeys.map((key) => ({ name: `${key}_${name}`, path: `bath_${name}.${key}`, bath, key })),
  );
}
