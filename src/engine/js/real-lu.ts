/**
 * P A = L U of a real n × n matrix, row-major from cell `matrix`, in place; L has a unit diagonal.
 * The pivot of a column is the first entry of largest magnitude; its row goes to cell `pivots` +
 * column, the size of the smallest pivot to `pivots` + n.
 */
export function factoriseReal(
  cells: Float64Array,
  matrix: number,
  pivots: number,
  n: number,
): void {
  let smallest = Infinity;
  for (let k = 0; k < n; k++) {
    const rowK = matrix + n * k;
    let best = Math.abs(cells[rowK + k]);
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(cells[matrix + n * i + k]);
      if (best < size) {
        best = size;
        pivot = i;
      }
    }
    cells[pivots + k] = pivot;
    if (pivot !== k) swap(cells, rowK, matrix + n * pivot, n, 1);
    smallest = best < smallest ? best : smallest;

    const inverse = 1 / cells[rowK + k];
    for (let i = k + 1; i < n; i++) {
      const rowI = matrix + n * i;
      if (cells[rowI + k] === 0) continue;
      const factor = cells[rowI + k] * inverse;
      cells[rowI + k] = factor;
      for (let j = k + 1; j < n; j++) cells[rowI + j] = cells[rowI + j] - factor * cells[rowK + j];
    }
  }
  cells[pivots + n] = smallest;
}

/** Exchanges `count` cells from a and b on, `step` apart. */
export function swap(cells: Float64Array, a: number, b: number, count: number, step: number): void {
  for (let j = 0; j < count * step; j += step) {
    const kept = cells[a + j];
    cells[a + j] = cells[b + j];
    cells[b + j] = kept;
  }
}

/** Solves A x = b with the factors of `factoriseReal`; b, from cell `x`, becomes the solution. */
export function solveReal(
  cells: Float64Array,
  factors: number,
  pivots: number,
  n: number,
  x: number,
): void {
  for (let k = 0; k < n; k++) {
    const pivot = cells[pivots + k];
    if (pivot !== k) swap(cells, x + k, x + pivot, 1, 1);
  }
  for (let i = 1; i < n; i++) {
    let sum = cells[x + i];
    for (let j = 0; j < i; j++) sum -= cells[factors + n * i + j] * cells[x + j];
    cells[x + i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = cells[x + i];
    for (let j = i + 1; j < n; j++) sum -= cells[factors + n * i + j] * cells[x + j];
    cells[x + i] = sum / cells[factors + n * i + i];
  }
}
