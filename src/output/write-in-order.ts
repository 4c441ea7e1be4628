import { bytesOf } from "../arrow/bytes-of.ts";
import { crcOf } from "../arrow/crc.ts";
import { chunkAt } from "../grid/chunks.ts";
import { runSweep } from "../pool/run-sweep.ts";
import { StatusTally } from "../pool/status-tally.ts";
import type { Work } from "./work.ts";

/**
 * Writes the batches after those that are done, the first ones without a gap, one after the other;
 * notes each in the part's journal.
 */
export async function writeInOrder({
  part,
  sweep,
  chunks: { range, chunkRows, count },
  encoder,
  done,
  options,
}: Work): Promise<void> {
  let at = bytesOf(await encoder.head());
  let batch = 0;
  for (; batch < done.size; batch++) {
    const bytes = done.bytesOf(batch);
    encoder.skip!(chunkAt(range, chunkRows, batch).rows, bytes);
    at += bytes;
  }
  if (batch === count) return;
  const rest = {
    firstRow: range.firstRow + batch * chunkRows,
    rows: range.rows - batch * chunkRows,
  };
  for await (const chunk of runSweep(sweep, { ...options, chunkRows, range: rest })) {
    const parts = await encoder.batch(chunk);
    await part.write(parts, at);
    const tally = new StatusTally();
    tally.add(chunk.status);
    const entry = { batch, at, bytes: bytesOf(parts), crc: crcOf(parts), status: tally.counts };
    chunk.release();
    await part.record(entry);
    done.add(entry);
    options.onProgress?.(chunk.rows, false);
    at += entry.bytes;
    batch++;
  }
}
