import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { literalOf, randomLevelSystem, solveLevels } from "../support/levels.ts";
import { current, steadyState } from "../support/literal.ts";
import { anyPoint, gentlePair } from "../support/points.ts";
import { seeded } from "../support/random.ts";
import { solvePoint } from "../support/solve-point.ts";
import { sumOfTerms } from "../support/sum-of-terms.ts";

test(`first law: q_A + q_B = 0 exactly in the closed forms, anywhere in the domain (seed ${seed})`, () => {
  let flowing = 0;
  fc.assert(
    fc.property(anyPoint, (point) => {
      const { value, status } = solvePoint(point);
      fc.pre(status !== 2);
      expect(value("q_A") + value("q_B")).toBe(0);
      if (value("q_A") !== 0) flowing++;
    }),
    { seed, numRuns: 2000 },
  );
  expect(flowing).toBeGreaterThan(1000);
});

for (const equation of ["lindblad", "redfield", "redfield-eq213"] as const) {
  test(`first law: q_A + q_B = 0 within 1e-15 of Σ|terms| by lu, ${equation}: what the sums round (seed ${seed})`, () => {
    fc.assert(
      fc.property(gentlePair, (point) => {
        const solved = solvePoint({ ...point, equation, method: "lu" });
        const [a, b] = sumOfTerms(point, equation, solved);
        const sum = Math.abs(solved.value("q_A") + solved.value("q_B"));
        expect(sum).toBeLessThanOrEqual(1e-15 * (a + b));
      }),
      { seed, numRuns: 1000 },
    );
  });

  test(`first law: the currents of 4 baths on 4 levels sum to 0 within 1e-14 of Σ|terms|, ${equation} (seed ${seed})`, () => {
    const random = seeded(seed);
    const systems = Array.from({ length: 10 }, () => randomLevelSystem(4, 4, random));
    solveLevels(systems, equation, "wasm").rows.forEach(({ currents }, k) => {
      const literal = literalOf(systems[k]);
      const rho = steadyState(literal, equation, 0);
      const terms = currents.map((_, bath) => current(literal, bath, equation, rho).terms);
      const all = terms.reduce((a, b) => a + b, 0);
      expect(Math.abs(currents.reduce((a, b) => a + b, 0))).toBeLessThan(1e-14 * all);
    });
  });
}
