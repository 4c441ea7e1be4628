import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axisValues } from "../../src/grid/axis-value.ts";
import { gridFiller } from "../../src/grid/grid.ts";
import { random } from "../../src/grid/random.ts";
import { sobol } from "../../src/grid/sobol.ts";
import { philox } from "../../src/math/philox.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { pair } from "../spec/points.ts";
import { seed } from "../support/arbitrary.ts";

test("Philox4x32-10 gives the known answers of Random123 (kat_vectors)", () => {
  const ones = 0xffffffff;
  expect(philox([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  expect(philox([ones, ones, ones, ones], [ones, ones])).toEqual([
    0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd,
  ]);
  const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const;
  expect(philox(pi, [0xa4093822, 0x299f31d0])).toEqual([
    0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
  ]);
});

describe("random", () => {
  test("is what its description says, to the bit", () => {
    // FNV-1a of "a" is 0xe40c292c
    const [x, y] = philox([7, 1, 0xe40c292c, 0], [5, 2]);
    const expected = ((x >>> 5) * 2 ** 26 + (y >>> 6)) / 2 ** 53;
    expect(random(2 * 2 ** 32 + 5, "a")(2 ** 32 + 7)).toBe(expected);
    const value = axisValues({ kind: "random", from: 2, to: 5, count: 9, seed: 3, name: "T_A" });
    expect(value(4)).toBe(2 + 3 * random(3, "T_A")(4));
  });

  test("fills [0, 1) evenly: χ² of 100 cells and 10⁵ numbers within 6 σ of 99", () => {
    const cells = new Float64Array(100);
    const at = random(1, "T_A");
    for (let i = 0; i < 1e5; i++) cells[Math.floor(at(i) * 100)]++;
    const chi2 = cells.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(Math.abs(chi2 - 99)).toBeLessThan(6 * Math.sqrt(2 * 99));
  });

  test("names with one seed, and seeds of one name, are not correlated: |r| < 6/√10⁴", () => {
    const correlation = (a: (i: number) => number, b: (i: number) => number) => {
      let sum = 0;
      for (let i = 0; i < 1e4; i++) sum += 12 * (a(i) - 0.5) * (b(i) - 0.5);
      return Math.abs(sum / 1e4);
    };
    expect(correlation(random(1, "T_A"), random(1, "T_B"))).toBeLessThan(0.06);
    expect(correlation(random(1, "T_A"), random(2, "T_A"))).toBeLessThan(0.06);
    expect(correlation(random(1, "T_A"), random(1, "T_A"))).toBeGreaterThan(0.9);
  });
});

describe("sobol", () => {
  const rows = readFileSync(new URL("fixtures/sobol.jsonl", import.meta.url), "utf8");
  const cases = rows.trimEnd().split("\n");
  test(`bit for bit SciPy 1.17.1's qmc.Sobol: ${cases.length} dimensions`, () => {
    for (const line of cases) {
      const [dimension, points] = JSON.parse(line) as [number, [number, number][]];
      const at = sobol(dimension);
      for (const [i, bits] of points) expect([dimension, i, at(i)]).toEqual([dimension, i, bits]);
    }
  });

  test.each([
    ["as it is", undefined],
    ["with a seed", 5],
  ])("%s: 2^m points, one in each of 2^m intervals and of 2^m boxes", (_, seedOfDesign) => {
    const value = (dimension: number, name: string) =>
      axisValues({
        kind: "sobol",
        from: 0,
        to: 1,
        count: 2 ** 20,
        seed: seedOfDesign,
        name,
        dimension,
      });
    const points = Array.from({ length: 40 }, (__, d) => value(d, `x${d}`));
    for (const m of [3, 8]) {
      const n = 2 ** m;
      const block = Array.from({ length: n }, (__, i) => 5 * n + i);
      for (const at of points) {
        expect(new Set(block.map((i) => Math.floor(at(i) * n))).size).toBe(n);
      }
      // the first two coordinates are a (0, m, 2)-net: any box of volume 2^−m
      for (let a = 0; a <= m; a++) {
        const box = (i: number) =>
          Math.floor(points[0](i) * 2 ** a) * n + Math.floor(points[1](i) * 2 ** (m - a));
        expect(new Set(block.map(box)).size).toBe(n);
      }
    }
  });
});

describe("in a spec", () => {
  const sweep = [
    {
      lambda: { sobol: [0.1, 1.3, 64] },
      T_A: { sobol: [0.5, 4.5, 64, 7] },
      g_A: { random: [1, 2, 64, 7] },
    },
    { T_B: { random: [0.5, 2, 5, 0] } },
  ];

  test("names of one axis take one dimension each, and canonical JSON gives them again", () => {
    const parsed = parseSpec({ ...pair, sweep });
    expect(parsed.rows).toBe(320);
    expect(parsed.axes[0].values).toEqual([
      {
        kind: "sobol",
        from: 0.1,
        to: 1.3,
        count: 64,
        seed: undefined,
        name: "lambda",
        dimension: 0,
      },
      { kind: "sobol", from: 0.5, to: 4.5, count: 64, seed: 7, name: "T_A", dimension: 1 },
      { kind: "random", from: 1, to: 2, count: 64, seed: 7, name: "g_A" },
    ]);
    expect(JSON.parse(parsed.canonical).sweep).toEqual(sweep);
    expect(parseSpec(parsed.canonical)).toEqual(parsed);
  });

  test("any cut of the rows gives the same values", () => {
    const { axes, rows } = parseSpec({ ...pair, sweep });
    const fill = gridFiller(axes);
    const whole = Array.from({ length: 4 }, () => new Float64Array(rows));
    fill(0, rows, whole);
    fc.assert(
      fc.property(fc.nat(rows - 1), fc.integer({ min: 1, max: 99 }), (first, most) => {
        const length = Math.min(most, rows - first);
        const part = Array.from({ length: 4 }, () => new Float64Array(length));
        fill(first, length, part);
        expect(part).toEqual(whole.map((column) => column.subarray(first, first + length)));
      }),
      { seed },
    );
    for (const [c, name] of ["lambda", "T_A", "g_A", "T_B"].entries()) {
      const axis = axes.find(({ names }) => names.includes(name))!;
      const values = axis.values[axis.names.indexOf(name)] as { from: number; to: number };
      expect(whole[c].every((x) => x >= values.from && x <= values.to)).toBe(true);
    }
  });

  test("an axis is refused only where it cannot meet its domain, however long it is", () => {
    const swept = (T_A: unknown) => parseSpec({ ...pair, sweep: [{ T_A }] });
    expect(swept({ random: [-1, 2, 1e12, 1] }).rows).toBe(1e12);
    expect(swept({ sobol: [-1e9, 2, 2 ** 32] }).rows).toBe(2 ** 32);
    for (const count of [10, 1e12]) {
      const got = `T_A: got random [-2, -1, ${count}, 1]`;
      expect(() => swept({ random: [-2, -1, count, 1] })).toThrow(got);
    }
  });
});
