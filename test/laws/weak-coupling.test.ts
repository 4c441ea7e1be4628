import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { orderOfConvergence } from "../support/convergence.ts";
import { pairPoint, uniform, type PairPoint } from "../support/points.ts";
import { prepare } from "../support/prepared.ts";
import { solvePoint } from "../support/solve-point.ts";

/** ρ₋₋ and ρ₊₊ of a qubit with its own bath alone, (3.52), (3.53). */
function alone(omega: number, temperature: number): readonly [number, number] {
  const e = temperature === 0 ? 0 : Math.exp(-omega / temperature);
  return [1 / (1 + e), e / (1 + e)];
}

/** ρ^A ⊗ ρ^B by energy: the qubit of the larger splitting makes ω₊. */
function product({ omega_1, omega_2, T_A, T_B }: PairPoint): readonly number[] {
  const [a, b] = [alone(omega_1, T_A), alone(omega_2, T_B)];
  const [plus, minus] = omega_1 >= omega_2 ? [a, b] : [b, a];
  return [plus[0] * minus[0], plus[0] * minus[1], plus[1] * minus[0], plus[1] * minus[1]];
}

test(`(3.51)–(3.53), λ = 0: the product of two Gibbs states, each population within 1e-12 of itself, and no current at all (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairPoint, (drawn) => {
      const point = { ...drawn, lambda: 0 };
      fc.pre(point.bath_A.g > 0 && point.bath_B.g > 0);
      const { populations, value, status } = solvePoint(point);
      expect(status).toBe(0);
      const exact = product(point);
      populations.forEach((p, n) => {
        expect(Math.abs(p - exact[n])).toBeLessThan(1e-12 * exact[n] + 1e-300);
      });
      expect(value("q_A") + 0).toBe(0);
      expect(value("q_B") + 0).toBe(0);
    }),
    { seed, numRuns: 1000 },
  );
});

for (const equation of ["lindblad", "redfield", "redfield-eq213"] as const) {
  test(`λ = 0 by lu, ${equation}: the product state within 1e-12, and no current beyond 1e-12 of g ω n (seed ${seed})`, () => {
    fc.assert(
      fc.property(uniform(0.3, 3), uniform(0.3, 3), uniform(0.3, 5), (omega_1, omega_2, T_A) => {
        const flat = { spectrum: "flat" as const, g: 0.5 };
        const point: PairPoint = {
          model: "qubit-pair",
          omega_1,
          omega_2,
          lambda: 0,
          T_A,
          T_B: 1,
          bath_A: flat,
          bath_B: flat,
        };
        const { populations, value } = solvePoint({ ...point, equation, method: "lu" });
        const exact = product(point);
        populations.forEach((p, n) => expect(Math.abs(p - exact[n])).toBeLessThan(1e-12));
        for (const name of ["q_A", "q_B"]) expect(Math.abs(value(name))).toBeLessThan(1e-11);
      }),
      { seed, numRuns: 200 },
    );
  });
}

test(`λ → 0: halving λ quarters the distance to the product state and the current, order 2 within 0.02 (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      uniform(0.5, 1),
      uniform(1.5, 3),
      fc.boolean(),
      uniform(0.5, 3),
      (w, v, swap, T) => {
        const flat = { spectrum: "flat" as const, g: 0.5 };
        const at = (lambda: number): PairPoint => ({
          model: "qubit-pair",
          omega_1: swap ? v : w,
          omega_2: swap ? w : v,
          lambda,
          T_A: T,
          T_B: 4,
          bath_A: flat,
          bath_B: flat,
        });
        const exact = product(at(0));
        const distance = (lambda: number) =>
          Math.hypot(...solvePoint(at(lambda)).populations.map((p, n) => p - exact[n]));
        const current = (lambda: number) => Math.abs(solvePoint(at(lambda)).value("q_A"));
        expect(Math.abs(orderOfConvergence(distance, 0.01) - 2)).toBeLessThan(0.02);
        expect(Math.abs(orderOfConvergence(current, 0.01) - 2)).toBeLessThan(0.02);
      },
    ),
    { seed },
  );
});

test(`after (3.44), λ → 0: α → 1, β → 0, ω₊ → ω₁, ω₋ → ω₂ where ω₁ > ω₂, exactly at λ = 0; the other way round where ω₁ < ω₂ (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairPoint, (drawn) => {
      const point = { ...drawn, lambda: 0 };
      const { elements, frequencies } = prepare(point);
      const { omega_1, omega_2 } = point;
      expect(elements.map((x) => x + 0)).toEqual(omega_1 >= omega_2 ? [1, 0] : [0, 1]);
      const exact = omega_1 >= omega_2 ? [omega_1, omega_2] : [omega_2, omega_1];
      frequencies.forEach((omega, f) => {
        expect(Math.abs(omega - exact[f])).toBeLessThanOrEqual(2 ** -52 * exact[f]);
      });
    }),
    { seed },
  );
});
