import type { Model, Parameter, SpectrumName } from "../models/model.ts";
import { bathParameters, spectra } from "../models/spectra.ts";

/** A number that fixes a point, and where a spec holds it. */
export interface PointNumber {
  /** Its name is the flat one: `omega_1`, `T_A`, `g_A`. */
  readonly parameter: Parameter;
  /** The place in `model.baths` of the bath whose object holds it; −1 at the spec's top level. */
  readonly bath: number;
  /** Its key there: `omega_1`, `T_A`, `g`. */
  readonly key: string;
  /** Both as a path: `omega_1`, `T_A`, `bath_A.g`. */
  readonly path: string;
}

const made = new WeakMap<Model, Map<string, readonly PointNumber[]>>();

/**
 * Every number of a model whose baths have these spectral functions, in canonical order: the
 * system's, the temperatures, then bath by bath. A bath without a spectrum has a temperature only.
 */
export function pointNumbers(
  model: Model,
  spectrumOf: readonly (SpectrumName | undefined)[],
): readonly PointNumber[] {
  let ofModel = made.get(model);
  if (!ofModel) made.set(model, (ofModel = new Map()));
  const key = spectrumOf.join();
  let numbers = ofModel.get(key);
  if (!numbers) ofModel.set(key, (numbers = makePointNumbers(model, spectrumOf)));
  return numbers;
}

const indexed = new WeakMap<readonly PointNumber[], ReadonlyMap<string, Parameter>>();

/** The parameters of `numbers` by flat name. */
export function parametersByName(numbers: readonly PointNumber[]): ReadonlyMap<string, Parameter> {
  let byName = indexed.get(numbers);
  if (!byName) {
    byName = new Map(numbers.map(({ parameter }) => [parameter.name, parameter]));
    indexed.set(numbers, byName);
  }
  return byName;
}

function makePointNumbers(model: Model, spectrumOf: readonly (SpectrumName | undefined)[]) {
  const top = (parameter: Parameter): PointNumber => {
    const { name } = parameter;
    return { parameter, bath: -1, key: name, path: name };
  };
  const temperatures: PointNumber[] = [];
  const strengths: PointNumber[] = [];
  for (const [b, bath] of model.baths.entries()) {
    const spectrum = spectrumOf[b];
    const [temperature, ...numbers] = bathParameters(bath, spectrum ?? "flat");
    temperatures.push(top(temperature));
    if (spectrum === undefined) continue;
    for (const [k, parameter] of numbers.entries()) {
      const key = spectra[spectrum].parameters[k].name;
      strengths.push({ parameter, bath: b, key, path: `bath_${bath}.${key}` });
    }
  }
  return [...model.parameters.map(top), ...temperatures, ...strengths];
}
