import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The built wasm. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(createRequire(import.meta.url).resolve("#wasm")));
}

let compiled: WebAssembly.Module | undefined;

/** The compiled kernels; compiled once a process, handed to the workers as it is. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
}
