import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { FileError } from "../arrow/file-error.ts";
import { didYouMean } from "../spec/nearest.ts";
import { Points } from "../spec/points.ts";
import type { PointsReference } from "../spec/points-reference.ts";
import { alternatives, shown } from "../spec/shown.ts";
import type { NumberBatch } from "../tables/contents.ts";
import { asPointsError, openPoints, type PointsTable } from "./open-points.ts";
import { wrongPoints } from "./wrong-points.ts";

/** Numbers that points may have: 2 GiB. */
const MOST_NUMBERS = 2 ** 28;

/**
 * Reads the points of a spec, whose file is at `path`.
 *
 * @throws SpecError (rejects) if it cannot be read.
 */
export async function readReference(reference: PointsReference, path: string): Promise<Points> {
  const { file } = reference;
  try {
    const before = await fingerprint(path);
    // what is no table is refused before a large file is read for its hash
    const table = await openPoints(path);
    const names = checkedNames(file, table, reference.columns);
    const sha256 = await hashOf(path);
    if (reference.sha256 !== undefined && sha256 !== reference.sha256) {
      throw wrongPoints(file, `it has changed: its SHA-256 is ${sha256}, not ${reference.sha256}`);
    }
    const { rows, columns } = await collect(file, await table.batches(names), names);
    if (reference.rows !== undefined && rows !== reference.rows) {
      throw wrongPoints(file, `got ${rows} rows, the spec says ${reference.rows}`);
    }
    if ((await fingerprint(path)) !== before)
      throw wrongPoints(file, "it changes while it is read");
    return new Points({ file, sha256 }, rows, columns);
  } catch (error) {
    throw asPointsError(path, file, error);
  }
}

/** Different where a file has been written to or replaced. */
async function fingerprint(path: string): Promise<string> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new FileError(`read ${path}`, cause);
  });
  if (!found.isFile()) throw wrongPoints(path, "wants a regular file");
  // so are the files of /proc, and a read of some of them never ends
  if (found.size === 0) throw wrongPoints(path, "is empty");
  return [found.ino, found.size, found.mtimeMs].join();
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  } catch (cause) {
    throw new FileError(`read ${path}`, cause);
  }
  return hash.digest("hex");
}

function checkedNames(
  file: string,
  { names }: PointsTable,
  wanted: readonly string[] = names,
): readonly string[] {
  const missing = wanted.find((name) => !names.includes(name));
  if (missing === undefined) return wanted;
  const there = alternatives(names.slice(0, 20), "and");
  const hint = didYouMean(missing, names);
  throw wrongPoints(file, `no column ${shown(missing)}${hint}; there are ${there}`);
}

/** The columns whole, each value a finite number. */
async function collect(
  file: string,
  batches: AsyncIterable<NumberBatch>,
  names: readonly string[],
): Promise<{ rows: number; columns: ReadonlyMap<string, Float64Array> }> {
  const parts = new Map(names.map((name) => [name, [] as Float64Array[]]));
  let rows = 0;
  for await (const batch of batches) {
    let length = 0;
    for (const [name, values] of batch) {
      const wrong = tidied(values);
      if (wrong >= 0) {
        const where = `row ${rows + wrong + 1}, column ${name}`;
        throw wrongPoints(file, `${where}: got ${values[wrong]}, wants a finite number`);
      }
      parts.get(name)!.push(values);
      length = values.length;
    }
    rows += length;
    if (rows * names.length > MOST_NUMBERS) {
      throw wrongPoints(file, `it has more than ${MOST_NUMBERS} numbers; cut it in several files`);
    }
  }
  if (rows === 0) throw wrongPoints(file, "it has no rows");
  const columns = new Map<string, Float64Array>();
  for (const [name, some] of parts) {
    columns.set(name, joined(some, rows));
    some.length = 0;
  }
  return { rows, columns };
}

/** Makes −0 to 0, as every spec does; the first index of what is no finite number, else −1. */
function tidied(values: Float64Array): number {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) return i;
    if (values[i] === 0) values[i] = 0;
  }
  return -1;
}

/** The parts as one column in shared memory. */
function joined(parts: readonly Float64Array[], rows: number): Float64Array {
  const column = new Float64Array(new SharedArrayBuffer(8 * rows));
  let row = 0;
  for (const part of parts) {
    column.set(part, row);
    row += part.length;
  }
  return column;
}
