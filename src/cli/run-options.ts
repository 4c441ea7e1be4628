import type { Backend } from "../engine/engine.ts";
import { type Arguments, countOf, oneOf } from "./arguments.ts";

/** What `--threads` and `--backend` ask for. */
export function runOptions(
  given: Arguments,
  signal: AbortSignal,
): { signal: AbortSignal; threads?: number; backend?: Backend } {
  const threads = given.text("threads");
  const backend = given.text("backend");
  return {
    signal,
    ...(threads !== undefined && { threads: countOf("--threads", threads, 1024) }),
    ...(backend !== undefined && { backend: oneOf("--backend", backend, ["wasm", "js"]) }),
  };
}
