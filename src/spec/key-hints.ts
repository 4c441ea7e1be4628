import type { Model, SpectrumName } from "../models/model.ts";
import { bathKeys } from "../models/spectra.ts";
import { didYouMean } from "./nearest.ts";
import type { PointNumber } from "./point-numbers.ts";
import { lacking } from "./read-bath.ts";

/** What is wrong with a key that a spec has not at its top level. */
export function unknownKey(key: string, model: Model, keys: ReadonlySet<string>): string {
  const flat = bathNumbers(model).find(({ name }) => name === key);
  return `unknown key${flat ? `; did you mean ${flat.path}?` : didYouMean(key, keys)}`;
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
  const flat = all.find((number) => number.name === name);
  if (flat) {
    const spectrum = spectrumOf[flat.bath];
    return spectrum && lacking(`bath_${model.baths[flat.bath]}`, spectrum, flat.key);
  }
  const dotted = all.find(({ path }) => path === name);
  const names = numbers.map(({ parameter }) => parameter.name);
  const hint = dotted ? `; did you mean ${dotted.name}?` : didYouMean(name, names);
  return `unknown parameter of ${model.name}${hint}`;
}

/** Every number a bath of the model may have with some spectral function. */
function bathNumbers(model: Model) {
  return model.baths.flatMap((name, bath) =>
    bathKeys.map((key) => ({ name: `${key}_${name}`, path: `bath_${name}.${key}`, bath, key })),
  );
}
