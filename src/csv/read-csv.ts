import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { CsvError, parse } from "csv-parse";
import { FileError } from "../arrow/file-error.ts";
import { IpcError } from "../arrow/ipc-error.ts";
import type { IpcSchema } from "../arrow/ipc-metadata.ts";
import type { Contents, NumberBatch } from "../tables/contents.ts";
import { metadataPath, parseCsvMetadata } from "./csv-metadata.ts";

/** Records in memory at a time. */
const BATCH_ROWS = 2 ** 14;

/** Bytes a record may have. */
const LONGEST_RECORD = 2 ** 20;

/**
 * Reads a CSV file with a header: its columns, what its metadata say if a file beside it has its
 * checksum, and the `status` if there is one. A column whose first value is a number has the type Float64.
 *
 * @throws FileError if the system cannot read it, IpcError if its contents are not right.
 */
export async function readCsv(
  path: string,
  seeStatus: (status: Uint8Array) => void,
): Promise<Contents> {
  const hash = createHash("sha256");
  const source = { hash, bytes: 0 };
  let rows = 0;
  let names: readonly string[] = [];
  let first: readonly string[] | undefined;
  for await (const { header, records } of recordBatches(path, source)) {
    names = header;
    first ??= records[0];
    rows += records.length;
    const status = names.indexOf("status");
    if (status >= 0) seeStatus(Uint8Array.from(records, (record) => Number(record[status])));
  }
  const fields = names.map((name, c) => ({
    name,
    type: Number.isNaN(numberOf(first?.[c] ?? "") ?? 0) ? "Utf8" : "Float64",
    metadata: new Map<string, string>(),
  }));
  const known = await metadataOf(path, hash.digest("hex"));
  const schema = known ?? { fields, metadata: new Map<string, string>() };
  return { format: "csv", bytes: source.bytes, schema, rows, batches: 0 };
}

/**
 * Columns of numbers of a CSV file, some rows at a time; an empty cell is NaN.
 *
 * @throws IpcError, with row and column, for a cell that is no number
 */
export async function* csvBatches(
  path: string,
  names: readonly string[],
): AsyncGenerator<NumberBatch, void> {
  let row = 0;
  for await (const { header, records } of recordBatches(path)) {
    const batch = new Map<string, Float64Array>();
    for (const name of names) {
      const c = header.indexOf(name);
      batch.set(
        name,
        Float64Array.from(records, (record, r) => {
          const value = numberOf(record[c]);
          if (value !== undefined) return value;
          const what = `row ${row + r + 1}, column ${name}: ${JSON.stringify(record[c])} is no number`;
          throw new IpcError("damaged", what).at(path);
        }),
      );
    }
    row += records.length;
    yield batch;
  }
}

interface RecordBatch {
  readonly header: readonly string[];
  readonly records: readonly (readonly string[])[];
}

/** The records of a CSV file, as many as `BATCH_ROWS` at a time; the first batch may have none. */
async function* recordBatches(
  path: string,
  seen?: { readonly hash: Hash; bytes: number },
): AsyncGenerator<RecordBatch, void> {
  const input = createReadStream(path, { highWaterMark: 2 ** 18 });
  const parser = parse({
    bom: true,
    record_delimiter: ["\r\n", "\n"],
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  input.on("error", (cause) => parser.destroy(new FileError(`read ${path}`, cause)));
  input.on("data", (bytes) => {
    seen?.hash.update(bytes);
    if (seen) seen.bytes += bytes.length;
  });
  input.pipe(parser);
  let header: readonly string[] | undefined;
  let records: (readonly string[])[] = [];
  try {
    for await (const record of parser as AsyncIterable<readonly string[]>) {
      if (!header) {
        header = checkedHeader(record);
        continue;
      }
      records.push(record);
      if (records.length < BATCH_ROWS) continue;
      yield { header, records };
      records = [];
    }
    if (!header) throw new IpcError("damaged", "it has no header");
    yield { header, records };
  } catch (error) {
    if (error instanceof IpcError) throw error.at(path);
    // not all of its codes begin with CSV_
    if (error instanceof CsvError) throw new IpcError("damaged", error.message).at(path);
    throw error;
  } finally {
    input.destroy();
  }
}

function checkedHeader(names: readonly string[]): readonly string[] {
  const trimmed = names.map((name) => name.trim());
  const twice = trimmed.find((name, n) => trimmed.indexOf(name) < n);
  if (twice !== undefined) throw new IpcError("damaged", `the column ${twice} stands twice`);
  return trimmed;
}

const noValue = /^(|nan|na|null)$/i;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const infinite = /^([+-]?)inf(inity)?$/i;

/** The number in a cell, NaN for none; undefined for a text. */
function numberOf(cell: string): number | undefined {
  const text = cell.trim();
  if (decimal.test(text)) return Number(text);
  if (noValue.test(text)) return NaN;
  const [, sign] = infinite.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return sign === "-" ? -Infinity : Infinity;
}

/** What the file beside a CSV file says of it, if there is one and it is of these bytes. */
async function metadataOf(path: string, sha256: string): Promise<IpcSchema | undefined> {
  try {
    return parseCsvMetadata(await readFile(metadataPath(path), "utf8"), sha256);
  } catch {
    return undefined; // none, or none of ours
  }
}
