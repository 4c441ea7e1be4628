import { assemble } from "./kernel";
import { at, get, set, word } from "./cells";
import { abs, add, div, larger, mul, splat, sub } from "./lanes";
import * as layout from "./layout";
import { inverseExponent } from "./log2";
import { factorise, solve } from "./lu";
import { refine } from "./refine";

/**
 * The steady state of (2.3), into the solution cells. The mask of lanes in which there is a unique
 * one.
 */
export function solveSteadyState(words: usize, cells: usize): v128 {
  const n = word(words, layout.UNKNOWNS);
  const pivots = word(words, layout.PIVOT_CELLS);
  const x = word(words, layout.SOLUTION_CELLS);
  assembleSystem(words, cells);
  factoriseSystem(words, cells);
  memory.fill(at(cells, x), 0, <usize>(layout.CELL_BYTES * layout.COMPLEX * n));
  set(cells, x, splat(layout.TRACE_SCALE));
  const smallest = get(cells, pivots + n);
  solve(cells, word(words, layout.FACTOR_CELLS), pivots, n, x);
  const lossy = f64x2.lt(smallest, splat(layout.SMALL_PIVOT));
  if (v128.any_true(lossy)) refine(words, cells, lossy);
  return v128.not(f64x2.le(smallest, splat(layout.SINGULAR_PIVOT * layout.EPSILON * n)));
}

/**
 * The matrix of (2.3). Rows are brought to the size of 1 by powers of two, which rounds nothing; the
 * trace condition replaces the row of the ground state and is scaled to be its column's pivot: that
 * keeps every digit of the small populations (`docs/physics.md`).
 */
export function assembleSystem(words: usize, cells: usize): void {
  const n = word(words, layout.UNKNOWNS);
  const levels = word(words, layout.LEVELS);
  const matrix = word(words, layout.MATRIX_CELLS);
  const scales = word(words, layout.SCALE_CELLS);
  const stride = layout.COMPLEX * n;
  assemble(words, cells);
  for (let i = 1; i < n; i++) {
    const row = matrix + stride * i;
    let largest = splat(0);
    for (let j = 0; j < stride; j++) largest = larger(largest, abs(get(cells, row + j)));
    const scale = inverseExponent(largest);
    set(cells, scales + i, scale);
    for (let j = 0; j < stride; j++) set(cells, row + j, mul(get(cells, row + j), scale));
  }
  for (let j = 0; j < n; j++) {
    set(cells, matrix + layout.COMPLEX * j, splat(j < levels ? layout.TRACE_SCALE : 0));
    set(cells, matrix + layout.COMPLEX * j + 1, splat(0));
  }
}

/** The factors of that matrix, which stays. */
export function factoriseSystem(words: usize, cells: usize): void {
  const n = word(words, layout.UNKNOWNS);
  const factors = word(words, layout.FACTOR_CELLS);
  memory.copy(
    at(cells, factors),
    at(cells, word(words, layout.MATRIX_CELLS)),
    <usize>(layout.CELL_BYTES * layout.COMPLEX * n * n),
  );
  factorise(cells, factors, word(words, layout.PIVOT_CELLS), n);
}

/** ‖Mρ − b‖∞ / (‖M‖∞ ‖ρ‖∞ + ‖b‖∞), with |z| = |re| + |im|: the normwise backward error. */
export function backwardError(words: usize, cells: usize): v128 {
  const n = word(words, layout.UNKNOWNS);
  const x = word(words, layout.SOLUTION_CELLS);
  let row = word(words, layout.MATRIX_CELLS);
  let residual = splat(0);
  let matrixNorm = splat(0);
  let solutionNorm = splat(0);
  for (let i = 0; i < n; i++) {
    let re = splat(i == 0 ? -layout.TRACE_SCALE : 0);
    let im = splat(0);
    let rowNorm = splat(0);
    for (let j = 0; j < n; j++) {
      const aRe = get(cells, row + layout.COMPLEX * j);
      const aIm = get(cells, row + layout.COMPLEX * j + 1);
      const bRe = get(cells, x + layout.COMPLEX * j);
      const bIm = get(cells, x + layout.COMPLEX * j + 1);
      re = add(re, sub(mul(aRe, bRe), mul(aIm, bIm)));
      im = add(im, add(mul(aRe, bIm), mul(aIm, bRe)));
      rowNorm = add(rowNorm, add(abs(aRe), abs(aIm)));
    }
    const entry = x + layout.COMPLEX * i;
    const solution = add(abs(get(cells, entry)), abs(get(cells, entry + 1)));
    residual = larger(residual, add(abs(re), abs(im)));
    matrixNorm = larger(matrixNorm, rowNorm);
    solutionNorm = larger(solutionNorm, solution);
    row += layout.COMPLEX * n;
  }
  return div(residual, add(mul(matrixNorm, solutionNorm), splat(layout.TRACE_SCALE)));
}
