import fc from "fast-check";
import { expect, test } from "vitest";
import { createSolver } from "../../src/engine/solver.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { seed } from "../support/arbitrary.ts";
import { gth } from "../support/gth.ts";
import { randomLevelSystem, literalOf, solveLevels } from "../support/levels.ts";
import { kernel, type System } from "../support/literal.ts";
import { literalSystem } from "../support/literal-models.ts";
import { gentlePair, type PairPoint, uniform } from "../support/points.ts";
import { seeded } from "../support/random.ts";

/** Rates from level q to level p of the Lindblad equation, as (2.17) says: populations alone. */
function ratesOf(system: System): number[][] {
  const n = system.energies.length;
  const kernels = system.baths.map((_, bath) => kernel(system, bath, "lindblad"));
  return system.energies.map((_, p) =>
    system.energies.map((__, q) =>
      p === q ? 0 : kernels.reduce((sum, k) => sum + k[p * n + p][q * n + q].re, 0),
    ),
  );
}

/** The point at temperatures of (E₄ − E₁)/`cold` and up to twice that. */
function cooled(point: PairPoint, cold: number, ratio: number): PairPoint {
  const spread = point.omega_1 + point.omega_2;
  return { ...point, T_A: spread / cold, T_B: (spread / cold) * ratio };
}

test(`populations of the pair down to (E₄ − E₁)/T = 200 by GTH elimination, which subtracts nothing: each within 1e-12 of itself (design), closed and lu, both backends; ω/T of the elimination is rounded (seed ${seed})`, () => {
  let least = 1;
  fc.assert(
    fc.property(gentlePair, uniform(1, 200), uniform(1, 2), (point, cold, ratio) => {
      const cool = cooled(point, cold, ratio);
      const expected = gth(ratesOf(literalSystem({ ...cool })));
      for (const backend of ["wasm", "js"] as const) {
        const solve = createSolver(backend);
        for (const method of ["closed", "lu"]) {
          const columns = ["rho_11", "rho_22", "rho_33", "rho_44"];
          const { values, status } = solve(parseSpec({ ...cool, method, columns }));
          expect(status).toBe(0);
          values.forEach((value, level) => {
            const error = Math.abs(value - expected[level]) / expected[level];
            expect(error, `${backend} ${method} ${columns[level]}`).toBeLessThan(1e-12);
            least = Math.min(least, value);
          });
        }
      }
    }),
    { seed, numRuns: 500 },
  );
  expect(least).toBeLessThan(1e-60);
});

test(`populations of any levels, 2 to 6, at spread/T = 200, by GTH elimination: each within 1e-12 of itself, both backends (seed ${seed})`, () => {
  const random = seeded(seed);
  for (let levels = 2; levels <= 6; levels++) {
    for (let k = 0; k < 20; k++) {
      const system = randomLevelSystem(levels, 2, random);
      const spread = system.energies[levels - 1] - system.energies[0];
      const cold = { ...system, temperatures: [spread / 200, spread / 150] };
      const expected = gth(ratesOf(literalOf(cold)));
      for (const backend of ["wasm", "js"] as const) {
        const [{ populations, status }] = solveLevels([cold], "lindblad", backend).rows;
        expect(status).toBe(0);
        populations.forEach((value, level) => {
          const error = Math.abs(value - expected[level]) / expected[level];
          expect(error, `${backend}, level ${level} of ${levels}`).toBeLessThan(1e-12);
        });
      }
    }
  }
});
