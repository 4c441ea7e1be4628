import { createSolver } from "../engine/solver.ts";
import { checkOptions, engineOptions } from "./check-options.ts";
import type { EngineOptions } from "./engine-options.ts";
import { type Engine, pointEngine } from "./point-engine.ts";

/**
 * A warm engine for a program that solves point after point: an optimiser, a sampler, a server. It
 * starts no thread and needs no closing.
 *
 * @throws RangeError (rejects) if an option is not valid.
 */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  checkOptions(options, engineOptions);
  const { backend = "wasm" } = options;
  return pointEngine(createSolver(backend));
}
