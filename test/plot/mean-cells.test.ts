import { expect, test } from "vitest";
import { meanCells } from "../../src/plot/mean-cells.ts";

const linear = (values: readonly number[]) => ({ values: Float64Array.from(values), log: false });

test("a cell a row where there are few; edges halfway between", () => {
  const x = linear([1, 2, 4, 1, 2, 4]);
  const y = linear([0, 0, 0, 10, 10, 10]);
  const cells = meanCells(x, y, Float64Array.of(1, 2, 3, 4, 5, 6));
  expect([...cells.xEdges]).toEqual([0.5, 1.5, 3, 5]);
  expect([...cells.yEdges]).toEqual([-5, 5, 15]);
  expect([...cells.means]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(cells.rowsPerCell).toBe(1);
});

test("a cell is the mean of its rows' numbers, NaN where there is none; order does not matter", () => {
  const x = linear([3, 2, 1, 0, 3, 2, 1, 0]);
  const y = linear([1, 1, 1, 1, 0, 0, 0, 0]);
  const values = Float64Array.of(8, NaN, 6, 5, NaN, NaN, 2, 1);
  const cells = meanCells(x, y, values, 2);
  expect([...cells.means]).toEqual([1.5, NaN, 5.5, 8]);
  expect([...cells.xEdges]).toEqual([-0.5, 1.5, 3.5]);
  expect(cells.rowsPerCell).toBe(2);
});

test("a logarithmic axis has its edges at geometric means", () => {
  const x = { values: Float64Array.of(1, 100, 1e4), log: true };
  const { xEdges } = meanCells(x, linear([5, 5, 5]), Float64Array.of(1, 2, 3));
  expect([...xEdges]).toEqual([0.1, 10, 1000, 1e5]);
});

test("a single value, a coordinate that is NaN, and no rows", () => {
  const one = meanCells(linear([0]), linear([-4]), Float64Array.of(7));
  expect([...one.xEdges, ...one.yEdges, ...one.means]).toEqual([-1, 1, -4.2, -3.8, 7]);
  const bad = meanCells(linear([1, NaN, 2]), linear([0, 0, 0]), Float64Array.of(1, 2, 3));
  expect([...bad.means]).toEqual([1, 3]);
  expect(meanCells(linear([]), linear([]), new Float64Array()).means).toHaveLength(0);
});

test("1000 × 1000 rows: 200 × 200 cells, each the mean of 5 × 5", () => {
  const side = 1000;
  const x = Float64Array.from({ length: side ** 2 }, (_, row) => row % side);
  const y = Float64Array.from({ length: side ** 2 }, (_, row) => Math.floor(row / side));
  const values = x.map((value, row) => value + side * y[row]);
  const cells = meanCells({ values: x, log: false }, { values: y, log: false }, values);
  expect(cells.rowsPerCell).toBe(25);
  expect(cells.means).toHaveLength(200 * 200);
  for (const [i, j] of [
    [0, 0],
    [199, 0],
    [17, 101],
    [199, 199],
  ]) {
    expect(cells.means[200 * j + i]).toBe(5 * i + 2 + side * (5 * j + 2));
  }
});
