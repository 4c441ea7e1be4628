import { createHash } from "node:crypto";
import { kernelBytes } from "./wasm/module.ts";

/** SHA-256 of the kernels' wasm, in hexadecimal: a file says what made it. */
export function kernelHash(): string {
  return createHash("sha256").update(kernelBytes()).digest("hex");
}
