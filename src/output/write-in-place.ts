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
  if (done.size < chunks.count) await writeMissing(work, encoder, writers);
  for (let batch = 0; batch < chunks.count; batch++) {
    encoder.skip(chunkAt(chunks.range, chunks.chunkRows, batch).rows, done.bytesOf(batch));
  }
}

async function writeMissing(
  { part, chunks, done, options }: Work,
  encoder: PlacedEncoder,
  writers: Writers,
): Promise<void> {
  const { range, chunkRows, count } = chunks;
  const { job } = writers;
  const { fd } = part.data;
  const firstAt = bytesOf(await encoder.head());
  const { byteLength } = encoder.header(chunkRows);
  const batchBytes = byteLength + bodyBytes(job.layout.columns.length, chunkRows);

  let next = 0;
  const nextMissing = () => {
    while (next < count && done.has(next)) next++;
    return next++;
  };
  const stop = () => {
    next = count;
    writers.stop();
  };
  // one batch after the other in each slot of the memory
  const fill = async (slot: number) => {
    for (let batch = nextMissing(); batch < count; batch = nextMissing()) {
      const at = firstAt + batch * batchBytes;
      const rows = chunkAt(range, chunkRows, batch);
      const header = encoder.header(rows.rows);
      const result = await writers.run({ ...rows, slot, fd, at, header });
      if (!result) return;
      if ("error" in result) throw Object.assign(new Error(result.error.message), result.error);
      const entry = { batch, at, ...result };
      await part.record(entry);
      done.add(entry);
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
