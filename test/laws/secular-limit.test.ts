import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { orderOfConvergence } from "../support/convergence.ts";
import { logUniform, uniform, type PairPoint } from "../support/points.ts";
import { solvePoint } from "../support/solve-point.ts";

/** A pair with a splitting h of its own order, far from both ends of λ, and baths of unlike strength. */
const split = fc
  .record({
    omega_2: uniform(1.5, 3),
    lambda: uniform(0.2, 0.8),
    T_A: logUniform(0.5, 5),
    T_B: logUniform(0.5, 5),
    ratio: uniform(0.3, 3),
  })
  .filter(({ T_A, T_B }) => Math.abs(Math.log(T_A / T_B)) > 0.2);

for (const equation of ["redfield", "redfield-eq213"] as const) {
  for (const identical of [true, false]) {
    const baths = identical ? "identical baths" : "baths of unlike strength";
    test(`Redfield → Lindblad as g → 0, ${equation}, ${baths}: halving g quarters the difference of the populations and of q/g, order 2 within 0.05 (seed ${seed})`, () => {
      fc.assert(
        fc.property(split, ({ ratio, ...numbers }) => {
          const at = (g: number, name: string) => {
            const point: PairPoint = {
              model: "qubit-pair",
              omega_1: 1,
              ...numbers,
              bath_A: { spectrum: "flat", g },
              bath_B: { spectrum: "flat", g: identical ? g : ratio * g },
            };
            return solvePoint({ ...point, equation: name, method: "lu" });
          };
          const populations = (g: number) => {
            const [redfield, lindblad] = [equation, "lindblad"].map((name) => at(g, name));
            return Math.hypot(...redfield.populations.map((p, n) => p - lindblad.populations[n]));
          };
          const currents = (g: number) =>
            Math.abs(at(g, equation).value("q_A") - at(g, "lindblad").value("q_A")) / g;
          expect(Math.abs(orderOfConvergence(populations, 2e-3) - 2)).toBeLessThan(0.05);
          expect(Math.abs(orderOfConvergence(currents, 2e-3) - 2)).toBeLessThan(0.05);
        }),
        { seed, numRuns: 100 },
      );
    });
  }
}

test("g = 0.001, T_A = 1.5, T_B = 1: q_A/g is 0.0534081 for Lindblad, 0.0534079 and, as printed, 0.0534078 for Redfield, to seven decimals", () => {
  const flat = { spectrum: "flat", g: 0.001 };
  const point = { model: "qubit-pair", omega_1: 1, omega_2: 2, lambda: 0.5, T_A: 1.5, T_B: 1 };
  const q = (equation: string) =>
    solvePoint({ ...point, equation, bath_A: flat, bath_B: flat }).value("q_A") / 0.001;
  expect(q("lindblad").toFixed(7)).toBe("0.0534081");
  expect(q("redfield").toFixed(7)).toBe("0.0534079");
  expect(q("redfield-eq213").toFixed(7)).toBe("0.0534078");
});
