import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { anyPoint, gentlePair } from "../support/points.ts";
import { solvePoint } from "../support/solve-point.ts";
import { sumOfTerms } from "../support/sum-of-terms.ts";

test(`second law, Lindblad: heat flows from the hotter bath, or none does, closed anywhere in the domain (seed ${seed})`, () => {
  const seen = new Set<number>();
  fc.assert(
    fc.property(anyPoint, (point) => {
      const { value, status } = solvePoint(point);
      fc.pre(status !== 2);
      const bias = Math.sign(point.T_A - point.T_B);
      const direction = Math.sign(value("q_A"));
      expect(direction === 0 || direction === bias).toBe(true);
      seen.add(direction);
    }),
    { seed, numRuns: 2000 },
  );
  expect([...seen].map((x) => x + 0).toSorted((a, b) => a - b)).toEqual([-1, 0, 1]);
});

test(`second law, Lindblad by lu: −q_A/T_A − q_B/T_B ≥ 0 but for 1e-13 of its terms (design: a current's digits) (seed ${seed})`, () => {
  fc.assert(
    fc.property(gentlePair, (point) => {
      const solved = solvePoint({ ...point, method: "lu" });
      const [a, b] = sumOfTerms(point, "lindblad", solved);
      // times T_A T_B, as T may be 0
      const production = -solved.value("q_A") * point.T_B - solved.value("q_B") * point.T_A;
      expect(production).toBeGreaterThan(-1e-13 * (a * point.T_B + b * point.T_A) - 1e-300);
    }),
    { seed, numRuns: 1000 },
  );
});

test(`the current from bath A grows with T_A, Lindblad: ∂q_A/∂T_A > 0 by (3.21), (3.57), (3.58) (seed ${seed})`, () => {
  fc.assert(
    fc.property(anyPoint, fc.double({ min: 1e-3, max: 10, noNaN: true }), (point, step) => {
      const cool = solvePoint(point);
      const warm = solvePoint({ ...point, T_A: point.T_A * (1 + step) });
      fc.pre(cool.status !== 2);
      // where T_B overwhelms T_A, the growth is below the last digit
      const rounding = 1e-14 * Math.abs(cool.value("q_A"));
      expect(warm.value("q_A")).toBeGreaterThanOrEqual(cool.value("q_A") - rounding);
    }),
    { seed, numRuns: 1000 },
  );
});
