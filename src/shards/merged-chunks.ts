import type { Chunk } from "../pool/run-sweep.ts";
import type { RowBlock } from "./read-part.ts";

/**
 * Blocks of rows, one after the other, as chunks of `chunkRows` rows, the last one perhaps shorter. They
 * share one piece of memory: a chunk is valid until the next is asked for.
 *
 * @param columns columns of a block without its status.
 */
export async function* mergedChunks(
  blocks: AsyncIterable<RowBlock>,
  columns: number,
  chunkRows: number,
): AsyncGenerator<Chunk, void> {
  const values = Array.from({ length: columns }, () => new Float64Array(chunkRows));
  const status = new Uint8Array(chunkRows);
  const targets = [...values.map(({ buffer }) => new Uint8Array(buffer)), status];
  const widths = targets.map(({ length }) => length / chunkRows);
  let firstRow = 0;
  let filled = 0;
  const chunk = (): Chunk => ({
    firstRow,
    rows: filled,
    columns: values.map((column) => column.subarray(0, filled)),
    status: status.subarray(0, filled),
    release: () => {},
  });
  for await (const block of blocks) {
    for (let taken = 0; taken < block.rows;) {
      const rows = Math.min(block.rows - taken, chunkRows - filled);
      for (const [c, width] of widths.entries()) {
        const from = block.columns[c].subarray(taken * width, (taken + rows) * width);
        targets[c].set(from, filled * width);
      }
      taken += rows;
      filled += rows;
      if (filled < chunkRows) continue;
      yield chunk();
      firstRow += filled;
      filled = 0;
    }
  }
  if (filled > 0) yield chunk();
}
