import { COMPLEX } from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";

/**
 * Eigenvalues and eigenvectors of the Hermitian m × m matrix at cell `matrix`, row-major, by cyclic
 * Jacobi rotations (Golub and Van Loan, 8.5). The matrix becomes diagonal, the eigenvectors the
 * columns of the unitary one at cell `vectors`. Nothing is sorted: a matrix that is diagonal already
 * stays as it is, degenerate or not. The twin of `assembly/eigen.ts`.
 */
export function diagonalise(cells: Float64Array, matrix: number, vectors: number, m: number): void {
  const stride = COMPLEX * m;
  let scale = 0;
  for (let k = 0; k < stride * m; k++) {
    const size = Math.abs(cells[matrix + k]);
    scale = scale < size ? size : scale;
    cells[vectors + k] = 0;
  }
  for (let k = 0; k < m; k++) cells[vectors + (stride + COMPLEX) * k] = 1;
  const bound = layout.SMALLEST_ROTATION * scale;
  for (let sweep = 0; sweep < layout.MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < m - 1; p++) {
      for (let q = p + 1; q < m; q++) {
        rotated = rotate(cells, matrix, vectors, m, p, q, bound, sweep === 0) || rotated;
      }
    }
    if (!rotated) return;
  }
}

/**
 * Makes the entry (p, q) zero where it matters: in the first sweep where it would turn the vectors at
 * all, which small couplings of equal energies do; later where it is no rounding error of the whole
 * either. A sweep without a rotation is the last: none that follows would have one.
 */
function rotate(
  cells: Float64Array,
  matrix: number,
  vectors: number,
  m: number,
  p: number,
  q: number,
  bound: number,
  first: boolean,
): boolean {
  const stride = COMPLEX * m;
  const rowP = matrix + stride * p;
  const rowQ = matrix + stride * q;
  const pq = rowP + COMPLEX * q;
  const re = cells[pq];
  const im = cells[pq + 1];
  const size = Math.sqrt(re * re + im * im);
  const energyP = cells[rowP + COMPLEX * p];
  const energyQ = cells[rowQ + COMPLEX * q];
  const gap = energyQ - energyP;
  const least = layout.SMALLEST_ROTATION * Math.abs(gap);
  if (!(size > (first || bound < least ? least : bound))) return false;

  const tau = gap / (2 * size);
  const positive = 1 / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const t = tau < 0 ? -positive : positive;
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  const sRe = s * (re / size);
  const sIm = s * (im / size);
  for (let k = 0; k < m; k++) {
    const row = matrix + stride * k;
    if (k !== p && k !== q) {
      turn(cells, row + COMPLEX * p, row + COMPLEX * q, c, sRe, sIm);
      mirror(cells, row + COMPLEX * p, rowP + COMPLEX * k);
      mirror(cells, row + COMPLEX * q, rowQ + COMPLEX * k);
    }
    const vector = vectors + stride * k;
    turn(cells, vector + COMPLEX * p, vector + COMPLEX * q, c, sRe, sIm);
  }
  const shift = t * size;
  cells[rowP + COMPLEX * p] = energyP - shift;
  cells[rowQ + COMPLEX * q] = energyQ + shift;
  cells[pq] = 0;
  cells[pq + 1] = 0;
  mirror(cells, pq, rowQ + COMPLEX * p);
  return true;
}

/** (a, b) → (c a − s* b, s a + c b). */
function turn(
  cells: Float64Array,
  a: number,
  b: number,
  c: number,
  sRe: number,
  sIm: number,
): void {
  const aRe = cells[a];
  const aIm = cells[a + 1];
  const bRe = cells[b];
  const bIm = cells[b + 1];
  cells[a] = c * aRe - (sRe * bRe + sIm * bIm);
  cells[a + 1] = c * aIm - (sRe * bIm - sIm * bRe);
  cells[b] = sRe * aRe - sIm * aIm + c * bRe;
  cells[b + 1] = sRe * aIm + sIm * aRe + c * bIm;
}

/** The complex conjugate of one cell to another. */
function mirror(cells: Float64Array, from: number, to: number): void {
  cells[to] = cells[from];
  cells[to + 1] = -cells[from + 1];
}
