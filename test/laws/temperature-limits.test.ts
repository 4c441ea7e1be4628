import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { orderOfConvergence, relative } from "../support/convergence.ts";
import { uniform, type BathPoint, type PairPoint, type QubitPoint } from "../support/points.ts";
import { prepare } from "../support/prepared.ts";
import { solvePoint } from "../support/solve-point.ts";

const flat = (g: number): BathPoint => ({ spectrum: "flat", g });

function qubitAt(T_A: number, T_B: number, gA: number, gB: number): QubitPoint {
  return { model: "qubit", omega_0: 1, T_A, T_B, bath_A: flat(gA), bath_B: flat(gB) };
}

const strengths = fc.tuple(uniform(0.2, 3), uniform(0.2, 3));
/** T_A/T and T_B/T, far enough apart for the next order to be seen. */
const temperatures = fc
  .tuple(uniform(0.5, 2), uniform(0.5, 2))
  .filter(([a, b]) => Math.abs(a - b) > 0.2);

const HOT = 1 / 50;

test(`high temperature, after (3.20): r → 1 − ω₀/T for identical baths, and ρ₊₊, ρ₋₋ → ½; doubling T quarters and halves the error, within 0.05 (seed ${seed})`, () => {
  fc.assert(
    fc.property(temperatures, uniform(0.2, 3), ([a, b], g) => {
      const at = (h: number) => solvePoint(qubitAt(a / h, b / h, g, g)).populations;
      const ratio = (h: number) => {
        const [lower, upper] = at(h);
        return Math.abs(upper / lower - (1 - (2 * h) / (a + b)));
      };
      const half = (h: number) => Math.abs(at(h)[1] - 0.5);
      expect(Math.abs(orderOfConvergence(ratio, HOT) - 2)).toBeLessThan(0.05);
      expect(Math.abs(orderOfConvergence(half, HOT) - 1)).toBeLessThan(0.05);
    }),
    { seed },
  );
});

test(`high temperature, (3.23), (3.24): doubling both temperatures quarters the relative error, order 2 within 0.05 (seed ${seed})`, () => {
  fc.assert(
    fc.property(temperatures, strengths, ([a, b], [gA, gB]) => {
      const error = (h: number) => {
        const [T_A, T_B] = [a / h, b / h];
        const { value } = solvePoint(qubitAt(T_A, T_B, gA, gB));
        const limit = ((0.5 * gA * gB) / (gA * T_A + gB * T_B)) * (T_A - T_B);
        expect(relative(value("q_B"), -limit)).toBe(relative(value("q_A"), limit));
        return relative(value("q_A"), limit);
      };
      expect(Math.abs(orderOfConvergence(error, HOT) - 2)).toBeLessThan(0.05);
    }),
    { seed },
  );
});

/**
 * For a relative error that vanishes as the hotter bath's e^{−ω/T}, its quotient by that at ω/T = 12,
 * and how far it still moves to ω/T = 16: a constant, and nearly nothing.
 */
function quotientOf(error: (x: number) => number) {
  const [one, other] = [12, 16].map((x) => error(x) / Math.exp(-x));
  return { size: Math.abs(one), drift: Math.abs(one - other) / (1 + Math.abs(one)) };
}

test(`low temperature, after (3.20): r → (e^{−ω₀/T_A} + e^{−ω₀/T_B})/2, relative error of the order of the hotter bath's e^{−ω₀/T} (seed ${seed})`, () => {
  fc.assert(
    fc.property(uniform(0.3, 0.5), uniform(0.2, 3), fc.boolean(), (cold, g, swap) => {
      const { size, drift } = quotientOf((x) => {
        const [T_A, T_B] = swap ? [cold / x, 1 / x] : [1 / x, cold / x];
        const [lower, upper] = solvePoint(qubitAt(T_A, T_B, g, g)).populations;
        const limit = (Math.exp(-1 / T_A) + Math.exp(-1 / T_B)) / 2;
        return (upper / lower - limit) / limit;
      });
      expect(size).toBeLessThan(1.001);
      expect(drift).toBeLessThan(1e-3);
    }),
    { seed },
  );
});

test(`low temperature, after (3.20): with bias Δ, r → e^{−ω₀/T} cosh(ω₀Δ/2T²); halving Δ quarters the relative error, order 2 within 0.05 (seed ${seed})`, () => {
  fc.assert(
    fc.property(uniform(0.03, 0.05), (t) => {
      const error = (bias: number) => {
        const point = qubitAt(t + bias / 2, t - bias / 2, 1, 1);
        const [lower, upper] = solvePoint(point).populations;
        const limit = Math.exp(-1 / t) * Math.cosh(bias / (2 * t * t));
        return relative(upper / lower, limit);
      };
      // the bias is small beside T, and ω₀Δ/2T² is not small beside 1
      expect(Math.abs(orderOfConvergence(error, t / 25) - 2)).toBeLessThan(0.1);
      expect(error(t / 25)).toBeLessThan(0.02);
    }),
    { seed },
  );
});

