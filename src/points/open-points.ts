import { extname } from "node:path";
import { IpcError } from "../arrow/ipc-error.ts";
import { someColumns } from "../spec/read-rows.ts";
import type { NumberBatch } from "../tables/contents.ts";
import { wrongPoints } from "./wrong-points.ts";

/** A file of points: its columns, and their numbers some rows at a time; what has no value is NaN. */
export interface PointsTable {
  readonly names: readonly string[];
  batches(
    names: readonly string[],
  ): AsyncIterable<NumberBatch> | Promise<AsyncIterable<NumberBatch>>;
}

/** Opens a file of points by its content, CSV and JSON lines by its name. */
export async function openPoints(path: string): Promise<PointsTable> {
  if ([".jsonl", ".ndjson"].includes(extname(path).toLowerCase())) {
    const { jsonBatches, jsonNames } = await import("./json-lines.ts");
    const names = await jsonNames(path);
    return { names, batches: (some) => jsonBatches(path, some, some.length === names.length) };
  }
  const { identify } = await import("../tables/identify.ts");
  if ((await identify(path)) === "csv") {
    const { csvBatches, csvNames } = await import("../csv/read-csv.ts");
    return { names: await csvNames(path), batches: (names) => csvBatches(path, names) };
  }
  const { readContents } = await import("../tables/read-contents.ts");
  const { numberBatches } = await import("../tables/number-batches.ts");
  const contents = await readContents(path, () => {});
  const { fields } = contents.schema;
  return {
    names: fields.map(({ name }) => name),
    batches(names) {
      const text = fields.find(
        ({ name, type }) => names.includes(name) && !/^(Int|Uint|Float)\d+$/.test(type),
      );
      if (text) throw wrongPoints(path, `column ${text.name} is ${text.type}, wants numbers`);
      return numberBatches(path, contents, names);
    },
  };
}

/** An error of a reader of `path` as one of the spec's points. */
export function asPointsError(path: string, file: string, error: unknown): unknown {
  if (!(error instanceof IpcError)) return error;
  if (error.kind === "foreign") return wrongPoints(file, "wants CSV, JSON lines, Arrow or Parquet");
  const what = error.message.replace(`${path} is damaged: `, "").replace(`${path} `, "");
  return wrongPoints(file, what.endsWith("is no number") ? `${what} ${someColumns}` : what);
}
