import fc from "fast-check";
import { expect, test } from "vitest";
import { cosine, exponential, sine } from "../../src/engine/js/elementary.ts";
import { seed } from "../support/arbitrary.ts";
import { uniform } from "../support/points.ts";

// the wasm's are held to these bit for bit by the systems' twin test; libm is within 1 ulp

test(`sin and cos within 4e−16 of libm's for any |x| ≤ 2²⁰, where π/2 is subtracted exactly (seed ${seed})`, () => {
  const angle = fc.oneof(
    uniform(-2, 2),
    uniform(-(2 ** 20), 2 ** 20),
    fc.integer({ min: -1000, max: 1000 }).map((k) => (k * Math.PI) / 4),
    fc.constantFrom(0, 2 ** 20, -(2 ** 20), 1e-300),
  );
  fc.assert(
    fc.property(angle, (x) => {
      expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThanOrEqual(4e-16);
      expect(Math.abs(cosine(x) - Math.cos(x))).toBeLessThanOrEqual(4e-16);
    }),
    { seed, numRuns: 5000 },
  );
});

test("sin and cos of larger angles, infinities and NaN are NaN", () => {
  for (const x of [2 ** 20 + 1, -1e300, Infinity, -Infinity, NaN]) {
    expect(sine(x)).toBeNaN();
    expect(cosine(x)).toBeNaN();
  }
});

test(`exp within 3 ulp of libm's, from 0 through subnormals to infinity (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.oneof(uniform(-1, 1), uniform(-708, 709)), (x) => {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThanOrEqual(3 * 2 ** -52);
    }),
    { seed, numRuns: 5000 },
  );
  expect(exponential(0)).toBe(1);
  expect(exponential(-800)).toBe(0);
  expect(exponential(800)).toBe(Infinity);
  expect(exponential(-740)).toBeGreaterThan(0);
  expect(exponential(NaN)).toBeNaN();
});
