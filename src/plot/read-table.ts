import { open } from "node:fs/promises";
import { basename } from "node:path";
import { RecordBatchReader, type Vector } from "apache-arrow";
import type { FileToDraw } from "./choice.ts";
import type { Table } from "./table.ts";

/**
 * Reads columns of an Arrow file that `readIpc` has found in order, a batch at a time.
 *
 * @param names columns of numbers; others of the file are not kept.
 */
export async function readTable(
  { path, schema, rows, axes }: FileToDraw,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Table> {
  const columns = new Map(names.map((name) => [name, new Float64Array(rows)]));
  const handle = await open(path, "r");
  try {
    const reader = await RecordBatchReader.from(handle);
    let row = 0;
    for await (const batch of reader) {
      signal.throwIfAborted();
      for (const [name, column] of columns) copy(batch.getChild(name)!, column.subarray(row));
      row += batch.numRows;
    }
  } finally {
    await handle.close();
  }
  const fields = schema.fields.map(({ name, metadata }) => ({
    name,
    unit: metadata.get("unit"),
    description: metadata.get("description"),
  }));
  return { name: basename(path), rows, columns, fields, axes };
}

function copy(from: Vector, to: Float64Array): void {
  if (from.nullCount === 0) {
    const values = from.toArray() as Float64Array | BigInt64Array;
    if (values instanceof Float64Array) to.set(values);
    else to.set(Float64Array.from(values as Iterable<number>, Number));
    return;
  }
  for (let row = 0; row < from.length; row++) {
    const value = from.get(row) as number | bigint | null;
    to[row] = value === null ? NaN : Number(value);
  }
}
