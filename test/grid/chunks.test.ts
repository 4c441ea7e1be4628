import * as fc from "fast-check";
import { expect, test } from "vitest";
import { chunkAt, chunkCount } from "../../src/grid/chunks.ts";
import { seed } from "../support/arbitrary.ts";

test.each([
  [1, 4, 1],
  [4, 4, 1],
  [5, 4, 2],
  [2 ** 53 - 1, 1, 2 ** 53 - 1],
  [2 ** 53 - 1, 2 ** 14, 2 ** 39],
])("%d rows by %d are %d chunks", (rows, chunkRows, count) => {
  expect(chunkCount(rows, chunkRows)).toBe(count);
});

test(`chunks join without gap or overlap (seed ${seed})`, () => {
  const range = fc.record({ firstRow: fc.nat(1000), rows: fc.integer({ min: 1, max: 500 }) });
  fc.assert(
    fc.property(range, fc.integer({ min: 1, max: 60 }), ({ firstRow, rows }, chunkRows) => {
      let next = firstRow;
      for (let k = 0; k < chunkCount(rows, chunkRows); k++) {
        const chunk = chunkAt({ firstRow, rows }, chunkRows, k);
        expect(chunk.firstRow).toBe(next);
        expect(chunk.rows).toBeGreaterThan(0);
        expect(chunk.rows).toBeLessThanOrEqual(chunkRows);
        next += chunk.rows;
      }
      expect(next).toBe(firstRow + rows);
    }),
    { seed },
  );
});

test("the last chunk of 2^53 − 1 rows", () => {
  const rows = 2 ** 53 - 1;
  const last = chunkCount(rows, 1000) - 1;
  expect(chunkAt({ firstRow: 0, rows }, 1000, last)).toEqual({
    firstRow: 9007199254740000,
    rows: 991,
  });
});
