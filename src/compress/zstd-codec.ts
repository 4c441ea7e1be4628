import type { Codec } from "./codec.ts";

/** Of doubles that are no two alike a higher level takes longer and saves nothing. */
const LEVEL = 1;

export async function zstdCodec(): Promise<Codec> {
  const { compress, decompress, isLoaded } = await import("@foxglove/wasm-zstd");
  await isLoaded;
  return { compress: (bytes) => compress(bytes, LEVEL), decompress };
}
