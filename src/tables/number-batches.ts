import type { Contents, NumberBatch } from "./contents.ts";

/** Columns of numbers of a file that `readContents` has found in order, some rows at a time. */
export async function numberBatches(
  path: string,
  { format, compression }: Pick<Contents, "format" | "compression">,
  names: readonly string[],
): Promise<AsyncIterable<NumberBatch>> {
  switch (format) {
    case "parquet":
      return (await import("../parquet/read-parquet.ts")).parquetBatches(path, names);
    case "csv":
      return (await import("../csv/read-csv.ts")).csvBatches(path, names);
    default:
      return (await import("../arrow/ipc-batches.ts")).ipcBatches(path, compression, names);
  }
}
