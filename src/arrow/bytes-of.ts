import type { Parts } from "./encoder.ts";

/** Bytes in all pieces together. */
export function bytesOf(parts: Parts): number {
  return parts.reduce((sum, part) => sum + part.byteLength, 0);
}
