import { expect, test } from "vitest";
import { MOST_POINTS, thin } from "../../src/plot/thin.ts";

const rows = 1_000_000;
const x = Float64Array.from({ length: rows }, (_, row) => row);

test("a line that is short enough stays as it is", () => {
  const y = x.subarray(0, MOST_POINTS);
  expect(thin(y, y)).toEqual({ x: y, y, rowsPerBin: 1 });
});

test("peaks of one row, both ends and gaps are kept, in row order", () => {
  const y = x.map((row) => Math.sin(row / 1e5));
  y[123_456] = 7;
  y[654_321] = -7;
  y[500_000] = NaN;
  const thinned = thin(x, y);
  expect(thinned.x.length).toBeLessThanOrEqual(MOST_POINTS);
  expect(thinned.x).toEqual(thinned.x.toSorted());
  for (const row of [0, 123_456, 500_000, 654_321, rows - 1]) expect(thinned.x).toContain(row);
  expect([...thinned.y]).toEqual([...thinned.x].map((row) => y[row]));
  expect(thinned.rowsPerBin).toBe(Math.ceil(rows / 666));
});

test("a line without a number is gaps alone", () => {
  const y = new Float64Array(rows).fill(NaN);
  expect(thin(x, y).y.every((value) => Number.isNaN(value))).toBe(true);
});
