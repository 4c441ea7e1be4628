import { crc32 } from "node:zlib";

/** The CRC-32 (of zlib, PNG and gzip) of parts one after the other, as eight hexadecimal digits. */
export function crcOf(parts: readonly Uint8Array[]): string {
  return crcText(parts.reduce((crc, part) => crc32(part, crc), 0));
}

/** A CRC-32 as eight hexadecimal digits. */
export function crcText(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}
