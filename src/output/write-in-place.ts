import { createRequire } from "node:module";
import { bytesOf } from "../arrow/bytes-of.ts";
import type { PlacedEncoder } from "../arrow/encoder.ts";
import { bodyBytes } from "../arrow/ipc-body.ts";
import { chunkAt } from "../grid/chunks.ts";
import { isShort } from "../pool/chunk-rows.ts";
import { jobOf } from "../pool/job.ts";
import { type BatchJob, type BatchResult, type BatchTask, batchWriter } from "./batch-writer.ts";
import type { Work } from "./work.ts";

/** Where batches are evaluated and written. */
interface Writers {
  readonly run: (task: BatchTask) => Promise<BatchResult | undefined>;
  /** Begins nothing more. */
  readonly stop: () => void;
  readonly end: () => Promise<void>;
}

/**
 * Has every batch that is not done evaluated and written to its place, in any order; notes each in the
 * part's journal. What is in hand is finished before an abort or an error is thrown.
 */
export async function writeInPlace(work: Work, encoder: PlacedEncoder): Promise<void> {
  const { chunks, done } = work;
  const batches = Array.from({ length: chunks.count }, (_, batch) => batch);
  const missing = batches.filter((batch) => !done.has(batch));
  if (missing.length > 0) await writeMissing(work, encoder, missing);
  for (const batch of batches) {
    encoder.skip(chunkAt(chunks.range, chunks.chunkRows, batch).rows, done.get(batch)!.bytes);
  }
}

async function writeMissing(
  { part, sweep, chunks, done, options }: Work,
  encoder: PlacedEncoder,
  missing: readonly number[],
): Promise<void> {
  const { range, chunkRows, count } = chunks;
  const { job, threads } = jobOf(sweep, { ...chunks, count: missing.length }, options);
  const firstAt = bytesOf(await encoder.head());
  const header = encoder.header(chunkRows);
  const batchBytes = header.byteLength + bodyBytes(job.layout.columns.length, chunkRows);
  const { rows: lastRows } = chunkAt(range, chunkRows, count - 1);
  const headers = new Map([
    [chunkRows, header],
    [lastRows, encoder.header(lastRows)],
  ]);
  const batchJob: BatchJob = { job, fd: part.data.fd, headers };
  const short = missing.length === 1 && isShort(sweep, chunkRows);
  const writers = short ? await inline(batchJob) : await startThreads(batchJob, threads);

  const rest = missing.toReversed();
  const stop = () => {
    rest.length = 0;
    writers.stop();
  };
  // one batch after the other in each slot of the memory
  const fill = async (slot: number) => {
    for (let batch = rest.pop(); batch !== undefined; batch = rest.pop()) {
      const at = firstAt + batch * batchBytes;
      const rows = chunkAt(range, chunkRows, batch);
      const result = await writers.run({ ...rows, slot, at });
      if (!result) return;
      if ("error" in result) throw Object.assign(new Error(result.error.message), result.error);
      const entry = { batch, at, ...result };
      await part.record(entry);
      done.set(batch, entry);
      options.onProgress?.(rows.rows, false);
    }
  };
  options.signal?.addEventListener("abort", stop);
  try {
    options.signal?.throwIfAborted();
    const slots = job.map.slots.map((_, slot) =>
      fill(slot).catch((error: unknown) => {
        stop();
        throw error;
      }),
    );
    const failed = (await Promise.allSettled(slots)).find(({ status }) => status === "rejected");
    options.signal?.throwIfAborted();
    if (failed) throw (failed as PromiseRejectedResult).reason;
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await writers.end();
  }
}

/** One batch is not worth a thread. */
async function inline(job: BatchJob): Promise<Writers> {
  const write = await batchWriter(job);
  return { run: async (task) => write(task), stop: () => {}, end: async () => {} };
}

async function startThreads(job: BatchJob, threads: number): Promise<Writers> {
  const { startWorkers } = await import("../pool/workers.ts");
  const file = createRequire(import.meta.url).resolve("#batch-worker");
  return startWorkers<BatchTask, BatchResult>(threads, file, job);
}
