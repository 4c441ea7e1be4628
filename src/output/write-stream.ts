import type { ByteOutput } from "../arrow/byte-output.ts";
import { bytesOf } from "../arrow/bytes-of.ts";
import type { Encoder, Parts } from "../arrow/encoder.ts";
import type { Chunk } from "../pool/run-sweep.ts";
import { type StatusCounts, StatusTally } from "../pool/status-tally.ts";

/** What has been written. */
export interface Written {
  readonly rows: number;
  readonly bytes: number;
  /** Rows by the value of their status. */
  readonly status: StatusCounts;
  /** Rows that an earlier run had finished. */
  readonly resumedRows: number;
}

/** Writes chunks to `output` one after the other, each straight from its own memory. */
export async function writeStream(
  encoder: Encoder,
  chunks: AsyncIterable<Chunk>,
  output: ByteOutput,
  onProgress?: (rows: number) => void,
): Promise<Written> {
  let rows = 0;
  let bytes = 0;
  const tally = new StatusTally();
  const put = async (parts: Parts) => {
    await output.write(parts);
    bytes += bytesOf(parts);
  };
  try {
    await put(await encoder.head());
    for await (const chunk of chunks) {
      await put(await encoder.batch(chunk));
      rows += chunk.rows;
      tally.add(chunk.status);
      // not after an error: the output may still hold on to the memory
      chunk.release();
      onProgress?.(chunk.rows);
    }
    await put(await encoder.tail());
  } catch (error) {
    encoder.abandon?.();
    throw error;
  }
  return { rows, bytes, status: tally.counts, resumedRows: 0 };
}
