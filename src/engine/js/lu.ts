import * as layout from "../../../assembly/layout.ts";
import { inverseExponent } from "./log2.ts";

/**
 * |z|² between which a quotient by z loses nothing to under- or overflow; beyond, z is brought to the
 * size of 1 by a power of two.
 */
const SMALLEST_SQUARE = 1e-250;
const LARGEST_SQUARE = 1e250;

/**
 * P A = L U of a complex n × n matrix, row-major from cell `matrix`, in place; L has a unit
 * diagonal. The pivot of a column is the first entry of largest |re| + |im|; its row goes to cell
 * `pivots` + column, the size of the smallest pivot to `pivots` + n.
 */
export function factorise(cells: Float64Array, matrix: number, pivots: number, n: number): void {
  const stride = layout.COMPLEX * n;
  let smallest = Infinity;
  for (let k = 0; k < n; k++) {
    const rowK = matrix + stride * k;
    const columnK = layout.COMPLEX * k;
    let best = Math.abs(cells[rowK + columnK]) + Math.abs(cells[rowK + columnK + 1]);
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      const at = matrix + stride * i + columnK;
      const size = Math.abs(cells[at]) + Math.abs(cells[at + 1]);
      if (best < size) {
        best = size;
        pivot = i;
      }
    }
    cells[pivots + k] = pivot;
    if (pivot !== k) swapRows(cells, rowK, matrix + stride * pivot, stride);
    smallest = best < smallest ? best : smallest;

    let re = cells[rowK + columnK];
    let im = cells[rowK + columnK + 1];
    let norm = re * re + im * im;
    let scale = 1;
    if (!(norm >= SMALLEST_SQUARE && norm <= LARGEST_SQUARE)) {
      scale = inverseExponent(larger(re, im));
      re *= scale;
      im *= scale;
      norm = re * re + im * im;
    }
    // a column of zeros has no multipliers
    const inverseRe = best === 0 ? 0 : (re / norm) * scale;
    const inverseIm = best === 0 ? 0 : (-im / norm) * scale;
    for (let i = k + 1; i < n; i++) {
      const rowI = matrix + stride * i;
      const a = cells[rowI + columnK];
      const b = cells[rowI + columnK + 1];
      if (a === 0 && b === 0) continue;
      const lRe = a * inverseRe - b * inverseIm;
      const lIm = a * inverseIm + b * inverseRe;
      cells[rowI + columnK] = lRe;
      cells[rowI + columnK + 1] = lIm;
      for (let j = columnK + layout.COMPLEX; j < stride; j += layout.COMPLEX) {
        const uRe = cells[rowK + j];
        const uIm = cells[rowK + j + 1];
        cells[rowI + j] = cells[rowI + j] - (lRe * uRe - lIm * uIm);
        cells[rowI + j + 1] = cells[rowI + j + 1] - (lRe * uIm + lIm * uRe);
      }
    }
  }
  cells[pivots + n] = smallest;
}

function swapRows(cells: Float64Array, first: number, second: number, stride: number): void {
  for (let j = 0; j < stride; j++) {
    const kept = cells[first + j];
    cells[first + j] = cells[second + j];
    cells[second + j] = kept;
  }
}

/** Solves A x = b with the factors of `factorise`; b, from cell `x`, becomes the solution. */
export function solve(
  cells: Float64Array,
  factors: number,
  pivots: number,
  n: number,
  x: number,
): void {
  const stride = layout.COMPLEX * n;
  for (let k = 0; k < n; k++) {
    const pivot = cells[pivots + k];
    if (pivot !== k) swapRows(cells, x + layout.COMPLEX * k, x + layout.COMPLEX * pivot, 2);
  }
  for (let i = 1; i < n; i++) subtractProduct(cells, factors + stride * i, x, 0, i, i);
  for (let i = n - 1; i >= 0; i--) {
    subtractProduct(cells, factors + stride * i, x, i + 1, n, i);
    divide(cells, x + layout.COMPLEX * i, factors + (stride + layout.COMPLEX) * i);
  }
}

/** Divides the complex number at cell `at` by that at cell `by`. */
function divide(cells: Float64Array, at: number, by: number): void {
  let re = cells[by];
  let im = cells[by + 1];
  let norm = re * re + im * im;
  let scale = 1;
  if (!(norm >= SMALLEST_SQUARE && norm <= LARGEST_SQUARE)) {
    scale = inverseExponent(larger(re, im));
    re *= scale;
    im *= scale;
    norm = re * re + im * im;
  }
  const bRe = cells[at];
  const bIm = cells[at + 1];
  cells[at] = ((bRe * re + bIm * im) / norm) * scale;
  cells[at + 1] = ((bIm * re - bRe * im) / norm) * scale;
}

function larger(a: number, b: number): number {
  return Math.abs(a) < Math.abs(b) ? Math.abs(b) : Math.abs(a);
}

/** x_i −= Σ_{from ≤ j < to} row_j x_j. */
function subtractProduct(
  cells: Float64Array,
  row: number,
  x: number,
  from: number,
  to: number,
  i: number,
): void {
  let re = cells[x + layout.COMPLEX * i];
  let im = cells[x + layout.COMPLEX * i + 1];
  for (let j = from; j < to; j++) {
    const a = row + layout.COMPLEX * j;
    const b = x + layout.COMPLEX * j;
    re -= cells[a] * cells[b] - cells[a + 1] * cells[b + 1];
    im -= cells[a] * cells[b + 1] + cells[a + 1] * cells[b];
  }
  cells[x + layout.COMPLEX * i] = re;
  cells[x + layout.COMPLEX * i + 1] = im;
}

/** Solves Aᵀ x = b with the factors of `factorise`; b, from cell `x`, becomes the solution. */
export function solveTransposed(
  cells: Float64Array,
  factors: number,
  pivots: number,
  n: number,
  x: number,
): void {
  const stride = layout.COMPLEX * n;
  for (let i = 0; i < n; i++) {
    const column = factors + layout.COMPLEX * i;
    subtractColumn(cells, column, stride, x, 0, i, i);
    divide(cells, x + layout.COMPLEX * i, column + stride * i);
  }
  for (let i = n - 2; i >= 0; i--) {
    subtractColumn(cells, factors + layout.COMPLEX * i, stride, x, i + 1, n, i);
  }
  for (let k = n - 1; k >= 0; k--) {
    const pivot = cells[pivots + k];
    if (pivot !== k) swapRows(cells, x + layout.COMPLEX * k, x + layout.COMPLEX * pivot, 2);
  }
}

/** x_i −= Σ_{from ≤ j < to} column_j x_j. */
function subtractColumn(
  cells: Float64Array,
  column: number,
  stride: number,
  x: number,
  from: number,
  to: number,
  i: number,
): void {
  let re = cells[x + layout.COMPLEX * i];
  let im = cells[x + layout.COMPLEX * i + 1];
  for (let j = from; j < to; j++) {
    const a = column + stride * j;
    const b = x + layout.COMPLEX * j;
    re -= cells[a] * cells[b] - cells[a + 1] * cells[b + 1];
    im -= cells[a] * cells[b + 1] + cells[a + 1] * cells[b];
  }
  cells[x + layout.COMPLEX * i] = re;
  cells[x + layout.COMPLEX * i + 1] = im;
}
