import { basename } from "node:path";
import { numberBatches } from "../tables/number-batches.ts";
import type { FileToDraw } from "./choice.ts";
import type { Table } from "./table.ts";

/**
 * Reads columns of a file that `readContents` has found in order, some rows at a time.
 *
 * @param names columns of numbers; others of the file are not kept.
 */
export async function readTable(
  file: FileToDraw,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Table> {
  const { path, schema, rows, axes } = file;
  const columns = new Map(names.map((name) => [name, new Float64Array(rows)]));
  let row = 0;
  for await (const batch of await numberBatches(path, file, names)) {
    signal.throwIfAborted();
    let length = 0;
    for (const [name, values] of batch) {
      columns.get(name)!.set(values, row);
      length = values.length;
    }
    row += length;
  }
  const fields = schema.fields.map(({ name, metadata }) => ({
    name,
    unit: metadata.get("unit"),
    description: metadata.get("description"),
  }));
  return { name: basename(path), rows, columns, fields, axes };
}
