import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import {
  gentlePair,
  pairPoint,
  qubitPoint,
  uniform,
  type BathPoint,
  type Point,
} from "../support/points.ts";
import { solvePoint } from "../support/solve-point.ts";
import { sumOfTerms } from "../support/sum-of-terms.ts";

/** The point with the baths exchanged, and with them the qubits they drive. */
function exchanged<P extends Point>(point: P): P {
  const baths = {
    T_A: point.T_B,
    T_B: point.T_A,
    bath_A: point.bath_B,
    bath_B: point.bath_A,
  };
  const qubits = point.model === "qubit" ? {} : { omega_1: point.omega_2, omega_2: point.omega_1 };
  return { ...point, ...baths, ...qubits };
}

test(`exchange of qubits and baths, closed: the same populations bit for bit, q_A and q_B change places within 1e-14 (order of factors) (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.oneof(qubitPoint, pairPoint), (point) => {
      // where levels 2 and 3 coincide, which is which is a choice
      fc.pre(point.model === "qubit" || point.lambda !== 0 || point.omega_1 !== point.omega_2);
      const one = solvePoint(point);
      const other = solvePoint(exchanged(point));
      expect(other.status).toBe(one.status);
      fc.pre(one.status !== 2);
      expect(other.populations).toEqual(one.populations);
      const q = one.value("q_A");
      expect(Math.abs(other.value("q_B") - q)).toBeLessThanOrEqual(1e-14 * Math.abs(q) + 1e-307);
      expect(Math.abs(other.value("q_A") + q)).toBeLessThanOrEqual(1e-14 * Math.abs(q) + 1e-307);
    }),
    { seed, numRuns: 1500 },
  );
});

for (const equation of ["lindblad", "redfield", "redfield-eq213"] as const) {
  test(`exchange by lu, ${equation}: populations within 1e-12 of the largest, ρ₂₃ changes sign, q_A and q_B change places within 1e-11 of Σ|terms| (seed ${seed})`, () => {
    fc.assert(
      fc.property(gentlePair, (point) => {
        const [one, other] = [point, exchanged(point)].map((p) =>
          solvePoint({ ...p, equation, method: "lu" }),
        );
        const largest = Math.max(...one.populations.map(Math.abs));
        one.populations.forEach((p, n) => {
          expect(Math.abs(other.populations[n] - p)).toBeLessThan(1e-12 * largest);
        });
        // |2⟩ or |3⟩ changes sign with the labels, (3.33), (3.34)
        for (const part of ["re_rho_23", "im_rho_23"]) {
          expect(Math.abs(other.value(part) + one.value(part))).toBeLessThan(1e-12 * largest);
        }
        const [a, b] = sumOfTerms(point, equation, one);
        const [qA, qB] = [one.value("q_A"), one.value("q_B")];
        expect(Math.abs(other.value("q_B") - qA)).toBeLessThanOrEqual(1e-11 * a);
        expect(Math.abs(other.value("q_A") - qB)).toBeLessThanOrEqual(1e-11 * b);
      }),
      { seed, numRuns: 500 },
    );
  });
}

for (const equation of ["lindblad", "redfield", "redfield-eq213"] as const) {
  test(`λ → −λ by lu, ${equation}: ρ₂₃ changes sign and nothing else does, bit for bit (seed ${seed})`, () => {
    fc.assert(
      fc.property(gentlePair, (point) => {
        const [one, other] = [point, { ...point, lambda: -point.lambda }].map((p) =>
          solvePoint({ ...p, equation, method: "lu" }),
        );
        expect(other.populations).toEqual(one.populations);
        for (const name of ["q_A", "q_B"]) expect(other.value(name)).toBe(one.value(name));
        for (const name of ["re_rho_23", "im_rho_23"]) {
          expect(other.value(name) + 0).toBe(0 - one.value(name));
        }
      }),
      { seed, numRuns: 500 },
    );
  });
}

/** A bath in units s times smaller: g of `power` is a rate per energy^exponent, g of `drude` a number. */
function scaledBath(bath: BathPoint, s: number): BathPoint {
  const factor = { flat: s, power: s ** (1 - (bath.exponent ?? 0)), drude: 1 }[bath.spectrum];
  const cutoff = bath.cutoff === undefined ? {} : { cutoff: bath.cutoff * s };
  return { ...bath, ...cutoff, g: bath.g * factor };
}

function scaledPoint<P extends Point>(point: P, s: number): P {
  const energies =
    point.model === "qubit"
      ? { omega_0: point.omega_0 * s }
      : {
          omega_1: point.omega_1 * s,
          omega_2: point.omega_2 * s,
          lambda: point.lambda * s,
        };
  return {
    ...point,
    ...energies,
    T_A: point.T_A * s,
    T_B: point.T_B * s,
    bath_A: scaledBath(point.bath_A, s),
    bath_B: scaledBath(point.bath_B, s),
  };
}

/** Only with an integer exponent is s^(1 − exponent) a power of two. */
function hasPowerOfTwo({ bath_A, bath_B }: Point): boolean {
  return [bath_A, bath_B].every(({ exponent = 0 }) => Number.isInteger(exponent));
}

/** Where a number is subnormal in one unit, it has fewer digits than in the other. */
const normal = (x: number) => x === 0 || Math.abs(x) > 1e-250;

const exponents = fc.integer({ min: -30, max: 30 });

test(`scaling, closed: energies, temperatures, cutoffs and rates times 2^k leave populations as they are and multiply currents by 4^k, bit for bit, for flat, drude and power with an integer exponent (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.oneof(qubitPoint, pairPoint), exponents, (point, k) => {
      fc.pre(hasPowerOfTwo(point) && point.T_A !== 5e-324 && point.T_B !== 5e-324);
      const one = solvePoint(point);
      const scaled = solvePoint(scaledPoint(point, 2 ** k));
      expect(scaled.status).toBe(one.status);
      fc.pre(one.status !== 2);
      one.populations.forEach((p, n) => {
        if (normal(p)) expect(scaled.populations[n]).toBe(p);
      });
      fc.pre(normal(one.value("q_A")));
      expect(scaled.value("q_A")).toBe(one.value("q_A") * 4 ** k);
      expect(scaled.value("q_B")).toBe(one.value("q_B") * 4 ** k);
    }),
    { seed, numRuns: 2000 },
  );
});

