import type { PointNumber } from "./point-numbers.ts";
import type { Axis, AxisValues, PointsFile, Sweep } from "./sweep.ts";

/** The spec of a sweep with everything spelt out, as JSON of one key order. */
export function canonicalSpec(
  sweep: Omit<Sweep, "canonical">,
  numbers: readonly PointNumber[],
): string {
  const { model, equation, method, constants } = sweep;
  const source = "system" in model ? model.system.source : model.name;
  const spec: Record<string, unknown> = { model: source, equation, method };
  const baths: Record<string, unknown>[] = sweep.spectra.map((spectrum) => ({ spectrum }));
  for (const { parameter, bath, key } of numbers) {
    const value = constants.get(parameter.name);
    if (value !== undefined) (bath < 0 ? spec : baths[bath])[key] = value;
  }
  for (const [b, bath] of baths.entries()) spec[`bath_${model.baths[b]}`] = bath;
  if (sweep.points) spec["points"] = pointsSpec(sweep.points, sweep.axes[0]);
  else if (sweep.axes.length > 0) spec["sweep"] = sweep.axes.map(axisSpec);
  spec["columns"] = sweep.columns.map(({ name }) => name);
  return JSON.stringify(spec);
}

function pointsSpec({ file, sha256 }: PointsFile, { names, count }: Axis) {
  return { file, sha256, columns: names, rows: count };
}

function axisSpec({ names, values }: Axis) {
  return Object.fromEntries(names.map((name, n) => [name, valuesSpec(values[n])]));
}

/** The values of one name of an axis as a spec gives them; those of a file a spec does not give. */
export function valuesSpec(values: AxisValues) {
  if (values.kind === "points") return undefined;
  if (values.kind === "list") return values.values;
  const { kind, from, to, count } = values;
  const seed = kind === "random" || kind === "sobol" ? values.seed : undefined;
  return { [kind]: seed === undefined ? [from, to, count] : [from, to, count, seed] };
}
