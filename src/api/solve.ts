import type { Backend } from "../engine/engine.ts";
import { checkOptions, engineOptions } from "./check-options.ts";
import { createEngine } from "./create-engine.ts";
import type { EngineOptions } from "./engine-options.ts";
import type { Engine } from "./point-engine.ts";

const engines = new Map<Backend, Engine>();

/**
 * Solves one point: its steady state (2.3) and heat currents (2.11), (2.12). A program that solves
 * many one after the other does it faster with `createEngine`.
 *
 * @param point a spec without `sweep`, as an object or as YAML or JSON text.
 * @param options.backend `wasm` by default; `js` is the plain twin, with the same bits.
 * @returns the results by column name in file order, then `status`, 0 for a result to trust. A result
 *   that does not exist is NaN, and `status` says why.
 * @throws SpecError (rejects) if the point is not valid; RangeError (rejects) if an option is not.
 */
export async function solve(
  point: unknown,
  options: EngineOptions = {},
): Promise<Record<string, number>> {
  checkOptions(options, engineOptions);
  const { backend = "wasm" } = options;
  let engine = engines.get(backend);
  if (engine === undefined) {
    engine = await createEngine({ backend });
    engines.set(backend, engine);
  }
  return engine.solve(point);
}
