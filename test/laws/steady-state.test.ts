import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { randomLevelSystem, solveLevels } from "../support/levels.ts";
import { anyPoint, gentlePair } from "../support/points.ts";
import { seeded } from "../support/random.ts";
import { solvePoint } from "../support/solve-point.ts";

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

test(`trace 1 within 16 ulp, closed forms, anywhere in the domain: two shares of some 4 ulp each, multiplied (seed ${seed})`, () => {
  fc.assert(
    fc.property(anyPoint, (point) => {
      const { populations, status } = solvePoint(point);
      fc.pre(status !== 2);
      expect(Math.abs(sum(populations) - 1)).toBeLessThan(16 * 2 ** -52);
    }),
    { seed, numRuns: 2000 },
  );
});

test(`trace 1 within 16 ulp of the largest population, every equation by lu: the trace is a row of the system (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      gentlePair,
      fc.constantFrom("lindblad", "redfield", "redfield-eq213"),
      (point, equation) => {
        const { populations } = solvePoint({ ...point, equation, method: "lu" });
        const largest = Math.max(...populations.map(Math.abs));
        expect(Math.abs(sum(populations) - 1)).toBeLessThan(16 * 2 ** -52 * largest);
      },
    ),
    { seed, numRuns: 2000 },
  );
});

test(`Lindblad populations lie in [0, 1] and their status is 0, closed anywhere in the domain (seed ${seed})`, () => {
  fc.assert(
    fc.property(anyPoint, (point) => {
      const { populations, status } = solvePoint(point);
      fc.pre(status !== 2);
      expect(status).toBe(0);
      for (const p of populations) {
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }
    }),
    { seed, numRuns: 2000 },
  );
});

test(`Lindblad populations lie in [0, 1] and their status is 0, by lu (seed ${seed})`, () => {
  fc.assert(
    fc.property(gentlePair, (point) => {
      const { populations, status } = solvePoint({ ...point, method: "lu" });
      expect(status).toBe(0);
      for (const p of populations) {
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }
    }),
    { seed, numRuns: 1000 },
  );
});

test(`the density matrix is Hermitian, ρ_qp = ρ_pq* within 1e-13 of the largest population: both are unknowns of their own (seed ${seed})`, () => {
  const random = seeded(seed);
  for (const equation of ["redfield", "redfield-eq213"] as const) {
    for (const levels of [3, 4, 6]) {
      const systems = Array.from({ length: 20 }, () => randomLevelSystem(levels, 2, random));
      for (const { populations, coherences, conjugates } of solveLevels(systems, equation, "wasm")
        .rows) {
        const largest = Math.max(...populations.map(Math.abs));
        coherences.forEach(({ re, im }, k) => {
          const distance = Math.hypot(conjugates[k].re - re, conjugates[k].im + im);
          expect(distance).toBeLessThan(1e-13 * largest);
        });
        // else this would hold of nothing
        expect(Math.max(...coherences.map(({ im }) => Math.abs(im)))).toBeGreaterThan(1e-6);
      }
    }
  }
});
