import { type FileHandle, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { bytesOf } from "../arrow/bytes-of.ts";
import { createEncoder, type Parts } from "../arrow/encoder.ts";
import { fileHash } from "../arrow/file-hash.ts";
import { IpcError } from "../arrow/ipc-error.ts";
import { bodyBytes } from "../arrow/ipc-body.ts";
import { syncFolder } from "../arrow/place.ts";
import { readIpc } from "../arrow/read-ipc.ts";
import { chunkAt } from "../grid/chunks.ts";
import { metadataPath, parseCsvMetadata } from "../csv/csv-metadata.ts";
import { differences, type Identity } from "./identity.ts";
import { ResumeError } from "./resume-error.ts";
import type { SweepFile } from "./write-file.ts";

/**
 * The size of the finished file of a sweep, or undefined where there is no file. An Arrow file is
 * compared in its metadata, its structure, its first and its last bytes; it has no checksum of its
 * numbers. A CSV file is compared with the checksum beside it. Batches may be of any size where
 * `chunkRows` asks for none.
 *
 * @throws ResumeError if what is there is not complete, or is of another sweep
 */
export async function finishedBytes(
  file: SweepFile,
  wanted: Identity,
  chunkRows: number | undefined,
): Promise<number | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file.path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    if (file.format === "csv") await checkCsv(file.path, wanted);
    else await checkIpc(file, handle, wanted, chunkRows);
    // the run that finished it may not have come so far
    await handle.sync();
    await syncFolder(dirname(file.path));
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

async function checkIpc(
  { path, format, schema }: SweepFile,
  handle: FileHandle,
  wanted: Identity,
  chunkRows: number | undefined,
) {
  const contents = await readIpc(path, () => {}).catch((error: unknown) => {
    throw error instanceof IpcError ? differentError(path, [error.message]) : error;
  });
  const metadata = Object.fromEntries(contents.schema.metadata);
  const { compression: compress } = contents;
  const { rows, batchRows, batches } = contents;
  const alike = chunkRows === undefined || (batches === 1 && rows <= chunkRows);
  const of = alike ? wanted.chunkRows : batchRows;
  const there = { ...wanted, format: contents.format, compress, rows, metadata, chunkRows: of };
  const found = differences(there, wanted);
  if (found.length > 0) throw differentError(path, found);
  const encoder = await createEncoder(format, schema, compress);
  const head = await encoder.head();
  let end = bytesOf(head);
  for (const [k, told] of contents.batchBytes.entries()) {
    const batch = chunkAt({ firstRow: 0, rows }, batchRows, k);
    const header = encoder.header?.(batch.rows);
    const body = bodyBytes(schema.fields.length - 1, batch.rows);
    const bytes = header ? header.byteLength + body : told;
    encoder.skip!(batch.rows, bytes);
    end += bytes;
  }
  const tail = await encoder.tail();
  const same =
    end + bytesOf(tail) === contents.bytes &&
    (await standAt(handle, head, 0)) &&
    (await standAt(handle, tail, end));
  if (!same) throw differentError(path, ["its bytes are laid out in another way"]);
}

async function checkCsv(path: string, wanted: Identity): Promise<void> {
  const beside = metadataPath(path);
  let text: string;
  try {
    text = await readFile(beside, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw differentError(path, [`${beside}, which would tell, is not there`]);
  }
  const schema = parseCsvMetadata(text, await fileHash(path));
  if (!schema) throw differentError(path, [`it is not the file that ${beside} was written for`]);
  const metadata = Object.fromEntries(schema.metadata);
  const found = differences({ ...wanted, metadata }, wanted);
  if (found.length > 0) throw differentError(path, found);
}

/** Whether these bytes stand from byte `at` of a file on. */
async function standAt(handle: FileHandle, parts: Parts, at: number): Promise<boolean> {
  const wanted = Buffer.concat(parts);
  const { buffer, bytesRead } = await handle.read(
    Buffer.alloc(wanted.byteLength),
    0,
    wanted.byteLength,
    at,
  );
  return bytesRead === wanted.byteLength && buffer.equals(wanted);
}

function differentError(path: string, reasons: readonly string[]): ResumeError {
  return new ResumeError(
    "different",
    [
      `${path} is not the finished file of this sweep; without --resume it is replaced`,
      ...reasons.map((reason) => `  ${reason}`),
    ].join("\n"),
  );
}
