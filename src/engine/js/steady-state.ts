import * as layout from "../../../assembly/layout.ts";
import { assemble } from "./kernel.ts";
import { inverseExponent } from "./log2.ts";
import { factorise, solve } from "./lu.ts";
import { refine } from "./refine.ts";

/**
 * The steady state of (2.3), into the solution cells. False where there is no unique one.
 */
export function solveSteadyState(words: Int32Array, cells: Float64Array): boolean {
  const n = words[layout.UNKNOWNS];
  const pivots = words[layout.PIVOT_CELLS];
  const x = words[layout.SOLUTION_CELLS];
  assembleSystem(words, cells);
  factoriseSystem(words, cells);
  cells.fill(0, x, x + layout.COMPLEX * n);
  cells[x] = layout.TRACE_SCALE;
  const smallest = cells[pivots + n];
  solve(cells, words[layout.FACTOR_CELLS], pivots, n, x);
  if (smallest < layout.SMALL_PIVOT) refine(words, cells);
  return !(smallest <= layout.SINGULAR_PIVOT * layout.EPSILON * n);
}

/**
 * The matrix of (2.3). Rows are brought to the size of 1 by powers of two, which rounds nothing; the
 * trace condition replaces the row of the ground state and is scaled to be its column's pivot: that
 * keeps every digit of the small populations (`docs/physics.md`).
 */
export function assembleSystem(words: Int32Array, cells: Float64Array): void {
  const n = words[layout.UNKNOWNS];
  const levels = words[layout.LEVELS];
  const matrix = words[layout.MATRIX_CELLS];
  const scales = words[layout.SCALE_CELLS];
  const stride = layout.COMPLEX * n;
  assemble(words, cells);
  for (let i = 1; i < n; i++) {
    const row = matrix + stride * i;
    let largest = 0;
    for (let j = 0; j < stride; j++) {
      const size = Math.abs(cells[row + j]);
      largest = largest < size ? size : largest;
    }
    const scale = inverseExponent(largest);
    cells[scales + i] = scale;
    for (let j = 0; j < stride; j++) cells[row + j] = cells[row + j] * scale;
  }
  for (let j = 0; j < n; j++) {
    cells[matrix + layout.COMPLEX * j] = j < levels ? layout.TRACE_SCALE : 0;
    cells[matrix + layout.COMPLEX * j + 1] = 0;
  }
}

/** The factors of that matrix, which stays. */
export function factoriseSystem(words: Int32Array, cells: Float64Array): void {
  const n = words[layout.UNKNOWNS];
  const matrix = words[layout.MATRIX_CELLS];
  const factors = words[layout.FACTOR_CELLS];
  cells.copyWithin(factors, matrix, matrix + layout.COMPLEX * n * n);
  factorise(cells, factors, words[layout.PIVOT_CELLS], n);
}

/** ‖Mρ − b‖∞ / (‖M‖∞ ‖ρ‖∞ + ‖b‖∞), with |z| = |re| + |im|: the normwise backward error. */
export function backwardError(words: Int32Array, cells: Float64Array): number {
  const n = words[layout.UNKNOWNS];
  const x = words[layout.SOLUTION_CELLS];
  let row = words[layout.MATRIX_CELLS];
  let residual = 0;
  let matrixNorm = 0;
  let solutionNorm = 0;
  for (let i = 0; i < n; i++) {
    let re = i === 0 ? -layout.TRACE_SCALE : 0;
    let im = 0;
    let rowNorm = 0;
    for (let j = 0; j < n; j++) {
      const a = row + layout.COMPLEX * j;
      const b = x + layout.COMPLEX * j;
      re += cells[a] * cells[b] - cells[a + 1] * cells[b + 1];
      im += cells[a] * cells[b + 1] + cells[a + 1] * cells[b];
      rowNorm += Math.abs(cells[a]) + Math.abs(cells[a + 1]);
    }
    const size = Math.abs(re) + Math.abs(im);
    const entry = x + layout.COMPLEX * i;
    const solution = Math.abs(cells[entry]) + Math.abs(cells[entry + 1]);
    residual = residual < size ? size : residual;
    matrixNorm = matrixNorm < rowNorm ? rowNorm : matrixNorm;
    solutionNorm = solutionNorm < solution ? solution : solutionNorm;
    row += layout.COMPLEX * n;
  }
  return residual / (matrixNorm * solutionNorm + layout.TRACE_SCALE);
}
