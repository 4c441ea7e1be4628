import fc from "fast-check";
import { expect, test } from "vitest";
import type { EquationName, Structure } from "../../src/models/model.ts";
import { qubitPair } from "../../src/models/qubit-pair.ts";
import { qubit } from "../../src/models/qubit.ts";
import { seed } from "../support/arbitrary.ts";
import { determinant } from "../support/determinant.ts";
import {
  kernelMatrix,
  namedKernel,
  type Kernel,
  type KernelValues,
} from "../support/kernel-matrix.ts";
import { structureOf } from "../support/levels.ts";

// Elements and correlations are small integers here: every sum and determinant is exact below 2⁵³, and
// equality is meant.

const integer = fc.integer({ min: -6, max: 6 });
const rate = fc.integer({ min: 0, max: 8 });
const complex = fc.record({ re: integer, im: integer });
const real = integer.map((re) => ({ re, im: 0 }));

function values(structure: Structure, element: fc.Arbitrary<{ re: number; im: number }>) {
  const { elements, frequencies, raising } = structure;
  const exactly = <T>(arbitrary: fc.Arbitrary<T>, length: number) =>
    fc.array(arbitrary, { minLength: length, maxLength: length });
  const correlations = exactly(exactly(rate, frequencies), raising.length);
  return fc.record({
    elements: exactly(element, elements),
    emission: correlations,
    absorption: correlations,
  });
}

const equations: readonly EquationName[] = [
  "lindblad",
  "redfield",
  "redfield-eq213",
  "redfield-appendix",
];
const redfields = ["redfield", "redfield-eq213"] as const;

/** (3.47) of bath A, or of bath B: α and β change places. */
function rates({ elements: [alpha, beta], emission, absorption }: KernelValues, bath: 0 | 1) {
  const [plus, minus] = bath === 0 ? [alpha.re ** 2, beta.re ** 2] : [beta.re ** 2, alpha.re ** 2];
  return [
    plus * emission[bath][0],
    minus * emission[bath][1],
    plus * absorption[bath][0],
    minus * absorption[bath][1],
  ] as const;
}

/** (A.1) of bath A, or of bath B; g_A and g_B need not be equal. */
function halfRates({ elements: [alpha, beta], emission, absorption }: KernelValues, bath: 0 | 1) {
  const factor = (alpha.re * beta.re) / 2;
  return [
    factor * emission[bath][0],
    factor * emission[bath][1],
    factor * absorption[bath][0],
    factor * absorption[bath][1],
  ] as const;
}

const pairValues = values(qubitPair.structure, real);
const populations = ["11", "22", "33", "44"];

function pairKernels(equation: EquationName, v: KernelValues) {
  return ([0, 1] as const).map((bath) =>
    namedKernel(kernelMatrix(qubitPair.structure, equation, bath, v), "1234"),
  );
}

for (const equation of ["lindblad", "redfield", "redfield-eq213"] as const) {
  test(`(3.10)–(3.15): the kernel of one qubit, ${equation}, exactly; no other element (seed ${seed})`, () => {
    fc.assert(
      fc.property(values(qubit.structure, fc.constant({ re: 1, im: 0 })), (v) => {
        for (const bath of [0, 1]) {
          const k = namedKernel(kernelMatrix(qubit.structure, equation, bath, v), "-+");
          const down = v.emission[bath][0];
          const up = v.absorption[bath][0];
          const elements: Record<string, Record<string, number>> = {
            "++": { "++": -down, "--": up },
            "--": { "++": down, "--": -up },
            "+-": { "+-": -(down + up) / 2 },
            "-+": { "-+": -(down + up) / 2 },
          };
          for (const row of Object.keys(elements)) {
            for (const column of Object.keys(elements)) {
              expect(k(row, column)).toBe((elements[row][column] ?? 0) + 0);
            }
          }
        }
      }),
      { seed },
    );
  });
}

test(`(3.16), (3.17): det P = 0 and det C = (g (1 + 2n))²/4 (seed ${seed})`, () => {
  fc.assert(
    fc.property(values(qubit.structure, fc.constant({ re: 1, im: 0 })), (v) => {
      const k = namedKernel(kernelMatrix(qubit.structure, "lindblad", 0, v), "-+");
      const block = (names: string[]) => names.map((row) => names.map((column) => k(row, column)));
      expect(determinant(block(["++", "--"])) + 0).toBe(0);
      const sum = v.emission[0][0] + v.absorption[0][0];
      expect(determinant(block(["+-", "-+"]))).toBe(sum ** 2 / 4);
    }),
    { seed },
  );
});

