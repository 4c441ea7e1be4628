import { open } from "node:fs/promises";
import { type RecordBatch, RecordBatchReader, type Vector } from "apache-arrow";
import { IpcError } from "./ipc-error.ts";
import type { NumberBatch } from "../tables/contents.ts";

/** Columns of numbers of an Arrow file that `readIpc` has found in order, a batch at a time. */
export async function* ipcBatches(
  path: string,
  names: readonly string[],
): AsyncGenerator<NumberBatch, void> {
  const handle = await open(path, "r");
  try {
    for await (const batch of await RecordBatchReader.from(handle)) yield numbersOf(batch, names);
  } catch (error) {
    // apache-arrow has no decompressor of its own
    if (!/compressed/.test((error as Error).message)) throw error;
    const why = "its columns are compressed; write it uncompressed, or as Parquet";
    throw new IpcError("unreadable", why).at(path);
  } finally {
    await handle.close();
  }
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
