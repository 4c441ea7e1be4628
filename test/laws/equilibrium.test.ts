import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { bigBoltzmann, bigExp, fixedOne, toFixed, ulps } from "../support/big-exp.ts";
import { bigSqrt } from "../support/big-sqrt.ts";
import { prepare } from "../support/prepared.ts";
import {
  anyPoint,
  equilibrium,
  gentlePair,
  logUniform,
  pairPoint,
  qubitPoint,
  type Point,
} from "../support/points.ts";
import { solvePoint } from "../support/solve-point.ts";
import { sumOfTerms } from "../support/sum-of-terms.ts";

/** e^{−E_n/T}/Z of a point's levels, from its frequencies: the energies' differences would cancel. */
function gibbs(point: Point, temperature: number): readonly number[] {
  const { frequencies } = prepare(point);
  const factors = frequencies.map((omega) => Math.exp(-omega / temperature));
  const [plus, minus] = factors;
  const weights = factors.length === 1 ? [1, plus] : [1, minus, plus, plus * minus];
  const z = weights.reduce((a, b) => a + b);
  return weights.map((w) => w / z);
}

const warm = logUniform(0.02, 1e4);

function expectGibbs(populations: readonly number[], exact: readonly number[]) {
  populations.forEach((p, n) => {
    // 1e-13: what Math.exp(−ω/T) loses by rounding ω/T, up to 700
    expect(Math.abs(p - exact[n])).toBeLessThan(1e-12 * exact[n] + 1e-300);
  });
}

test(`one bath alone: the Gibbs state, each population within 1e-12 of itself, and no current, closed (seed ${seed})`, () => {
  fc.assert(
    fc.property(anyPoint, warm, fc.boolean(), (point, temperature, first) => {
      fc.pre(point.model === "qubit" || point.lambda !== 0);
      const bath = first ? { T_A: temperature } : { T_B: temperature };
      const dead = first
        ? { bath_B: { ...point.bath_B, g: 0 }, bath_A: { ...point.bath_A, g: 0.7 } }
        : { bath_A: { ...point.bath_A, g: 0 }, bath_B: { ...point.bath_B, g: 0.7 } };
      const alone = { ...point, ...bath, ...dead };
      const { populations, value } = solvePoint(alone);
      expectGibbs(populations, gibbs(alone, temperature));
      expect(value("q_A") + 0).toBe(0);
    }),
    { seed, numRuns: 1000 },
  );
});

test(`equal temperatures: the Gibbs state, each population within 1e-12 of itself, and exactly no current, closed (seed ${seed})`, () => {
  fc.assert(
    fc.property(anyPoint, warm, (point, temperature) => {
      const same = equilibrium(point, temperature);
      const { populations, value, status } = solvePoint(same);
      fc.pre(status !== 2);
      expectGibbs(populations, gibbs(same, temperature));
      expect(value("q_A") + 0).toBe(0);
      expect(value("q_B") + 0).toBe(0);
    }),
    { seed, numRuns: 1000 },
  );
});

for (const equation of ["lindblad", "redfield"] as const) {
  test(`equal temperatures: the Gibbs state within 1e-12, no coherence, no current beyond 1e-12 of Σ|terms|, ${equation} by lu (seed ${seed})`, () => {
    fc.assert(
      fc.property(gentlePair, logUniform(0.05, 500), (point, temperature) => {
        const same = equilibrium(point, temperature);
        const solved = solvePoint({ ...same, equation, method: "lu" });
        const exact = gibbs(same, temperature);
        solved.populations.forEach((p, n) => expect(Math.abs(p - exact[n])).toBeLessThan(1e-12));
        expect(Math.abs(solved.value("re_rho_23"))).toBeLessThan(1e-13);
        expect(Math.abs(solved.value("im_rho_23"))).toBeLessThan(1e-13);
        const terms = sumOfTerms(same, equation, solved);
        ["q_A", "q_B"].forEach((name, bath) => {
          expect(Math.abs(solved.value(name))).toBeLessThanOrEqual(1e-12 * terms[bath]);
        });
      }),
      { seed, numRuns: 500 },
    );
  });
}

test(`the appendix's form at equal temperatures, k = 0: the Gibbs state within 1e-12 and exactly no coherence (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairPoint, warm, logUniform(1e-3, 30), (point, temperature, g) => {
      const flat = { spectrum: "flat" as const, g };
      const same = { ...equilibrium(point, temperature), bath_A: flat, bath_B: flat };
      const { populations, value } = solvePoint({ ...same, equation: "redfield-appendix" });
      expectGibbs(populations, gibbs(same, temperature));
      expect(value("re_rho_23") + 0).toBe(0);
      expect(value("im_rho_23") + 0).toBe(0);
    }),
    { seed, numRuns: 500 },
  );
});

test(`detailed balance of the rates: D²¹(−ω)/D¹²(ω) = e^{−ω/T} within 4 ulp for any ω₀/T, and their difference is g(ω) (seed ${seed})`, () => {
  fc.assert(
    fc.property(qubitPoint, (point) => {
      const [[a], [b]] = prepare(point).rates;
      for (const [rate, t] of [
        [a, point.T_A],
        [b, point.T_B],
      ] as const) {
        const { emission, absorption, coupling, factor } = rate;
        const boltzmann = rate.boltzmann / factor;
        const e = t < 1e-100 ? 0n : bigBoltzmann(point.omega_0, t);
        expect(boltzmann).toBeGreaterThanOrEqual(0);
        expect(ulps(boltzmann, e)).toBeLessThan(4);
        // (3.7) over (3.6), four roundings; the product or the quotient may be subnormal
        expect(Math.abs(absorption - emission * boltzmann)).toBeLessThanOrEqual(
          2 * 2 ** -52 * absorption + (2 + emission) * 2 ** -1074,
        );
        // g (1 + n) − g n = g
        expect(Math.abs(emission - absorption - coupling)).toBeLessThanOrEqual(
          4 * 2 ** -52 * emission,
        );
      }
    }),
    { seed, numRuns: 500 },
  );
});

test(`the same for a pair: e^{−ω±/T} within 4 ulp for any ω±/T and λ, ω± of (3.43), (3.44) exact (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairPoint, (point) => {
      const [omega1, omega2, lambda] = [point.omega_1, point.omega_2, point.lambda].map((x) =>
        x < 0 ? -toFixed(-x) : toFixed(x),
      );
      const h = bigSqrt((omega1 - omega2) ** 2n + 4n * lambda ** 2n);
      const exact = [(omega1 + omega2 + h) / 2n, (omega1 + omega2 - h) / 2n];
      const { rates } = prepare(point);
      [point.T_A, point.T_B].forEach((t, bath) => {
        exact.forEach((omega, f) => {
          const e = t < 1e-100 ? 0n : bigExp((-omega * fixedOne) / toFixed(t));
          const { boltzmann, factor } = rates[bath][f];
          expect(ulps(boltzmann / factor, e)).toBeLessThan(4);
        });
      });
    }),
    { seed, numRuns: 300 },
  );
});