for (const equation of equations) {
  test(`(3.48), (3.49): the populations' block of K^A and K^B, ${equation}, element by element, exactly, and det K = 0 (seed ${seed})`, () => {
    fc.assert(
      fc.property(pairValues, (v) => {
        const kernels = pairKernels(equation, v);
        for (const bath of [0, 1] as const) {
          const [a1, a2, a3, a4] = rates(v, bath);
          const block = [
            [-(a3 + a4), a2, a1, 0],
            [a4, -(a2 + a3), 0, a1],
            [a3, 0, -(a1 + a4), a2],
            [0, a3, a4, -(a1 + a2)],
          ];
          populations.forEach((row, p) =>
            populations.forEach((column, q) => {
              expect(kernels[bath](row, column)).toBe(block[p][q] + 0);
            }),
          );
        }
        const total = populations.map((row) =>
          populations.map((column) => kernels[0](row, column) + kernels[1](row, column)),
        );
        expect(determinant(total) + 0).toBe(0);
      }),
      { seed },
    );
  });
}

test(`(2.5), (2.17): no Lindblad population couples to a coherence, or a coherence to one, in either model (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairValues, (v) => {
      for (const k of pairKernels("lindblad", v)) {
        for (const population of populations) {
          for (const coherence of ["12", "13", "14", "23", "24", "34"]) {
            expect(k(population, coherence)).toBe(0);
            expect(k(coherence, population)).toBe(0);
          }
        }
      }
    }),
    { seed },
  );
});

for (const equation of [...redfields, "redfield-appendix"] as const) {
  test(`(A.2)–(A.4): the coherence ρ₂₃ and the outermost populations, ${equation}, element by element, exactly (seed ${seed})`, () => {
    fc.assert(
      fc.property(pairValues, (v) => {
        const kernels = pairKernels(equation, v);
        for (const bath of [0, 1] as const) {
          // bath B's elements have the opposite sign: ⟨2|σ₁⁺|1⟩ = −β, ⟨4|σ₂⁺|2⟩ = −β
          const sign = bath === 0 ? 1 : -1;
          const [c1, c2, c3, c4] = halfRates(v, bath).map((c) => sign * c);
          const [a1, a2, a3, a4] = rates(v, bath);
          for (const coherence of ["23", "32"]) {
            expect(kernels[bath]("11", coherence)).toBe(-(c1 + c2) + 0);
            expect(kernels[bath]("44", coherence)).toBe(c3 + c4 + 0);
            expect(kernels[bath](coherence, "11")).toBe(-(c3 + c4) + 0);
            expect(kernels[bath](coherence, "44")).toBe(c1 + c2 + 0);
            expect(kernels[bath](coherence, coherence)).toBe(-(a1 + a2 + a3 + a4) / 2 + 0);
          }
          expect(kernels[bath]("23", "32")).toBe(0);
          expect(kernels[bath]("32", "23")).toBe(0);
        }
      }),
      { seed },
    );
  });
}

test(`K_{22,23} and K_{33,23}: (c₂−d₂) − (c₃−d₃) and (c₁−d₁) − (c₄−d₄) as printed, the other way round in the standard form, 0 in the appendix's (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairValues, (v) => {
      const [c1, c2, c3, c4] = halfRates(v, 0);
      const [d1, d2, d3, d4] = halfRates(v, 1);
      const one = c2 - d2 - (c3 - d3) + 0;
      const other = c1 - d1 - (c4 - d4) + 0;
      const elements = (equation: EquationName, row: string, column: string) => {
        const [a, b] = pairKernels(equation, v);
        return a(row, column) + b(row, column);
      };
      const expected = {
        "redfield-eq213": [one, other],
        redfield: [other, one],
        "redfield-appendix": [0, 0],
      };
      for (const [equation, [k22, k33]] of Object.entries(expected)) {
        for (const coherence of ["23", "32"]) {
          expect(elements(equation as EquationName, "22", coherence)).toBe(k22);
          expect(elements(equation as EquationName, "33", coherence)).toBe(k33);
          // the loss of a coherence to a population has its correlation at the other transition
          expect(elements(equation as EquationName, coherence, "22")).toBe(k33);
          expect(elements(equation as EquationName, coherence, "33")).toBe(k22);
        }
      }
    }),
    { seed },
  );
});

test(`(A.5)–(A.7): with g_A = g_B the element is k, and K_{22,23} = −K_{33,23} with opposite signs in the two full forms (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairValues, rate, (v, g) => {
      const identical = { ...v, emission: v.absorption.map((ns) => ns.map((n) => n + g)) };
      const [nA, nB] = v.absorption;
      const factor = (v.elements[0].re * v.elements[1].re) / 2;
      const k = factor * (nA[0] - nB[0] + nA[1] - nB[1]) + 0;
      const inner = factor * (nA[1] - nB[1] - (nA[0] - nB[0])) + 0;
      const total = (equation: EquationName, row: string, column: string) => {
        const [a, b] = pairKernels(equation, identical);
        return a(row, column) + b(row, column);
      };
      for (const equation of [...redfields, "redfield-appendix"] as const) {
        expect(total(equation, "11", "23")).toBe(-k + 0);
        expect(total(equation, "44", "23")).toBe(k);
        expect(total(equation, "23", "11")).toBe(-k + 0);
        expect(total(equation, "23", "44")).toBe(k);
      }
      expect(total("redfield-eq213", "22", "23")).toBe(inner);
      expect(total("redfield-eq213", "33", "23")).toBe(-inner + 0);
      expect(total("redfield", "22", "23")).toBe(-inner + 0);
      expect(total("redfield", "33", "23")).toBe(inner);
    }),
    { seed },
  );
});

test(`det M = 0 for the 6 × 6 matrix of (A.4), exactly: its first four rows sum to 0 (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairValues, rate, (v, g) => {
      const identical = { ...v, emission: v.absorption.map((ns) => ns.map((n) => n + g)) };
      const [a, b] = pairKernels("redfield-appendix", identical);
      for (const column of [...populations, "23", "32"]) {
        const sum = populations.reduce((s, row) => s + a(row, column) + b(row, column), 0);
        expect(sum + 0).toBe(0);
      }
    }),
    { seed },
  );
});