for (const equation of ["lindblad", "redfield", "redfield-eq213"] as const) {
  test(`scaling by lu, ${equation}: populations, ρ₂₃, residual and 4^k times the currents, bit for bit (seed ${seed})`, () => {
    fc.assert(
      fc.property(gentlePair, exponents, (point, k) => {
        fc.pre(hasPowerOfTwo(point));
        const columns = ["populations", "coherences", "currents", "residual"];
        const [one, scaled] = [point, scaledPoint(point, 2 ** k)].map((p) =>
          solvePoint({ ...p, equation, method: "lu", columns }),
        );
        expect(scaled.status).toBe(one.status);
        expect(scaled.populations).toEqual(one.populations);
        for (const name of ["re_rho_23", "im_rho_23", "residual"]) {
          expect(scaled.value(name)).toBe(one.value(name));
        }
        fc.pre(normal(one.value("q_A")) && normal(one.value("q_B")));
        expect(scaled.value("q_A")).toBe(one.value("q_A") * 4 ** k);
        expect(scaled.value("q_B")).toBe(one.value("q_B") * 4 ** k);
      }),
      { seed, numRuns: 1000 },
    );
  });
}

test(`scaling of the appendix's closed form: populations and ρ₂₃ bit for bit (seed ${seed})`, () => {
  fc.assert(
    fc.property(gentlePair, exponents, (point, k) => {
      const bath: BathPoint = { spectrum: "flat", g: point.bath_A.g };
      const flat = { ...point, bath_A: bath, bath_B: bath };
      const [one, scaled] = [flat, scaledPoint(flat, 2 ** k)].map((p) =>
        solvePoint({ ...p, equation: "redfield-appendix" }),
      );
      expect(scaled.populations).toEqual(one.populations);
      for (const name of ["re_rho_23", "im_rho_23"]) {
        expect(scaled.value(name)).toBe(one.value(name));
      }
    }),
    { seed, numRuns: 500 },
  );
});

test(`scaling by any factor and any exponent, closed: within 1e-12, what rounding the scaled inputs costs exp(−ω/T) (seed ${seed})`, () => {
  fc.assert(
    fc.property(gentlePair, uniform(0.01, 100), (point, s) => {
      fc.pre(Math.abs(point.T_A - point.T_B) > 1e-2 * point.T_A);
      const one = solvePoint(point);
      const scaled = solvePoint(scaledPoint(point, s));
      fc.pre(normal(one.value("q_A")));
      const q = one.value("q_A") * s * s;
      expect(Math.abs(scaled.value("q_A") - q)).toBeLessThanOrEqual(1e-12 * Math.abs(q));
    }),
    { seed, numRuns: 500 },
  );
});
