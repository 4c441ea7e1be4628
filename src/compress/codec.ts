import { lz4Codec } from "./lz4-codec.ts";
import type { Compression } from "./compression.ts";
import { zstdCodec } from "./zstd-codec.ts";

/** Compresses bytes, and back. The same bytes give the same bytes on any machine: both are WebAssembly. */
export interface Codec {
  compress(bytes: Uint8Array): Uint8Array;
  /**
   * The `size` bytes, or fewer, that `bytes` were made of.
   *
   * @throws Error if they are damaged, or more than that
   */
  decompress(bytes: Uint8Array, size: number): Uint8Array;
}

const loaded = new Map<Compression, Promise<Codec>>();

/** The codec of a compression, loaded once a thread. */
export function loadCodec(compression: Compression): Promise<Codec> {
  let codec = loaded.get(compression);
  if (!codec) loaded.set(compression, (codec = (compression === "zstd" ? zstdCodec : lz4Codec)()));
  return codec;
}
