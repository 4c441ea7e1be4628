import { expect, test } from "vitest";
import { defaultChunkRows, isShort } from "../../src/pool/chunk-rows.ts";
import type { Sweep } from "../../src/spec/sweep.ts";

function sweepOf(levels: number): Sweep {
  return { model: { structure: { levels } } } as Sweep;
}

test.each([
  [2, 65536],
  [4, 65536],
  [5, 16384],
  [8, 1024],
  [16, 256],
])("%i levels: chunks of %i rows", (levels, rows) => {
  expect(defaultChunkRows(sweepOf(levels))).toBe(rows);
});

test("a chunk of the main thread is no more work than 65536 rows of four levels", () => {
  expect([65536, 65537].map((rows) => isShort(sweepOf(4), rows))).toEqual([true, false]);
  expect([16, 17].map((rows) => isShort(sweepOf(16), rows))).toEqual([true, false]);
});