function everyElement(
  structure: Structure,
  visit: (row: [number, number], column: [number, number]) => void,
) {
  const levels = Array.from({ length: structure.levels }, (_, n) => n);
  for (const p of levels)
    for (const p1 of levels)
      for (const q of levels) for (const q1 of levels) visit([p, p1], [q, q1]);
}

/** Four levels, two baths, every pair of levels driven by complex elements of its own. */
const anyFour = structureOf(4, 2);

for (const equation of ["lindblad", "redfield", "redfield-eq213"] as const) {
  test(`Hermiticity and (2.4): K_{pp′,qq′} = K*_{p′p,q′q} and Σ_p K_{pp,qq′} = 0, exactly, complex operators, ${equation} (seed ${seed})`, () => {
    fc.assert(
      fc.property(values(anyFour, complex), (v) => {
        for (const bath of [0, 1]) {
          const k: Kernel = kernelMatrix(anyFour, equation, bath, v);
          everyElement(anyFour, ([p, p1], [q, q1]) => {
            const one = k([p, p1], [q, q1]);
            const other = k([p1, p], [q1, q]);
            expect(other.re).toBe(one.re);
            expect(other.im + 0).toBe(0 - one.im);
          });
          for (let q = 0; q < 4; q++) {
            for (let q1 = 0; q1 < 4; q1++) {
              const sum = [0, 1, 2, 3].map((p) => k([p, p], [q, q1]));
              expect(sum.reduce((s, { re }) => s + re, 0) + 0).toBe(0);
              expect(sum.reduce((s, { im }) => s + im, 0) + 0).toBe(0);
            }
          }
        }
      }),
      { seed, numRuns: 10 },
    );
  });
}

test(`the appendix's form loses trace bath by bath where K^A_{11,23} ≠ −K^A_{44,23}, so it has no currents (seed ${seed})`, () => {
  fc.assert(
    fc.property(pairValues, (v) => {
      const [a] = pairKernels("redfield-appendix", v);
      const [c1, c2, c3, c4] = halfRates(v, 0);
      const loss = populations.reduce((s, row) => s + a(row, "23"), 0);
      expect(loss + 0).toBe(c3 + c4 - (c1 + c2) + 0);
    }),
    { seed },
  );
});

test(`(2.16): the Lindblad kernel is Σ_ω γ(ω) (S_ω ρ S_ω† − ½{S_ω† S_ω, ρ}) with one S_ω a frequency, exactly (seed ${seed})`, () => {
  const { structure } = qubitPair;
  const levels = [0, 1, 2, 3];
  fc.assert(
    fc.property(pairValues, (v) => {
      for (const bath of [0, 1]) {
        const k = kernelMatrix(structure, "lindblad", bath, v);
        const raised = (f: number) =>
          levels.map((bra) =>
            levels.map((ket) => {
              const found = structure.raising[bath].find((e) => e.bra === bra && e.ket === ket);
              if (!found || structure.transition(bra, ket) !== f) return 0;
              return found.sign * v.elements[found.element].re;
            }),
          );
        const transposed = (s: readonly (readonly number[])[]) =>
          levels.map((i) => levels.map((j) => s[j][i]));
        const jumps = [1, 2].flatMap((f) => [
          { s: transposed(raised(f)), gamma: v.emission[bath][f - 1] },
          { s: raised(f), gamma: v.absorption[bath][f - 1] },
        ]);
        everyElement(structure, ([p, p1], [q, q1]) => {
          let sum = 0;
          for (const { s, gamma } of jumps) {
            // (S†S)_pq
            const square = (i: number, j: number) =>
              levels.reduce((t, l) => t + s[l][i] * s[l][j], 0);
            sum += gamma * s[p][q] * s[p1][q1];
            if (p1 === q1) sum -= (gamma / 2) * square(p, q);
            if (p === q) sum -= (gamma / 2) * square(q1, p1);
          }
          expect(k([p, p1], [q, q1]).re + 0).toBe(sum + 0);
        });
      }
    }),
    { seed, numRuns: 30 },
  );
});
