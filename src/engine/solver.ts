import type { Backend } from "./engine.ts";
import { pointSolver, type Solver } from "./point-solver.ts";
import { kernelModule } from "./wasm/module.ts";

/** A warm engine for single points on one of the backends. */
export function createSolver(backend: Backend): Solver {
  return pointSolver(backend === "wasm" ? kernelModule() : undefined);
}
