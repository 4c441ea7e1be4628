import { createSolver } from "../../src/engine/solver.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";

const solver = createSolver("wasm");

/** All results of one point, by column name, and its status. */
export interface Solved {
  readonly status: number;
  readonly value: (column: string) => number;
  readonly populations: readonly number[];
}

/** Solves a point in WebAssembly, as the package does; `equation` and `method` belong to the point. */
export function solvePoint(point: object): Solved {
  const sweep = parseSpec(point);
  const { values, status } = solver(sweep);
  const byName = new Map(sweep.columns.map(({ name }, k) => [name, values[k]]));
  const names = sweep.model.columns.populations
    .toSorted((a, b) => a.result - b.result)
    .map(({ name }) => name);
  return {
    status,
    value: (column) => {
      const value = byName.get(column);
      if (value === undefined) throw new Error(`no column ${column}`);
      return value;
    },
    populations: names.map((name) => byName.get(name) as number),
  };
}
