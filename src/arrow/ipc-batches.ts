import { open } from "node:fs/promises";
import {
  CompressionType,
  compressionRegistry,
  type RecordBatch,
  RecordBatchReader,
  type Vector,
} from "apache-arrow";
import { decompressBuffer } from "../compress/buffers.ts";
import { loadCodec } from "../compress/codec.ts";
import type { Compression } from "../compress/compression.ts";
import { IpcError } from "./ipc-error.ts";
import type { NumberBatch } from "../tables/contents.ts";

/** Of a column of a batch, what fits in the memory of a codec. */
const MOST_BYTES = 2 ** 31;

/** Columns of numbers of an Arrow file that `readIpc` has found in order, a batch at a time. */
export async function* ipcBatches(
  path: string,
  compression: Compression | undefined,
  names: readonly string[],
): AsyncGenerator<NumberBatch, void> {
  if (compression !== undefined) await registerCodec(compression);
  const handle = await open(path, "r");
  try {
    for await (const batch of await RecordBatchReader.from(handle)) yield numbersOf(batch, names);
  } catch (error) {
    if (error instanceof RangeError) throw new IpcError("damaged", error.message).at(path);
    throw error;
  } finally {
    await handle.close();
  }
}

/** apache-arrow has no decompressor of its own. */
async function registerCodec(compression: Compression): Promise<void> {
  const type = compression === "zstd" ? CompressionType.ZSTD : CompressionType.LZ4_FRAME;
  const codec = await loadCodec(compression);
  compressionRegistry.set(type, {
    // it hands over what stands behind the length, as a view of the whole
    decode({ buffer, byteOffset, byteLength }) {
      const whole = new Uint8Array(buffer, byteOffset - 8, byteLength + 8);
      return decompressBuffer(whole, codec, MOST_BYTES);
    },
  });
}

/** Columns of a record batch as doubles, null as NaN. */
export function numbersOf(batch: RecordBatch, names: readonly string[]): NumberBatch {
  return new Map(names.map((name) => [name, doubles(batch.getChild(name)!)]));
}

function doubles(vector: Vector): Float64Array {
  if (vector.nullCount > 0) {
    return Float64Array.from(vector as Iterable<number | bigint | null>, (value) =>
      value === null ? NaN : Number(value),
    );
  }
  const values = vector.toArray() as Float64Array | BigInt64Array;
  return values instanceof Float64Array
    ? values
    : Float64Array.from(values as Iterable<number>, Number);
}
