import type { Backend } from "../engine/engine.ts";
import { createSolver, type Solver } from "../engine/solver.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import { SpecError } from "../spec/spec-error.ts";
import type { Sweep } from "../spec/sweep.ts";
import { checkBackend } from "./check-options.ts";

const solvers = new Map<Backend, Solver>();

/** A warm solver, one a backend for the life of the process. */
export function solverOf(backend: Backend): Solver {
  const solver = solvers.get(backend) ?? createSolver(backend);
  solvers.set(backend, solver);
  return solver;
}

/**
 * A valid point: a spec without axes.
 *
 * @throws SpecError
 */
export function parsePoint(point: unknown): Sweep {
  const parsed = parseSpec(point);
  if (parsed.axes.length > 0) {
    throw new SpecError([
      {
        path: "sweep",
        message: "solve takes one point, and this spec sweeps: leave `sweep` out (--set sweep=[])",
      },
    ]);
  }
  return parsed;
}

/**
 * Solves one point: its steady state (2.3) and heat currents (2.11), (2.12).
 *
 * @param point a spec without `sweep`, as an object or as YAML or JSON text.
 * @param options.backend `wasm` by default; `js` is the plain twin, with the same bits.
 * @returns the results by column name in file order, then `status`, 0 for a result to trust. A result
 *   that does not exist is NaN, and `status` says why.
 * @throws SpecError (rejects) if the point is not valid; RangeError (rejects) if an option is not.
 */
export async function solve(
  point: unknown,
  { backend = "wasm" }: { readonly backend?: Backend } = {},
): Promise<Record<string, number>> {
  checkBackend(backend);
  const parsed = parsePoint(point);
  const { values, status } = solverOf(backend)(parsed);
  const results = parsed.columns.map(({ name }, c) => [name, values[c]] as const);
  return Object.fromEntries([...results, ["status", status]]);
}
