import fc from "fast-check";
import { expect, test } from "vitest";
import { mergedChunks } from "../../src/shards/merged-chunks.ts";
import type { RowBlock } from "../../src/shards/read-part.ts";

/** Blocks of these lengths with row r holding r and −r, and r mod 256 as its status. */
async function* blocksOf(lengths: readonly number[]): AsyncGenerator<RowBlock> {
  let firstRow = 0;
  for (const rows of lengths) {
    const numbers = Float64Array.from({ length: rows }, (_, r) => firstRow + r);
    const negative = numbers.map((value) => -value);
    const status = Uint8Array.from(numbers, (value) => value % 256);
    const bytes = ({ buffer }: { buffer: ArrayBuffer }) => new Uint8Array(buffer);
    yield { firstRow, rows, columns: [bytes(numbers), bytes(negative), status] };
    firstRow += rows;
  }
}

test("blocks of any lengths, none among them, come out in chunks of one length", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(20), { maxLength: 12 }),
      fc.integer({ min: 1, max: 9 }),
      async (lengths, chunkRows) => {
        const total = lengths.reduce((sum, rows) => sum + rows, 0);
        const seen: number[] = [];
        for await (const chunk of mergedChunks(blocksOf(lengths), 2, chunkRows)) {
          expect(chunk.firstRow).toBe(seen.length);
          expect(chunk.rows).toBe(Math.min(chunkRows, total - seen.length));
          const [numbers, negative] = chunk.columns;
          expect([...negative]).toEqual([...numbers].map((value) => -value));
          expect([...chunk.status]).toEqual([...numbers].map((value) => value % 256));
          seen.push(...numbers);
        }
        expect(seen).toEqual(Array.from({ length: total }, (_, r) => r));
      },
    ),
    { seed: 7 },
  );
});
