import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { IpcError } from "../arrow/ipc-error.ts";
import type { IpcSchema } from "../arrow/ipc-metadata.ts";
import { shown } from "../spec/shown.ts";
import type { Contents, NumberBatch } from "../tables/contents.ts";
import { metadataPath, parseCsvMetadata } from "./csv-metadata.ts";
import { type CsvRecord, csvRecords } from "./csv-records.ts";

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
  let bytes = 0;
  let rows = 0;
  let names: readonly string[] = [];
  let first: readonly string[] | undefined;
  const see = (piece: Uint8Array) => {
    hash.update(piece);
    bytes += piece.byteLength;
  };
  for await (const { header, records } of recordBatches(path, see)) {
    names = header;
    first ??= records[0]?.cells;
    rows += records.length;
    const status = names.indexOf("status");
    if (status >= 0) seeStatus(Uint8Array.from(records, ({ cells }) => Number(cells[status])));
  }
  const fields = names.map((name, c) => ({
    name,
    type: Number.isNaN(numberOf(first?.[c] ?? "") ?? 0) ? "Utf8" : "Float64",
    metadata: new Map<string, string>(),
  }));
  const known = await metadataOf(path, hash.digest("hex"));
  const schema = known ?? { fields, metadata: new Map<string, string>() };
  return { format: "csv", bytes, schema, rows, batches: 0 };
}

/** The names in the header of a CSV file. */
export async function csvNames(path: string): Promise<readonly string[]> {
  for await (const { header } of recordBatches(path)) return header;
  return [];
}

/**
 * Columns of numbers of a CSV file, some rows at a time; an empty cell is NaN.
 *
 * @throws IpcError, with line and column, for a cell that is no number
 */
export async function* csvBatches(
  path: string,
  names: readonly string[],
): AsyncGenerator<NumberBatch, void> {
  for await (const { header, records } of recordBatches(path)) {
    const batch = new Map<string, Float64Array>();
    for (const name of names) {
      const c = header.indexOf(name);
      const values = new Float64Array(records.length);
      for (const [r, { line, cells }] of records.entries()) {
        const value = numberOf(cells[c]);
        if (value === undefined) {
          const what = `line ${line}, column ${name}: ${shown(cells[c])} is no number`;
          throw new IpcError("damaged", what).at(path);
        }
        values[r] = value;
      }
      batch.set(name, values);
    }
    yield batch;
  }
}

interface RecordBatch {
  readonly header: readonly string[];
  readonly records: readonly CsvRecord[];
}

/** The records of a CSV file after its header, as they come; the first batch may have none. */
async function* recordBatches(
  path: string,
  see?: (bytes: Uint8Array) => void,
): AsyncGenerator<RecordBatch, void> {
  let header: readonly string[] | undefined;
  for await (const all of csvRecords(path, see)) {
    const records = header ? all : all.slice(1);
    if (all.length > 0) header ??= checkedHeader(path, all[0].cells);
    if (!header) continue;
    for (const { line, cells } of records) {
      if (cells.length === header.length) continue;
      const what = `line ${line}: ${cells.length} cells, and the header has ${header.length}`;
      throw new IpcError("damaged", what).at(path);
    }
    yield { header, records };
  }
  if (!header) throw new IpcError("damaged", "it has no header").at(path);
}

function checkedHeader(path: string, names: readonly string[]): readonly string[] {
  const trimmed = names.map((name) => name.trim());
  const twice = trimmed.find((name, n) => trimmed.indexOf(name) < n);
  if (twice !== undefined) {
    throw new IpcError("damaged", `the column ${shown(twice)} stands twice`).at(path);
  }
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
