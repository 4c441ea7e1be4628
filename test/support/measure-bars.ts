import { createSolver } from "../../src/engine/solver.ts";
import type { MethodName } from "../../src/models/model.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { SpecError } from "../../src/spec/spec-error.ts";
import { bigArithmetic, exactly, toNumber } from "./big-float.ts";
import { exactSteadyState, type SolvedPoint } from "./exact-steady-state.ts";
import { randomPoint } from "./random-point.ts";
import { seeded } from "./random.ts";

/** The bars of one kind of column over many random points. */
export interface Bars {
  readonly label: string;
  /** Bar over true error, ascending, where there is an error. */
  readonly ratios: readonly number[];
  /** Results, among them those without an error, and those with an infinite bar. */
  readonly results: number;
  readonly exact: number;
  readonly infinite: number;
}

export interface Measured {
  readonly points: number;
  readonly bars: readonly Bars[];
  /** Points with a result further off than its bar. */
  readonly broken: readonly string[];
}

/** Solves `count` random points that have a steady state and holds their errors against their bars. */
export function measureBars(count: number, method: MethodName, seed: number): Measured {
  const solve = createSolver("wasm");
  const random = seeded(seed);
  const math = bigArithmetic(200);
  const kinds = new Map<
    string,
    { ratios: number[]; results: number; exact: number; infinite: number }
  >();
  const broken: string[] = [];
  let points = 0;
  while (points < count) {
    const point = randomPoint(random);
    const appendix = point.equation === "redfield-appendix";
    const columns = ["populations", "coherences", "errors", ...(appendix ? [] : ["currents"])];
    let sweep;
    try {
      const wanted = point.model === "qubit" ? columns.filter((c) => c !== "coherences") : columns;
      sweep = parseSpec({ ...point, method, columns: wanted });
    } catch (error) {
      // no bath, or no closed form
      if (error instanceof SpecError) continue;
      throw error;
    }
    const { values, status } = solve(sweep);
    if ((status & 3) !== 0) continue;
    points++;
    const value = (name: string) => values[sweep.columns.findIndex((c) => c.name === name)];
    for (const [name, exact] of exactSteadyState(point, bitsFor(point))) {
      const bar = value(`${name}_error`);
      const error = Math.abs(toNumber(math.sub(exactly(value(name)), exact)));
      // NaN is broken too
      if (!(error <= bar)) broken.push(`${name} ${error} > ${bar} ${JSON.stringify(point)}`);
      const label = `${kindOf(name)}, \`${point.model === "qubit" ? "qubit" : point.equation}\``;
      const kind = kinds.get(label) ?? { ratios: [], results: 0, exact: 0, infinite: 0 };
      kinds.set(label, kind);
      kind.results++;
      if (error === 0) kind.exact++;
      else if (bar === Infinity) kind.infinite++;
      else kind.ratios.push(bar / error);
    }
  }
  const bars = [...kinds].map(([label, { ratios, ...counts }]) => ({
    label,
    ratios: ratios.toSorted((a, b) => a - b),
    ...counts,
  }));
  return { points, bars: bars.toSorted((a, b) => (a.label < b.label ? -1 : 1)), broken };
}

function kindOf(name: string): string {
  if (name.startsWith("q_")) return "currents";
  return name.startsWith("rho") ? "populations" : "coherences";
}

/** Bits enough for the smallest of the Boltzmann factors and cutoffs beside 1. */
export function bitsFor(point: SolvedPoint): number {
  const omega = point.model === "qubit" ? point.omega_0 : point.omega_1 + point.omega_2;
  const scales = [point.T_A, point.T_B];
  for (const { spectrum, cutoff } of [point.bath_A, point.bath_B]) {
    if (spectrum === "power") scales.push(cutoff!);
  }
  const ratios = scales.filter((scale) => scale > 0).map((scale) => omega / scale);
  return 500 + Math.ceil(Math.min(1500, Math.max(...ratios, 0)) * 6);
}