test(`low temperature, (3.25), (3.26): relative error of the order of the hotter bath's e^{−ω₀/T} (seed ${seed})`, () => {
  fc.assert(
    fc.property(uniform(0.3, 0.5), strengths, fc.boolean(), (cold, [gA, gB], swap) => {
      const { size, drift } = quotientOf((x) => {
        const [T_A, T_B] = swap ? [cold / x, 1 / x] : [1 / x, cold / x];
        const { value } = solvePoint(qubitAt(T_A, T_B, gA, gB));
        const limit = ((gA * gB) / (gA + gB)) * (Math.exp(-1 / T_A) - Math.exp(-1 / T_B));
        expect(value("q_B")).toBe(-value("q_A"));
        return (value("q_A") - limit) / limit;
      });
      expect(size).toBeLessThan(1.001);
      expect(drift).toBeLessThan(1e-3);
    }),
    { seed },
  );
});

/** A pair in which ω₋ carries next to nothing (steep spectra), or ω₊ does (low cutoffs). */
function pairWith(branch: "plus" | "minus", gA: number, gB: number) {
  const bath = (g: number): BathPoint =>
    branch === "plus"
      ? { spectrum: "power", g, exponent: 16, cutoff: 10 }
      : { spectrum: "power", g, exponent: 0, cutoff: 0.02 };
  const [omega_1, omega_2] = branch === "plus" ? [1, 1.1] : [1, 2];
  return {
    model: "qubit-pair" as const,
    omega_1,
    omega_2,
    lambda: branch === "plus" ? 1.048 : 0.5,
    bath_A: bath(gA),
    bath_B: bath(gB),
  };
}

/** ω, (αβ)², and the weights g_A, g_B of one branch, (3.57), (3.58). */
function branchOf(point: PairPoint, branch: "plus" | "minus") {
  const { frequencies, elements, rates } = prepare(point);
  const f = branch === "plus" ? 0 : 1;
  const [alpha, beta] = elements.map((x) => x * x);
  const [a, b] = branch === "plus" ? [alpha, beta] : [beta, alpha];
  const [gA, gB] = rates.map((bath) => bath[f].coupling);
  return { omega: frequencies[f], gA: a * gA, gB: b * gB };
}

for (const [branch, hot, cold] of [
  ["plus", "(3.62), (3.64)", "(3.66), (3.68)"],
  ["minus", "(3.63), (3.65)", "(3.67), (3.69)"],
] as const) {
  test(`high temperature, ${hot}: the ${branch} branch alone; doubling both temperatures quarters the relative error, order 2 within 0.05 (seed ${seed})`, () => {
    fc.assert(
      fc.property(temperatures, strengths, ([a, b], strength) => {
        const error = (h: number) => {
          const [T_A, T_B] = [a / h, b / h];
          const point: PairPoint = { ...pairWith(branch, ...strength), T_A, T_B };
          const { omega, gA, gB } = branchOf(point, branch);
          const limit = ((0.5 * gA * gB * omega) / (gA * T_A + gB * T_B)) * (T_A - T_B);
          const { value } = solvePoint(point);
          expect(value("q_B")).toBe(-value("q_A"));
          return relative(value("q_A"), limit);
        };
        expect(Math.abs(orderOfConvergence(error, HOT) - 2)).toBeLessThan(0.05);
      }),
      { seed },
    );
  });

  test(`low temperature, ${cold}: the ${branch} branch alone; relative error of the order of the hotter bath's e^{−ω/T} (seed ${seed})`, () => {
    fc.assert(
      fc.property(uniform(0.3, 0.5), strengths, fc.boolean(), (share, strength, swap) => {
        const { size, drift } = quotientOf((x) => {
          const pair = pairWith(branch, ...strength);
          const { omega } = branchOf({ ...pair, T_A: 1, T_B: 1 }, branch);
          const [T_A, T_B] = swap
            ? [(share * omega) / x, omega / x]
            : [omega / x, (share * omega) / x];
          const point: PairPoint = { ...pair, T_A, T_B };
          const { gA, gB } = branchOf(point, branch);
          const limit =
            ((gA * gB * omega) / (gA + gB)) * (Math.exp(-omega / T_A) - Math.exp(-omega / T_B));
          const { value } = solvePoint(point);
          expect(value("q_B")).toBe(-value("q_A"));
          return (value("q_A") - limit) / limit;
        });
        expect(size).toBeLessThan(1.001);
        expect(drift).toBeLessThan(1e-3);
      }),
      { seed },
    );
  });
}

test(`high temperature, after (3.50): ρ_nn → ¼, doubling both temperatures halves the distance, order 1 within 0.05; low: ρ₁₁ → 1 (seed ${seed})`, () => {
  fc.assert(
    fc.property(temperatures, strengths, ([a, b], [gA, gB]) => {
      const at = (T_A: number, T_B: number) =>
        solvePoint({
          model: "qubit-pair",
          omega_1: 1,
          omega_2: 2,
          lambda: 0.5,
          T_A,
          T_B,
          bath_A: flat(gA),
          bath_B: flat(gB),
        }).populations;
      const distance = (h: number) => Math.hypot(...at(a / h, b / h).map((p) => p - 0.25));
      expect(Math.abs(orderOfConvergence(distance, HOT) - 1)).toBeLessThan(0.05);
      expect(at(a / 100, b / 100)[0]).toBeGreaterThan(1 - 1e-15);
      const [ground, ...excited] = at(0, 0);
      expect(Math.abs(ground - 1)).toBeLessThan(1e-15);
      expect(excited).toEqual([0, 0, 0]);
    }),
    { seed },
  );
});
