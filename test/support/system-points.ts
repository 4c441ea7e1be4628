import fc from "fast-check";
import type { Complex, Matrix } from "./literal.ts";
import { seeded } from "./random.ts";

/** A complex number as an expression. */
const text = ({ re, im }: Complex) => `(${re} + ${im}*i)`;

/** A matrix as an expression on the one factor of a system of levels. */
export function matrixText(m: Matrix): string {
  const terms = m.flatMap((row, p) =>
    row.flatMap((z, q) =>
      z.re === 0 && z.im === 0 ? [] : [`${text(z)}*proj(1, ${p + 1}, ${q + 1})`],
    ),
  );
  return terms.length > 0 ? terms.join(" + ") : "0*id";
}

export function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    b[0].map((_, q) =>
      row.reduce<Complex>(
        (sum, { re, im }, k) => ({
          re: sum.re + re * b[k][q].re - im * b[k][q].im,
          im: sum.im + re * b[k][q].im + im * b[k][q].re,
        }),
        { re: 0, im: 0 },
      ),
    ),
  );
}

/** A random complex matrix with entries of the size of 1. */
export function randomMatrix(n: number, random: () => number): Matrix {
  return Array.from({ length: n }, () =>
    Array.from({ length: n }, () => ({ re: 2 * random() - 1, im: 2 * random() - 1 })),
  );
}

/** A random unitary matrix, by Gram and Schmidt on the columns of a random one, twice over. */
export function randomUnitary(n: number, random: () => number): Matrix {
  const columns = randomMatrix(n, random).map((row) => row.map((z) => ({ ...z })));
  for (const column of columns) {
    const before = columns.slice(0, columns.indexOf(column));
    for (const other of [...before, ...before]) {
      const re = column.reduce((s, z, k) => s + other[k].re * z.re + other[k].im * z.im, 0);
      const im = column.reduce((s, z, k) => s + other[k].re * z.im - other[k].im * z.re, 0);
      column.forEach((z, k) => {
        const { re: x, im: y } = other[k];
        column[k] = { re: z.re - (re * x - im * y), im: z.im - (re * y + im * x) };
      });
    }
    const norm = Math.hypot(...column.flatMap(({ re, im }) => [re, im]));
    column.forEach((z, k) => (column[k] = { re: z.re / norm, im: z.im / norm }));
  }
  return columns[0].map((_, i) => columns.map((column) => column[i]));
}

/** A system of levels with energies in no order and random couplings, and the same turned by a unitary. */
export interface RandomSystem {
  readonly energies: readonly number[];
  /** S of each bath in the energy basis. */
  readonly couplings: readonly Matrix[];
  readonly temperatures: readonly number[];
  readonly strengths: readonly number[];
  /** Spec of the model in the energy basis, or turned. */
  readonly spec: (turned: boolean) => Record<string, unknown>;
}

/** Systems of 2 to 5 levels between two baths; `hermitian` couplings have no diagonal. */
export const randomSystem: fc.Arbitrary<RandomSystem> = fc
  .record({
    n: fc.integer({ min: 2, max: 5 }),
    hermitian: fc.boolean(),
    key: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  })
  .map(({ n, hermitian, key }) => makeSystem(n, hermitian, seeded(key)));

function makeSystem(n: number, hermitian: boolean, random: () => number): RandomSystem {
  // no two gaps equal, none small
  const energies = Array.from({ length: n }, (_, k) => 3 ** k * (0.3 + 0.1 * random()));
  energies.sort(() => random() - 0.5);
  const couplings = [0, 1].map(() => {
    const m = randomMatrix(n, random).map((row, p) =>
      row.map((z, q) => (p === q ? { re: 0, im: 0 } : z)),
    );
    if (!hermitian) return m;
    return m.map((row, p) =>
      row.map((z, q) => (p < q ? z : { re: m[q][p].re, im: 0 - m[q][p].im })),
    );
  });
  const temperatures = [0.5 + 3 * random(), 0.5 + 3 * random()];
  const strengths = [0.01 + 0.2 * random(), 0.01 + 0.2 * random()];
  const diagonal = energies.map((e, p) => energies.map((_, q) => ({ re: p === q ? e : 0, im: 0 })));
  const u = randomUnitary(n, random);
  const dagger = u.map((_, p) => u.map((row) => ({ re: row[p].re, im: -row[p].im })));
  const turn = (m: Matrix) => multiply(u, multiply(m, dagger));
  const hermitianPart = (m: Matrix) =>
    m.map((row, p) =>
      row.map((z, q) => ({ re: (z.re + m[q][p].re) / 2, im: (z.im - m[q][p].im) / 2 })),
    );
  const shown = (m: Matrix, turned: boolean, own: boolean) =>
    matrixText(turned ? (own ? hermitianPart(turn(m)) : turn(m)) : m);
  const spec = (turned: boolean) => ({
    model: {
      levels: n,
      hamiltonian: shown(diagonal, turned, true),
      baths: {
        A: { coupling: shown(couplings[0], turned, hermitian) },
        B: { coupling: shown(couplings[1], turned, hermitian) },
      },
    },
    T_A: temperatures[0],
    T_B: temperatures[1],
    bath_A: { spectrum: "flat", g: strengths[0] },
    bath_B: { spectrum: "flat", g: strengths[1] },
    columns: ["populations", "coherences", "currents"],
  });
  return { energies, couplings, temperatures, strengths, spec };
}
