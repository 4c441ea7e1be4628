import { bytesOf } from "../arrow/bytes-of.ts";
import type { PlacedEncoder } from "../arrow/encoder.ts";
import { bodyBytes } from "../arrow/ipc-body.ts";
import { chunkAt } from "../grid/chunks.ts";
import type { Work } from "./work.ts";
import type { Writers } from "./writers.ts";

/**
 * Has every batch that is not done evaluated and written to its place, in any order; notes each in the
 * part's journal. What is in hand is finished before an abort or an error is thrown.
 */
export async function writeInPlace(
  work: Work,
  encoder: PlacedEncoder,
  writers: Writers,
): Promise<void> {
  const { chunks, done } = work;
  const batches = Array.from({ length: chunks.count }, (_, batch) => batch);
  const missing = batches.filter((batch) => !done.has(batch));
  if (missing.length > 0) await writeMissing(work, encoder, writers, missing);
  for (const batch of batches) {
    encoder.skip(chunkAt(chunks.range, chunks.chunkRows, batch).rows, done.get(batch)!.bytes);
  }
}

async function writeMissing(
  { part, chunks, done, options }: Work,
  encoder: PlacedEncoder,
  writers: Writers,
  missing: readonly number[],
): Promise<void> {
  const { range, chunkRows } = chunks;
  const { job } = writers;
  const { fd } = part.data;
  const firstAt = bytesOf(await encoder.head());
  const { byteLength } = encoder.header(chunkRows);
  const batchBytes = byteLength + bodyBytes(job.layout.columns.length, chunkRows);

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
      const header = encoder.header(rows.rows);
      const result = await writers.run({ ...rows, slot, fd, at, header });
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
  }
}
