import fc from "fast-check";
import { expect, test } from "vitest";
import { qubitPair } from "../../src/models/qubit-pair.ts";
import { qubit } from "../../src/models/qubit.ts";
import { seed } from "../support/arbitrary.ts";
import { pairPoint, qubitPoint } from "../support/points.ts";
import { prepare } from "../support/prepared.ts";

const levels = [0, 1, 2, 3];

/** |1⟩ … |4⟩ in the product basis |−−⟩, |−+⟩, |+−⟩, |++⟩, (3.32)–(3.35). */
const states = (alpha: number, beta: number) => [
  [1, 0, 0, 0],
  [0, alpha, -beta, 0],
  [0, beta, alpha, 0],
  [0, 0, 0, 1],
];

test(`(3.27), (3.32)–(3.42): H|n⟩ = E_n|n⟩ within 8 ulp of the largest energy, and α² + β² = 1, for λ of either sign and ω₁, ω₂ in either order (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairPoint, (point) => {
      const { omega_1, omega_2, lambda } = point;
      const { energies, elements } = prepare(point);
      const [alpha, beta] = elements;
      const [mean, half] = [(omega_1 + omega_2) / 2, (omega_1 - omega_2) / 2];
      const hamiltonian = [
        [-mean, 0, 0, 0],
        [0, -half, lambda, 0],
        [0, lambda, half, 0],
        [0, 0, 0, mean],
      ];
      const tolerance = 8 * 2 ** -52 * mean;
      states(alpha, beta).forEach((state, n) => {
        hamiltonian.forEach((row, k) => {
          const h = row.reduce((sum, entry, j) => sum + entry * state[j], 0);
          expect(Math.abs(h - energies[n] * state[k])).toBeLessThan(tolerance);
        });
      });
      expect(Math.abs(alpha * alpha + beta * beta - 1)).toBeLessThan(4 * 2 ** -52);
      expect(alpha).toBeGreaterThanOrEqual(0);
      expect(Math.sign(beta) * Math.sign(lambda)).toBeGreaterThanOrEqual(0);
    }),
    { seed, numRuns: 2000 },
  );
});

test(`(3.43), (3.44): ω₊ = E₃₁ = E₄₂ and ω₋ = E₂₁ = E₄₃ within 4 ulp of ω₊, and ω₊ ω₋ = ω₁ω₂ − λ² within 8 ulp of ω₁ω₂ (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairPoint, (point) => {
      const { energies: e, frequencies } = prepare(point);
      const [plus, minus] = frequencies;
      const tolerance = 4 * 2 ** -52 * plus;
      for (const difference of [e[2] - e[0], e[3] - e[1]]) {
        expect(Math.abs(difference - plus)).toBeLessThan(tolerance);
      }
      for (const difference of [e[1] - e[0], e[3] - e[2]]) {
        expect(Math.abs(difference - minus)).toBeLessThan(tolerance);
      }
      const product = point.omega_1 * point.omega_2;
      const exact = product - point.lambda * point.lambda;
      expect(Math.abs(plus * minus - exact)).toBeLessThan(8 * 2 ** -52 * product);
      expect(minus).toBeGreaterThan(0);
    }),
    { seed, numRuns: 2000 },
  );
});

test(`(3.44) near λ = √(ω₁ω₂): ω₊ ω₋ is ω₁ω₂ − λ² of exact integers within 8 ulp of itself, where E₂₁ has no digit left (seed ${seed})`, () => {
  const whole = fc.integer({ min: 2 ** 29, max: 2 ** 30 });
  const unit = 2 ** -30;
  let closest = 1;
  fc.assert(
    fc.property(
      whole,
      whole,
      fc.integer({ min: 0, max: 20 }),
      fc.boolean(),
      (a, b, k, negative) => {
        // exact in BigInt; ω₁ω₂ and λ² have up to 60 bits and round as doubles
        const product = BigInt(a) * BigInt(b);
        let root = BigInt(Math.floor(Math.sqrt(Number(product))));
        while (root * root >= product) root--;
        const l = root - (1n << BigInt(k)) + 1n;
        const gap = Number(product - l * l) * unit ** 2;
        const flat = { spectrum: "flat" as const, g: 1 };
        const { frequencies } = prepare({
          model: "qubit-pair",
          omega_1: a * unit,
          omega_2: b * unit,
          lambda: (negative ? -1 : 1) * Number(l) * unit,
          T_A: 1,
          T_B: 1,
          bath_A: flat,
          bath_B: flat,
        });
        const [plus, minus] = frequencies;
        expect(Math.abs(plus * minus - gap)).toBeLessThan(8 * 2 ** -52 * gap);
        closest = Math.min(closest, minus / plus);
      },
    ),
    { seed, numRuns: 500 },
  );
  expect(closest).toBeLessThan(1e-8);
});

test(`(3.45), (3.46): ⟨p|σ₁⁺|q⟩ and ⟨p|σ₂⁺|q⟩ in the states of (3.32)–(3.35), element by element, exactly (seed ${seed})`, () => {
  // σ⁺ on qubit 1 takes |−−⟩ to |+−⟩ and |−+⟩ to |++⟩; on qubit 2 |−−⟩ to |−+⟩, |+−⟩ to |++⟩
  const raises = [
    [
      [2, 0],
      [3, 1],
    ],
    [
      [1, 0],
      [3, 2],
    ],
  ];
  fc.assert(
    fc.property(pairPoint, (point) => {
      const { elements } = prepare(point);
      const basis = states(elements[0], elements[1]);
      raises.forEach((pairs, bath) => {
        for (const p of levels) {
          for (const q of levels) {
            const exact = pairs.reduce((sum, [to, from]) => sum + basis[p][to] * basis[q][from], 0);
            const found = qubitPair.structure.raising[bath].find(
              ({ bra, ket }) => bra === p && ket === q,
            );
            const value = found === undefined ? 0 : found.sign * elements[found.element];
            expect(value + 0).toBe(exact + 0);
          }
        }
      });
    }),
    { seed },
  );
});

test("transitions 1↔3 and 2↔4 are ω₊, 1↔2 and 3↔4 are ω₋, and no bath drives 1↔4 or 2↔3", () => {
  const { transition } = qubitPair.structure;
  const upward = levels.map((p) => levels.map((q) => (p > q ? transition(p, q) : 0)));
  expect(upward).toEqual([
    [0, 0, 0, 0],
    [2, 0, 0, 0],
    [1, 4, 0, 0],
    [3, 1, 2, 0],
  ]);
  for (const p of levels)
    for (const q of levels) expect(transition(p, q)).toBe(0 - transition(q, p));
});

test(`(3.1): E± = ±ω₀/2 and σ⁺ takes |−⟩ to |+⟩ with element 1, exactly (seed ${seed})`, () => {
  fc.assert(
    fc.property(qubitPoint, (point) => {
      const { energies, frequencies, elements } = prepare(point);
      expect(energies).toEqual([-point.omega_0 / 2, point.omega_0 / 2]);
      expect(frequencies).toEqual([point.omega_0]);
      expect(elements).toEqual([1]);
    }),
    { seed },
  );
  for (const raising of qubit.structure.raising) {
    expect(raising).toEqual([{ bra: 1, ket: 0, element: 0, sign: 1 }]);
  }
});
