import { checkOptions, engineOptions } from "../api/check-options.ts";
import type { EngineOptions } from "../api/engine-options.ts";
import { type Engine, pointEngine } from "../api/point-engine.ts";
import { pointSolver } from "../engine/point-solver.ts";

/**
 * A warm engine that solves points in the calling thread: in a module worker, so that the page stays
 * responsive. It loads the kernels and needs neither a server's headers nor any other file.
 *
 * @throws RangeError (rejects) if an option is not valid.
 */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  checkOptions(options, engineOptions);
  const { backend = "wasm" } = options;
  return pointEngine(pointSolver(backend === "wasm" ? await kernelModule() : undefined));
}

/** The bundler puts the bytes in place of the URL. */
async function kernelModule(): Promise<WebAssembly.Module> {
  const response = await fetch(new URL("../../qheat.wasm", import.meta.url));
  return WebAssembly.compile(await response.arrayBuffer());
}
