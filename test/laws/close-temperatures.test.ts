import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { logUniform, uniform, type PairPoint, type QubitPoint } from "../support/points.ts";
import { prepare } from "../support/prepared.ts";
import { solvePoint } from "../support/solve-point.ts";

const flat = (g: number) => ({ spectrum: "flat" as const, g });
const hairsbreadths = fc.constantFrom(1e-12, -1e-12, 1e-10, 2 ** -52);

/** ∂n/∂T = ω e/(T f)² with e = e^{−ω/T}, f = 1 − e. */
function slope(omega: number, t: number): number {
  const x = omega / t;
  return (x / t) * (Math.exp(-x) / Math.expm1(-x) ** 2);
}

test(`nearly equal temperatures, T_B = T_A (1 + 1e-12): q_A of one qubit is its first-order expansion within 40 times the bias and 1e-13, not 1e-4 as a difference of Planck numbers would be (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      logUniform(0.1, 10),
      logUniform(0.2, 100),
      hairsbreadths,
      uniform(0.2, 3),
      (omega_0, T_A, bias, g) => {
        const T_B = T_A * (1 + bias);
        fc.pre(omega_0 / T_A < 30);
        const point: QubitPoint = {
          model: "qubit",
          omega_0,
          T_A,
          T_B,
          bath_A: flat(g),
          bath_B: flat(0.7),
        };
        const n = 1 / Math.expm1(omega_0 / T_A);
        const factor = (g * 0.7 * omega_0) / ((g + 0.7) * (1 + 2 * n));
        const exact = factor * slope(omega_0, T_A) * (T_A - T_B);
        const error = Math.abs(solvePoint(point).value("q_A") - exact);
        expect(error).toBeLessThan((40 * Math.abs(bias) + 1e-13) * Math.abs(exact));
      },
    ),
    { seed, numRuns: 1000 },
  );
});

test(`nearly equal temperatures: q_A of the pair likewise, both branches (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      uniform(0.5, 2),
      uniform(0.05, 0.9),
      logUniform(0.2, 100),
      hairsbreadths,
      (omega_1, share, T_A, bias) => {
        const T_B = T_A * (1 + bias);
        const point: PairPoint = {
          model: "qubit-pair",
          omega_1,
          omega_2: 1.5,
          lambda: share * Math.sqrt(1.5 * omega_1),
          T_A,
          T_B,
          bath_A: flat(0.4),
          bath_B: flat(0.7),
        };
        const { frequencies, elements } = prepare(point);
        const [alpha, beta] = elements.map((x) => x * x);
        const branches = frequencies.map((omega, f) => {
          const [a, b] = f === 0 ? [alpha * 0.4, beta * 0.7] : [beta * 0.4, alpha * 0.7];
          const n = 1 / Math.expm1(omega / T_A);
          return ((a * b * omega) / ((a + b) * (1 + 2 * n))) * slope(omega, T_A) * (T_A - T_B);
        });
        const exact = branches[0] + branches[1];
        const error = Math.abs(solvePoint(point).value("q_A") - exact);
        expect(error).toBeLessThan((40 * Math.abs(bias) + 1e-13) * Math.abs(exact));
      },
    ),
    { seed, numRuns: 1000 },
  );
});
