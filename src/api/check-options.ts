import type { Backend } from "../engine/engine.ts";

/** Throws a RangeError unless the count, if there is one, is a whole number of 1 or more. */
export function checkCount(option: string, value: number | undefined): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) return;
  throw new RangeError(`${option}: must be a whole number of 1 or more, got ${value}`);
}

/** Throws a RangeError unless the backend, if there is one, is one of ours; for callers without types. */
export function checkBackend(backend: Backend | undefined): void {
  if (backend === undefined || backend === "wasm" || backend === "js") return;
  throw new RangeError(`backend: must be "wasm" or "js", got ${JSON.stringify(backend)}`);
}
