import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { adjoint, current, steadyState, type System } from "../support/literal.ts";
import { solvePoint } from "../support/solve-point.ts";
import { type RandomSystem, randomSystem } from "../support/system-points.ts";

/** The system for the literal equations, its levels in ascending energy. */
function literal({ energies, couplings, temperatures, strengths }: RandomSystem): System {
  const order = energies.map((_, p) => p).toSorted((p, q) => energies[p] - energies[q]);
  return {
    energies: order.map((p) => energies[p]),
    baths: couplings.map((s, b) => {
      const sorted = order.map((p) => order.map((q) => s[p][q]));
      const occupied = (omega: number) => 1 / Math.expm1(omega / temperatures[b]);
      return {
        raising: adjoint(sorted),
        emission: (omega: number) => strengths[b] * (1 + occupied(omega)),
        absorption: (omega: number) => strengths[b] * occupied(omega),
      };
    }),
  };
}

test.each(["lindblad", "redfield"] as const)(
  `%s of random systems of 2 to 5 levels is (2.17) and (2.13) written out: ρ to 1e−11, currents to 1e−10 of Σ|terms|, as two plain solvers of condition 10³ differ (seed ${seed})`,
  (equation) => {
    fc.assert(
      fc.property(randomSystem, fc.boolean(), (random, turned) => {
        const system = literal(random);
        const n = system.energies.length;
        const rho = steadyState(system, equation, 0);
        const { value, status } = solvePoint({ ...random.spec(turned), equation });
        expect(status & 3).toBe(0);
        for (let p = 0; p < n; p++) {
          expect(Math.abs(value(`rho_${p + 1}${p + 1}`) - rho[(n + 1) * p].re)).toBeLessThan(1e-11);
          for (let q = p + 1; q < (turned ? 0 : n); q++) {
            const { re, im } = rho[n * p + q];
            expect(Math.abs(value(`re_rho_${p + 1}${q + 1}`) - re)).toBeLessThan(1e-11);
            expect(Math.abs(value(`im_rho_${p + 1}${q + 1}`) - im)).toBeLessThan(1e-11);
          }
        }
        ["A", "B"].forEach((bath, b) => {
          const wanted = current(system, b, equation, rho);
          const error = Math.abs(value(`q_${bath}`) - wanted.value);
          expect(error).toBeLessThan(1e-10 * wanted.terms);
        });
      }),
      { seed, numRuns: 60 },
    );
  },
);
