import { createHash } from "node:crypto";
import { kernelBytes } from "./wasm/module.ts";

/**
 * SHA-256 of the kernels' wasm, in hexadecimal: a file says what made it. The wasm holds the hash of the
 * sources that plan and feed it (`scripts/stamp`).
 */
export function kernelHash(): string {
  return createHash("sha256").update(kernelBytes()).digest("hex");
}
