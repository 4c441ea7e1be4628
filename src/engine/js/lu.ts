import * as layout from "../../../assembly/layout.ts";

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

    const re = cells[rowK + columnK];
    const im = cells[rowK + columnK + 1];
    const norm = re * re + im * im;
    const inverseRe = re / norm;
    const inverseIm = -im / norm;
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
    const at = x + layout.COMPLEX * i;
    const diagonal = factors + stride * i + layout.COMPLEX * i;
    const re = cells[diagonal];
    const im = cells[diagonal + 1];
    const norm = re * re + im * im;
    const bRe = cells[at];
    const bIm = cells[at + 1];
    cells[at] = (bRe * re + bIm * im) / norm;
    cells[at + 1] = (bIm * re - bRe * im) / norm;
  }
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
    const at = x + layout.COMPLEX * i;
    const diagonal = column + stride * i;
    const re = cells[diagonal];
    const im = cells[diagonal + 1];
    const norm = re * re + im * im;
    const bRe = cells[at];
    const bIm = cells[at + 1];
    cells[at] = (bRe * re + bIm * im) / norm;
    cells[at + 1] = (bIm * re - bRe * im) / norm;
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
