import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axisValues } from "../../src/grid/axis-value.ts";
import { seed } from "../support/arbitrary.ts";

type Case = [from: number, to: number, count: number, rows: number[][]];

function fixture(name: string): Case[] {
  const lines = readFileSync(new URL(`fixtures/${name}.jsonl`, import.meta.url), "utf8");
  return lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Case);
}

/** The distance from |x| to the next greater double. */
function ulp(x: number): number {
  const bits = new BigInt64Array([0n]);
  const doubles = new Float64Array(bits.buffer);
  doubles[0] = Math.abs(x);
  bits[0] += 1n;
  const above = doubles[0];
  return above === Infinity ? 2 ** 971 : above - Math.abs(x);
}

describe("linspace", () => {
  const cases = fixture("linspace");
  test(`bit for bit NumPy 2.4.6's: ${cases.length} lines, denormal steps among them`, () => {
    for (const [from, to, count, rows] of cases) {
      const at = axisValues({ kind: "linspace", from, to, count });
      for (const [i, value] of rows)
        expect([from, to, count, i, at(i)]).toEqual([from, to, count, i, value]);
    }
  });

  test("ends are exact, up to 2^53 − 1 values", () => {
    const count = 2 ** 53 - 1;
    const at = axisValues({ kind: "linspace", from: 0.1, to: 0.7, count });
    expect([at(0), at(count - 1)]).toEqual([0.1, 0.7]);
    expect(at((count - 1) / 2)).toBeCloseTo(0.4, 15);
  });
});

describe("geomspace", () => {
  const cases = fixture("geomspace");
  test(`within 0.5001 ulp of 400-bit arithmetic, 1 ulp where subnormal: ${cases.length} progressions`, () => {
    for (const [from, to, count, rows] of cases) {
      const at = axisValues({ kind: "geomspace", from, to, count });
      for (const [i, high, low] of rows) {
        const error = Math.abs(at(i) - high - low) / ulp(high);
        const bound = Math.abs(high) < 2 ** -1022 ? 1 : 0.5001;
        expect(error, `${from} … ${to}, ${count} values, i = ${i}`).toBeLessThanOrEqual(bound);
      }
    }
  });

  test("ends are exact and values rise with the index", () => {
    const at = axisValues({ kind: "geomspace", from: 0.05, to: 20, count: 100_000 });
    expect([at(0), at(99_999)]).toEqual([0.05, 20]);
    for (let i = 1; i < 100_000; i++) expect(at(i) > at(i - 1)).toBe(true);
  });

  test(`powers of two are exact, between them nothing leaves the ends (seed ${seed})`, () => {
    const exponent = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(exponent, exponent, fc.nat(), (a, b, pick) => {
        const [from, to] = [2 ** a, 2 ** b];
        const whole = axisValues({ kind: "geomspace", from, to, count: Math.abs(a - b) + 1 });
        const i = pick % (Math.abs(a - b) + 1);
        expect(whole(i)).toBe(2 ** (a + Math.sign(b - a) * i));
        const fine = axisValues({ kind: "geomspace", from, to, count: 2 ** 40 });
        expect(fine(pick)).toBeGreaterThanOrEqual(Math.min(from, to));
        expect(fine(pick)).toBeLessThanOrEqual(Math.max(from, to));
      }),
      { seed },
    );
  });
});

test("list: its values", () => {
  const at = axisValues({ kind: "list", values: [3, 1, 2] });
  expect([at(0), at(1), at(2)]).toEqual([3, 1, 2]);
});
