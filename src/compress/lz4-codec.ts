import type { Codec } from "./codec.ts";
import { lz4Frame, readLz4Frame } from "./lz4-frame.ts";

/** lz4-wasm puts a block's length before it was compressed before the block. */
const SIZE = 4;

export async function lz4Codec(): Promise<Codec> {
  const { compress, decompress } = await import("lz4-wasm-nodejs");
  const compressBlock = (bytes: Uint8Array) => compress(bytes).subarray(SIZE);
  const decompressBlock = (block: Uint8Array, size: number) => {
    const sized = new Uint8Array(SIZE + block.byteLength);
    new DataView(sized.buffer).setUint32(0, size, true);
    sized.set(block, SIZE);
    try {
      return decompress(sized);
    } catch (cause) {
      throw new Error("no LZ4 block", { cause }); // lz4-wasm throws strings
    }
  };
  return {
    compress: (bytes) => lz4Frame(bytes, compressBlock),
    decompress: (bytes, size) => readLz4Frame(bytes, size, decompressBlock),
  };
}
