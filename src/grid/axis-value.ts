import type { AxisValues } from "../spec/sweep.ts";
import { geomspace } from "./geomspace.ts";
import { linspace } from "./linspace.ts";

/** The values of an axis by index, 0 ≤ i < count: the same bits on every machine. */
export function axisValues(values: AxisValues): (i: number) => number {
  if (values.kind === "list") return (i) => values.values[i];
  const { from, to, count } = values;
  return values.kind === "linspace" ? linspace(from, to, count) : geomspace(from, to, count);
}
