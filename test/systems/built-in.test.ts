import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { gentlePair, type PairPoint, qubitPoint, uniform } from "../support/points.ts";
import { solvePoint } from "../support/solve-point.ts";
import { sumOfTerms } from "../support/sum-of-terms.ts";

const qubit = {
  factors: [2],
  hamiltonian: "omega_0/2*sz(1)",
  parameters: { omega_0: 1 },
  baths: { A: { coupling: "sm(1)" }, B: { coupling: "sm(1)" } },
};
const pair = {
  factors: [2, 2],
  hamiltonian: "omega_1/2*sz(1) + omega_2/2*sz(2) + lambda*(sp(1)*sm(2) + sm(1)*sp(2))",
  parameters: { omega_1: 1, omega_2: 2, lambda: 0.5 },
  baths: { A: { coupling: "sm(1)" }, B: { coupling: "sm(2)" } },
};

test(`qubit as a spec gives the columns of the built-in to 1e−12 of each number (seed ${seed})`, () => {
  fc.assert(
    fc.property(qubitPoint, (point) => {
      const wanted = solvePoint(point);
      const { value, populations, status } = solvePoint({ ...point, model: qubit });
      expect(status & 3).toBe(wanted.status & 3);
      if ((status & 3) !== 0) return;
      populations.forEach((p, k) => {
        const exact = wanted.populations[k];
        expect(Math.abs(p - exact)).toBeLessThanOrEqual(1e-12 * exact);
      });
      const terms = sumOfTerms(point, "lindblad", wanted);
      ["A", "B"].forEach((bath, b) => {
        const error = Math.abs(value(`q_${bath}`) - wanted.value(`q_${bath}`));
        expect(error).toBeLessThanOrEqual(1e-12 * terms[b]);
      });
    }),
    { seed, numRuns: 300 },
  );
});

/** ω₋ is a difference of energies here: what it loses is no fault of the kernel. */
const apart = ({ omega_1, omega_2, lambda }: PairPoint) =>
  omega_1 * omega_2 - lambda * lambda > 0.05 * (omega_1 + omega_2) ** 2;

/** Rates within two orders of magnitude: where they are further apart both solvers lose as many digits. */
const moderatePair: fc.Arbitrary<PairPoint> = fc
  .record({
    omegas: fc.tuple(uniform(0.5, 2), uniform(0.5, 2)),
    share: uniform(-0.8, 0.8),
    temperatures: fc.tuple(uniform(0.4, 5), uniform(0.4, 5)),
    gs: fc.tuple(uniform(0.05, 1), uniform(0.05, 1)),
  })
  .map(({ omegas: [omega_1, omega_2], share, temperatures: [T_A, T_B], gs }) => ({
    model: "qubit-pair",
    omega_1,
    omega_2,
    lambda: share * Math.sqrt(omega_1 * omega_2),
    T_A,
    T_B,
    bath_A: { spectrum: "flat", g: gs[0] },
    bath_B: { spectrum: "flat", g: gs[1] },
  }));

const pairCases = [
  ["lindblad", "populations to 1e−12 of each, at any rates", gentlePair.filter(apart)],
  ["redfield", "populations to 1e−12, at rates within two orders", moderatePair.filter(apart)],
] as const;

test.each(pairCases)(
  `qubit-pair as a spec under %s gives the columns of the built-in: %s, coherences to 1e−12, currents to 1e−12 of Σ|terms| (seed ${seed})`,
  (equation, _, points) => {
    fc.assert(
      fc.property(points, (point) => {
        const columns = ["populations", "coherences", "currents"];
        const wanted = solvePoint({ ...point, equation, method: "lu", columns });
        const given = solvePoint({ ...point, model: pair, equation, columns });
        expect(given.status & 3).toBe(0);
        given.populations.forEach((p, k) => {
          const exact = wanted.populations[k];
          const scale = equation === "lindblad" ? Math.abs(exact) : 1;
          expect(Math.abs(p - exact)).toBeLessThanOrEqual(1e-12 * scale);
        });
        const size = (s: typeof given) => Math.hypot(s.value("re_rho_23"), s.value("im_rho_23"));
        expect(Math.abs(size(given) - size(wanted))).toBeLessThanOrEqual(1e-12);
        const terms = sumOfTerms(point, equation, wanted);
        ["A", "B"].forEach((bath, b) => {
          const error = Math.abs(given.value(`q_${bath}`) - wanted.value(`q_${bath}`));
          expect(error).toBeLessThanOrEqual(1e-12 * terms[b]);
        });
      }),
      { seed, numRuns: 300 },
    );
  },
);
