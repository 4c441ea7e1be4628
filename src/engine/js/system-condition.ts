import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { factoriseReal, solveReal } from "./real-lu.ts";
import { scaleRelative } from "./system-state.ts";

/**
 * 1 / (‖A‖ ‖A⁻¹‖), maximal sums of a row's magnitudes, of the scaled system for the unknowns but the ground
 * state's population; 0 where it is singular.
 */
export function reciprocalCondition(words: Int32Array, cells: Float64Array, n: number): number {
  const factors = words[common.FACTOR_CELLS];
  const pivots = words[common.PIVOT_CELLS];
  const column = words[layout.RIGHT_CELLS];
  const sums = words[layout.COLUMN_SCALE_CELLS];
  const m = n - 1;
  scaleRelative(words, cells, n, words[common.UNKNOWNS]);
  let size = 0;
  for (let i = 0; i < m; i++) {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += Math.abs(cells[factors + m * i + j]);
    size = size < sum ? sum : size;
    cells[sums + i] = 0;
  }
  factoriseReal(cells, factors, pivots, m);
  for (let j = 0; j < m; j++) {
    for (let i = 0; i < m; i++) cells[column + i] = i === j ? 1 : 0;
    solveReal(cells, factors, pivots, m, column);
    for (let i = 0; i < m; i++) cells[sums + i] = cells[sums + i] + Math.abs(cells[column + i]);
  }
  let inverse = 0;
  for (let i = 0; i < m; i++) inverse = inverse < cells[sums + i] ? cells[sums + i] : inverse;
  return cells[pivots + m] > 0 ? 1 / (size * inverse) : 0;
}
