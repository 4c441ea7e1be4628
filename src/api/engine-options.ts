import type { Backend } from "../engine/engine.ts";

/** On which of the two backends an engine runs. */
export interface EngineOptions {
  /** `wasm` by default; `js` is the plain twin, with the same bits. */
  readonly backend?: Backend;
}
