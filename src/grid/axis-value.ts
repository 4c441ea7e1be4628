import type { AxisValues } from "../spec/sweep.ts";
import { geomspace } from "./geomspace.ts";
import { linspace } from "./linspace.ts";
import { random, randomWords } from "./random.ts";
import { sobol } from "./sobol.ts";

/** The values of an axis by index, 0 ≤ i < count: the same bits on every machine. */
export function axisValues(values: AxisValues): (i: number) => number {
  if (values.kind === "list") return (i) => values.values[i];
  if (values.kind === "points") {
    const { values: column } = values;
    if (!column) throw new Error("the points of this spec have not been read");
    return (i) => column[i];
  }
  const { from, to, count } = values;
  if (values.kind === "linspace") return linspace(from, to, count);
  if (values.kind === "geomspace") return geomspace(from, to, count);
  const unit = values.kind === "random" ? random(values.seed, values.name) : sobolUnit(values);
  const width = to - from;
  return (i) => from + width * unit(i);
}

/** A coordinate of a Sobol' design in [0, 1); with a seed its bits are turned by a random word. */
function sobolUnit(values: AxisValues & { kind: "sobol" }): (i: number) => number {
  const { dimension, seed, name } = values;
  const bits = sobol(dimension);
  if (seed === undefined) return (i) => bits(i) / 2 ** 32;
  const [shift] = randomWords(seed, name)(0);
  return (i) => ((bits(i) ^ shift) >>> 0) / 2 ** 32;
}
