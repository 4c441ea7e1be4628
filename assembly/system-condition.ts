import { get, set, word } from "./cells";
import { abs, add, div, larger, mul, splat } from "./lanes";
import * as common from "./layout";
import { factoriseReal, solveReal } from "./real-lu";
import * as layout from "./system-layout";
import { scaleRelative } from "./system-state";

/**
 * 1 / (‖A‖ ‖A⁻¹‖), maximal sums of a row's magnitudes, of the scaled system for the unknowns but the ground
 * state's population; 0 where it is singular. In lanes but those of `active` no coherence belongs to it.
 */
export function reciprocalCondition(words: usize, cells: usize, n: i32, active: v128): v128 {
  const factors = word(words, common.FACTOR_CELLS);
  const pivots = word(words, common.PIVOT_CELLS);
  const column = word(words, layout.RIGHT_CELLS);
  const sums = word(words, layout.COLUMN_SCALE_CELLS);
  const populations = word(words, common.LEVELS) - 1;
  const m = n - 1;
  scaleRelative(words, cells, n, word(words, common.UNKNOWNS));
  let size = splat(0);
  for (let i = 0; i < m; i++) {
    let sum = splat(0);
    for (let j = 0; j < m; j++) sum = add(sum, abs(get(cells, factors + m * i + j)));
    size = larger(size, i < populations ? sum : v128.and(sum, active));
    set(cells, sums + i, splat(0));
  }
  factoriseReal(cells, factors, pivots, m);
  for (let j = 0; j < m; j++) {
    for (let i = 0; i < m; i++) set(cells, column + i, splat(i == j ? 1 : 0));
    solveReal(cells, factors, pivots, m, column);
    for (let i = 0; i < m; i++) {
      set(cells, sums + i, add(get(cells, sums + i), abs(get(cells, column + i))));
    }
  }
  let inverse = splat(0);
  for (let i = 0; i < m; i++) {
    const sum = get(cells, sums + i);
    inverse = larger(inverse, i < populations ? sum : v128.and(sum, active));
  }
  const reciprocal = div(splat(1), mul(size, inverse));
  return v128.and(reciprocal, f64x2.gt(get(cells, pivots + m), splat(0)));
}
