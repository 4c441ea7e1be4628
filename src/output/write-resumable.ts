import { bytesOf } from "../arrow/bytes-of.ts";
import type { Encoder, PlacedEncoder } from "../arrow/encoder.ts";
import { fileHash } from "../arrow/file-hash.ts";
import { shellWords } from "../submit/shell-words.ts";
import { SpecError } from "../spec/spec-error.ts";
import { chunkAt, chunkCount } from "../grid/chunks.ts";
import { type Chunks, chunksOf } from "../pool/job.ts";
import type { FileOptions } from "./file-options.ts";
import { finishedBytes } from "./finished-file.ts";
import { FinishedBatches } from "./finished-batches.ts";
import { identityOf } from "./identity.ts";
import type { BatchEntry } from "./journal.ts";
import { checkSame, type LeftPart, leftPart, type OpenPart, openPart } from "./open-part.ts";
import { ResumeError } from "./resume-error.ts";
import { verifyBatches } from "./verify-batches.ts";
import { writeCsvMetadata } from "./write-csv-metadata.ts";
import type { Work } from "./work.ts";
import type { SweepFile } from "./write-file.ts";
import { writeInOrder } from "./write-in-order.ts";
import { writeInPlace } from "./write-in-place.ts";
import type { Written } from "./write-stream.ts";
import { startWriters, type Writers } from "./writers.ts";

/** Runs a sweep into a file of a format that can be resumed, by way of a part beside it. */
export async function writeResumable(
  file: SweepFile,
  encoder: Encoder,
  options: FileOptions,
): Promise<Written> {
  const { path, format, sweep, schema } = file;
  const left = await leftPart(path);
  if (left && !options.resume) throw unfinishedError(left);
  const { compress } = options;
  const chunkRows = options.chunkRows ?? left?.journal.identity?.chunkRows;
  const chunks = chunksOf(sweep, { ...options, ...(chunkRows && { chunkRows }) });
  checkCount(chunks);
  const { rows } = chunks.range;
  const head = await encoder.head();
  const identity = identityOf({ format, compress }, chunks.chunkRows, chunks.range, schema, head);
  if (left) checkSame(left, identity);
  if (options.resume) {
    const bytes = await finishedBytes(file, identity, options.chunkRows).catch((error: unknown) => {
      // the file is an older one, that of the part will replace it
      if (left && error instanceof ResumeError) return undefined;
      throw error;
    });
    if (bytes !== undefined) return { rows, bytes, status: {}, resumedRows: rows };
  }

  const writers = isPlaced(encoder) ? await startWriters(sweep, chunks, options) : undefined;
  try {
    const opened = await openPart(path, identity, left).catch((error: unknown) => {
      const kept = left && !(error instanceof ResumeError);
      if (kept) tellKept(options, left.folder, left.journal.batches.size, chunks);
      throw error;
    });
    return await fillPart(file, opened, { chunks, encoder, writers, options });
  } finally {
    await writers?.end();
  }
}

/** Batches of a file at most: a journal is read as one text, of some 90 bytes a batch. */
const MOST_BATCHES = 2 ** 20;

function checkCount({ range, chunkRows, count }: Chunks): void {
  if (count <= MOST_BATCHES) return;
  const message = `got ${range.rows} rows, ${count} batches of ${chunkRows}, wants at most ${MOST_BATCHES} batches a file`;
  throw new SpecError([{ path: "sweep", message }]);
}

/** What fills a part; without writers batches go one after the other. */
interface Filling {
  readonly chunks: Chunks;
  readonly encoder: Encoder;
  readonly writers: Writers | undefined;
  readonly options: FileOptions;
}

/** Has the batches written that are missing in a part, and gives it the file's name. */
async function fillPart(
  { path, format, sweep, schema }: SweepFile,
  { part, batches }: OpenPart,
  { chunks, encoder, writers, options }: Filling,
): Promise<Written> {
  const done = new FinishedBatches(chunks.count);
  try {
    const good = await verifyBatches(part.data, batches, options.signal);
    if (!writers) dropAfterGap(good);
    let resumedRows = 0;
    for (const entry of good.values()) {
      done.add(entry);
      resumedRows += chunkAt(chunks.range, chunks.chunkRows, entry.batch).rows;
    }
    if (resumedRows > 0) options.onProgress?.(resumedRows, true);
    const head = await encoder.head();
    await part.write(head, 0);
    const work: Work = { part, sweep, chunks, encoder, done, options };
    await (writers && isPlaced(encoder)
      ? writeInPlace(work, encoder, writers)
      : writeInOrder(work));
    // they end while the disk is waited for
    void writers?.end();
    const tail = await encoder.tail();
    const end = bytesOf(head) + done.bytes;
    await part.write(tail, end);
    const bytes = end + bytesOf(tail);
    await part.commit(bytes, async (data) => {
      if (format === "csv") await writeCsvMetadata(path, schema, await fileHash(data));
    });
    return { rows: chunks.range.rows, bytes, status: done.status, resumedRows };
  } catch (error) {
    const kept = await part.release();
    if (kept) tellKept(options, kept.folder, kept.batches, chunks);
    throw error;
  }
}

function tellKept({ onKept }: FileOptions, folder: string, batches: number, { count }: Chunks) {
  onKept?.({ folder, batches, of: count });
}

/** Where a batch stands follows from those before it: without one the others are of no use. */
function dropAfterGap(done: Map<number, BatchEntry>): void {
  let first = 0;
  while (done.has(first)) first++;
  for (const batch of done.keys()) if (batch > first) done.delete(batch);
}

function isPlaced(encoder: Encoder): encoder is PlacedEncoder {
  return encoder.skip !== undefined && encoder.header !== undefined;
}

function unfinishedError({ folder, journal: { identity, batches } }: LeftPart): ResumeError {
  const of = identity ? ` of ${chunkCount(identity.rows, identity.chunkRows)}` : "";
  return new ResumeError(
    "unfinished",
    `${folder} holds ${batches.size}${of} batches of an unfinished run: resume it (--resume), or discard them (rm -r ${shellWords([folder])})`,
  );
}
