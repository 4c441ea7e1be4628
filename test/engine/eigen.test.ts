import { expect, test } from "vitest";
import { createMemory } from "../../src/engine/memory.ts";
import { instantiate } from "../../src/engine/wasm/wasm-engine.ts";
import { kernelModule } from "../../src/engine/wasm/module.ts";
import { diagonalise } from "../../src/math/eigen.ts";
import { seeded } from "../support/random.ts";

type Entry = readonly [re: number, im: number];

/** A Hermitian matrix of a kind on which eigensolvers go wrong. */
function hermitian(kind: string, m: number, random: () => number): Entry[][] {
  const symmetric = () => 2 * random() - 1;
  const value = (i: number, j: number): Entry => {
    if (kind === "zero") return [0, 0];
    if (kind === "identity") return [i === j ? 1 : 0, 0];
    if (kind === "ones") return [1, 0];
    if (kind === "nearly degenerate") return [i === j ? 1 : 1e-13 * symmetric(), 0];
    if (kind === "graded") return [symmetric() * 10 ** -(i + j), i === j ? 0 : 10 ** -(i + j)];
    if (kind === "huge") return [1e99 * symmetric(), i === j ? 0 : 1e99 * symmetric()];
    if (kind === "tiny") return [1e-99 * symmetric(), i === j ? 0 : 1e-99 * symmetric()];
    if (kind === "blocks")
      return i < 2 === j < 2 ? [symmetric(), i === j ? 0 : symmetric()] : [0, 0];
    return [symmetric(), i === j ? 0 : symmetric()];
  };
  const upper = Array.from({ length: m }, (_, i) =>
    Array.from({ length: m }, (__, j) => value(i, j)),
  );
  return upper.map((row, i) =>
    row.map((z, j): Entry => (i <= j ? z : [upper[j][i][0], 0 - upper[j][i][1]])),
  );
}

const kinds = [
  "zero",
  "identity",
  "ones",
  "nearly degenerate",
  "graded",
  "huge",
  "tiny",
  "blocks",
  "random",
];

/** Cells of a matrix and its vectors after `diagonalise` of the twin. */
function twin(matrix: Entry[][]): Float64Array {
  const m = matrix.length;
  const cells = new Float64Array(4 * m * m);
  cells.set(matrix.flat(2));
  diagonalise(cells, 0, 2 * m * m, m);
  return cells;
}

test("eigenvectors are unitary and H V = V E, within 30 m ε of ‖H‖, for every kind of matrix from 1 to 16 levels", () => {
  for (const kind of kinds) {
    for (let m = 1; m <= 16; m++) {
      const matrix = hermitian(kind, m, seeded(m));
      const cells = twin(matrix);
      const v = (i: number, p: number) => cells.subarray(2 * m * m + 2 * (m * i + p));
      const norm = Math.max(...matrix.map((row) => row.reduce((s, z) => s + Math.hypot(...z), 0)));
      const bound = 30 * m * 2 ** -53;
      for (let p = 0; p < m; p++) {
        const energy = cells[2 * (m + 1) * p];
        for (let q = 0; q < m; q++) {
          let [re, im] = [p === q ? -1 : 0, 0];
          let [hRe, hIm] = [0, 0];
          for (let k = 0; k < m; k++) {
            const [a, b] = [v(k, q), v(k, p)];
            re += a[0] * b[0] + a[1] * b[1];
            im += a[0] * b[1] - a[1] * b[0];
            hRe += matrix[q][k][0] * b[0] - matrix[q][k][1] * b[1];
            hIm += matrix[q][k][0] * b[1] + matrix[q][k][1] * b[0];
          }
          expect(Math.hypot(re, im), `${kind} ${m}: V†V`).toBeLessThanOrEqual(bound);
          hRe -= energy * v(q, p)[0];
          hIm -= energy * v(q, p)[1];
          expect(Math.hypot(hRe, hIm), `${kind} ${m}: HV`).toBeLessThanOrEqual(bound * norm);
        }
      }
    }
  }
});

test("a matrix that is diagonal stays as it is, and so do its states, degenerate or not", () => {
  const matrix = [3, 1, 1, 2].map((e, i) => [0, 1, 2, 3].map((j): Entry => [i === j ? e : 0, 0]));
  const cells = twin(matrix);
  const identity = matrix.map((row, i) => row.map((_, j): Entry => [i === j ? 1 : 0, 0]));
  expect([...cells]).toEqual([...matrix.flat(2), ...identity.flat(2)]);
});

test("a coupling of 1e−150 between equal energies turns the states by 45°", () => {
  const cells = twin([
    [
      [1, 0],
      [1e-150, 0],
    ],
    [
      [1e-150, 0],
      [1, 0],
    ],
  ]);
  const half = Math.SQRT1_2;
  [half, half, -half, half].forEach((x, k) => expect(cells[8 + 2 * k]).toBeCloseTo(x, 15));
});

test("two lanes of different kinds and speeds give each the twin's bits", () => {
  const m = 5;
  const memory = createMemory({ pages: 1, plan: 0, slots: [] });
  const { diagonalise: wasm } = instantiate(kernelModule(), memory);
  const lanes = new Float64Array(memory.buffer as unknown as SharedArrayBuffer, 0, 8 * m * m);
  for (const first of kinds) {
    for (const second of kinds) {
      const pair = [first, second].map((kind, lane) => hermitian(kind, m, seeded(lane + 1)));
      pair.forEach((matrix, lane) => matrix.flat(2).forEach((x, k) => (lanes[2 * k + lane] = x)));
      wasm(0, 0, 2 * m * m, m);
      pair.forEach((matrix, lane) => {
        const found = Array.from({ length: 4 * m * m }, (_, k) => lanes[2 * k + lane] + 0);
        expect(found, `${first} beside ${second}`).toEqual([...twin(matrix)].map((x) => x + 0));
      });
    }
  }
});
