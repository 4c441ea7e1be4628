import type { Backend } from "../engine/engine.ts";
import { createSolver } from "../engine/solver.ts";
import { checkBackend } from "./check-options.ts";
import { type Engine, pointEngine } from "./point-engine.ts";

/** On which of the two backends an engine runs. */
export interface EngineOptions {
  /** `wasm` by default; `js` is the plain twin, with the same bits. */
  readonly backend?: Backend;
}

/**
 * A warm engine for a program that solves point after point: an optimiser, a sampler, a server. It
 * starts no thread and needs no closing.
 *
 * @throws RangeError (rejects) if an option is not valid.
 */
export async function createEngine({ backend = "wasm" }: EngineOptions = {}): Promise<Engine> {
  checkBackend(backend);
  return pointEngine(createSolver(backend));
}
