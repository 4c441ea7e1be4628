import type { Backend } from "../engine/engine.ts";
import { type Arguments, countOf, oneOf } from "./arguments.ts";

/** What `--threads`, `--chunk-rows` and `--backend` ask for. */
export function runOptions(
  given: Arguments,
  signal: AbortSignal,
): { signal: AbortSignal; threads?: number; chunkRows?: number; backend?: Backend } {
  const threads = given.text("threads");
  const chunkRows = given.text("chunk-rows");
  const backend = given.text("backend");
  return {
    signal,
    ...(threads !== undefined && { threads: countOf("--threads", threads, 1024) }),
    ...(chunkRows !== undefined && { chunkRows: countOf("--chunk-rows", chunkRows, 2 ** 26) }),
    ...(backend !== undefined && { backend: oneOf("--backend", backend, ["wasm", "js"]) }),
  };
}
