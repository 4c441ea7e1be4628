import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kernelModule } from "../../src/engine/wasm/module.ts";
import { wasmColumns } from "../../src/engine/wasm/wasm-columns.ts";
import { axisValues } from "../../src/grid/axis-value.ts";
import { coordinates, gridFiller } from "../../src/grid/grid.ts";
import type { Axis, AxisValues } from "../../src/spec/sweep.ts";
import { seed } from "../support/arbitrary.ts";

function axis(...values: AxisValues[]): Axis {
  const [first] = values;
  const count = first.kind === "list" ? first.values.length : first.count;
  return { names: values.map((_, n) => `n${n}`), count, values };
}

const line = (count: number, from = 1, to = 2): AxisValues => ({
  kind: "linspace",
  from,
  to,
  count,
});
const list = (...values: number[]): AxisValues => ({ kind: "list", values });

function filled(axes: readonly Axis[], firstRow: number, rows: number): number[][] {
  const columns = axes.flatMap(({ values }) => values.map(() => new Float64Array(rows).fill(NaN)));
  gridFiller(axes)(firstRow, rows, columns);
  return columns.map((column) => [...column]);
}

/** The same by the wasm's writer, columns side by side in shared memory, at any multiple of eight bytes. */
function filledShared(axes: readonly Axis[], firstRow: number, rows: number): number[][] {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2, shared: true });
  const all = new Float64Array(memory.buffer).fill(-7);
  const columns = axes
    .flatMap(({ values }) => values)
    .map((_, k) => new Float64Array(memory.buffer, 8 * (200 + (rows + 1) * k), rows));
  gridFiller(axes, wasmColumns(kernelModule(), memory))(firstRow, rows, columns);
  const numbers = columns.map((column) => [...column]);
  for (const column of columns) column.fill(-7);
  // nothing but the columns
  expect(all.every((x) => x === -7)).toBe(true);
  return numbers;
}

/** Row by row, by big integers. */
function expected(axes: readonly Axis[], firstRow: number, rows: number): number[][] {
  const indices = Array.from({ length: rows }, (_, r) => {
    let rest = BigInt(firstRow) + BigInt(r);
    return axes
      .map(({ count }) => BigInt(count))
      .reduceRight<number[]>((found, count) => {
        found.unshift(Number(rest % count));
        rest /= count;
        return found;
      }, []);
  });
  return axes.flatMap(({ values }, a) =>
    values.map((v) => indices.map((index) => axisValues(v)(index[a]))),
  );
}

describe("a grid", () => {
  test("without axes is one row of no columns", () => {
    expect(coordinates([], 0)).toEqual([]);
    expect(() => gridFiller([])(0, 1, [])).not.toThrow();
  });

  test("is row-major, its last axis fastest, zipped names together", () => {
    const axes = [axis(list(1, 2)), axis(list(10, 20, 30), list(-1, -2, -3))];
    expect(filled(axes, 0, 6)).toEqual([
      [1, 1, 1, 2, 2, 2],
      [10, 20, 30, 10, 20, 30],
      [-1, -2, -3, -1, -2, -3],
    ]);
    expect(coordinates(axes, 4)).toEqual([1, 1]);
  });

  test.each([1, 2, 3, 5])("of %d rows, also with axes of one value around", (rows) => {
    const axes = [axis(line(1)), axis(line(rows)), axis(list(7))];
    expect(filled(axes, 0, rows)).toEqual(expected(axes, 0, rows));
  });

  test("survives the way to a worker", () => {
    const axes = [axis(list(1, 2)), axis(line(3), { kind: "geomspace", from: 1, to: 4, count: 3 })];
    expect(filled(structuredClone(axes), 1, 4)).toEqual(expected(axes, 1, 4));
  });

  test("leaves what lies behind the rows alone", () => {
    const column = new Float64Array(8).fill(-1);
    gridFiller([axis(list(1, 2))])(1, 1, [column]);
    expect([...column]).toEqual([2, -1, -1, -1, -1, -1, -1, -1]);
  });

  const long = 2 ** 20 + 3;
  test.each([
    ["long fast axis", [axis(line(2)), axis(line(long))], long - 5, 11],
    ["long slow axis", [axis(line(long)), axis(line(2))], 2 * long - 7, 7],
    ["2^53 − 1 rows in one axis", [axis(line(2 ** 53 - 1))], 2 ** 53 - 40, 39],
    [
      "2^53 − 1 rows in axes",
      [axis(line(6361)), axis(line(69431)), axis(line(20394401))],
      2 ** 53 - 40,
      39,
    ],
    ["rows beyond 2^32", [axis(line(3)), axis(line(2 ** 33)), axis(line(5))], 5 * 2 ** 33 - 17, 40],
  ])("%s", (_, axes, firstRow, rows) => {
    expect(filled(axes, firstRow, rows)).toEqual(expected(axes, firstRow, rows));
    for (const row of [firstRow, firstRow + rows - 1]) {
      const at = coordinates(axes, row);
      const back = axes.reduce((sum, { count }, a) => sum * BigInt(count) + BigInt(at[a]), 0n);
      expect(back).toBe(BigInt(row));
    }
  });

  test(`comes out the same however it is cut and written (seed ${seed})`, () => {
    const counts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(counts, fc.nat(), fc.integer({ min: 1, max: 700 }), (sizes, pick, most) => {
        const axes = sizes.map((count) => axis(line(count), line(count, 5, -1)));
        const total = sizes.reduce((product, count) => product * count, 1);
        const firstRow = pick % total;
        const rows = Math.min(most, total - firstRow);
        const wanted = expected(axes, firstRow, rows);
        expect(filled(axes, firstRow, rows)).toEqual(wanted);
        expect(filledShared(axes, firstRow, rows)).toEqual(wanted);
      }),
      { seed },
    );
  });
});
