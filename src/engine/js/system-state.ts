import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { basisOf } from "./basis.ts";
import { assembleGenerator, coherencesMatter } from "./generator.ts";
import { islandsVanish } from "./islands.ts";
import { inverseExponent } from "./log2.ts";
import { factoriseReal, solveReal, swap } from "./real-lu.ts";
import { reciprocalCondition } from "./system-condition.ts";

/** The level of least energy in the dissipator's basis. */
function findGround(words: Int32Array, cells: Float64Array): number {
  const energies = words[basisOf(words, 0) + 1];
  let ground = 0;
  for (let p = 1; p < words[common.LEVELS]; p++) {
    if (cells[energies + p] < cells[energies + ground]) ground = p;
  }
  return ground;
}

/**
 * The steady state relative to the ground state's population, ρ₀₀ = 1, whose equation gives way. Whether it exists and is unique.
 */
function solveRelative(words: Int32Array, cells: Float64Array, n: number, stride: number): boolean {
  const factors = words[common.FACTOR_CELLS];
  const pivots = words[common.PIVOT_CELLS];
  const columns = words[layout.COLUMN_SCALE_CELLS];
  const right = words[layout.RIGHT_CELLS];
  const x = words[common.SOLUTION_CELLS];
  const m = n - 1;
  scaleRelative(words, cells, n, stride);
  factoriseReal(cells, factors, pivots, m);
  solveReal(cells, factors, pivots, m, right);
  cells[x] = 1;
  for (let j = 0; j < m; j++) cells[x + 1 + j] = cells[right + j] * cells[columns + j];
  return cells[pivots + m] > layout.SINGULAR * common.EPSILON * stride;
}

/**
 * The system for the unknowns but the ground state's population to the factor cells, its rows, then its
 * columns brought to the size of 1 by powers of two, those of the columns and the right-hand side beside.
 */
export function scaleRelative(
  words: Int32Array,
  cells: Float64Array,
  n: number,
  stride: number,
): void {
  const matrix = words[common.MATRIX_CELLS];
  const factors = words[common.FACTOR_CELLS];
  const columns = words[layout.COLUMN_SCALE_CELLS];
  const right = words[layout.RIGHT_CELLS];
  const m = n - 1;
  cells.fill(0, columns, columns + m);
  for (let i = 0; i < m; i++) {
    const row = matrix + stride * (i + 1);
    const scale = inverseExponent(largestOf(cells, row, 1, n));
    for (let j = 0; j < m; j++) {
      const entry = cells[row + 1 + j] * scale;
      cells[factors + m * i + j] = entry;
      if (cells[columns + j] < Math.abs(entry)) cells[columns + j] = Math.abs(entry);
    }
    cells[right + i] = -(cells[row] * scale);
  }
  for (let j = 0; j < m; j++) cells[columns + j] = inverseExponent(cells[columns + j]);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      const entry = factors + m * i + j;
      cells[entry] = cells[entry] * cells[columns + j];
    }
  }
}

function largestOf(cells: Float64Array, row: number, from: number, to: number): number {
  let largest = 0;
  for (let j = from; j < to; j++) {
    const size = Math.abs(cells[row + j]);
    largest = largest < size ? size : largest;
  }
  return largest;
}

/**
 * The steady state from the trace condition in place of the ground state's equation: for rows whose
 * ground state may be empty. Whether it is unique.
 */
function solveTrace(words: Int32Array, cells: Float64Array, n: number, stride: number): boolean {
  const levels = words[common.LEVELS];
  const matrix = words[common.MATRIX_CELLS];
  const factors = words[common.FACTOR_CELLS];
  const pivots = words[common.PIVOT_CELLS];
  const right = words[layout.RIGHT_CELLS];
  const x = words[common.SOLUTION_CELLS];
  for (let j = 0; j < n; j++) {
    cells[factors + j] = j < levels ? common.TRACE_SCALE : 0;
    cells[right + j] = j === 0 ? common.TRACE_SCALE : 0;
  }
  for (let i = 1; i < n; i++) {
    const row = matrix + stride * i;
    const scale = inverseExponent(largestOf(cells, row, 0, n));
    for (let j = 0; j < n; j++) cells[factors + n * i + j] = cells[row + j] * scale;
  }
  factoriseReal(cells, factors, pivots, n);
  solveReal(cells, factors, pivots, n, right);
  cells.copyWithin(x, right, right + n);
  return cells[pivots + n] > layout.SINGULAR * common.EPSILON * stride;
}

/**
 * The populations of a rate equation, relative to the ground state's, by elimination without
 * subtraction (Grassmann, Taksar and Heyman, Oper. Res. 33, 1107 (1985)): every digit of every one,
 * however small. Whether every state leads to the ground state.
 */
function solveRates(words: Int32Array, cells: Float64Array, stride: number): boolean {
  const levels = words[common.LEVELS];
  const matrix = words[common.MATRIX_CELLS];
  const rates = words[common.FACTOR_CELLS];
  const outflows = words[layout.RIGHT_CELLS];
  const x = words[common.SOLUTION_CELLS];
  for (let i = 0; i < levels; i++) {
    for (let j = 0; j < levels; j++) {
      cells[rates + levels * i + j] = cells[matrix + stride * i + j];
    }
  }
  for (let k = levels - 1; k > 0; k--) {
    let outflow = 0;
    for (let i = 0; i < k; i++) outflow += cells[rates + levels * i + k];
    cells[outflows + k] = outflow;
    if (!(outflow > 0)) return false;
    for (let i = 0; i < k; i++) {
      const share = cells[rates + levels * i + k] / outflow;
      for (let j = 0; j < k; j++) {
        const entry = rates + levels * i + j;
        cells[entry] = cells[entry] + share * cells[rates + levels * k + j];
      }
    }
  }
  cells[x] = 1;
  for (let k = 1; k < levels; k++) {
    let inflow = 0;
    for (let j = 0; j < k; j++) inflow += cells[rates + levels * k + j] * cells[x + j];
    cells[x + k] = inflow / cells[outflows + k];
  }
  return true;
}

/** max |(Mρ)_i| / Σ_j |M_ij| over max |ρ_j|, of the equations but the ground state's: the backward error. */
function backwardError(words: Int32Array, cells: Float64Array, n: number, stride: number): number {
  const matrix = words[common.MATRIX_CELLS];
  const x = words[common.SOLUTION_CELLS];
  let residual = 0;
  let largest = Math.abs(cells[x]);
  for (let i = 1; i < n; i++) {
    const row = matrix + stride * i;
    let sum = 0;
    let norm = 0;
    for (let j = 0; j < n; j++) {
      const entry = cells[row + j];
      sum += entry * cells[x + j];
      norm += Math.abs(entry);
    }
    const error = norm === 0 ? 0 : Math.abs(sum) / norm;
    const size = Math.abs(cells[x + i]);
    residual = residual < error ? error : residual;
    largest = largest < size ? size : largest;
  }
  return residual / largest;
}

/**
 * The steady state into the solution cells, its backward error into cell `residual`. Whether there is
 * a unique one.
 */
export function solveSystem(words: Int32Array, cells: Float64Array, residual: number): boolean {
  const stride = words[common.UNKNOWNS];
  const levels = words[common.LEVELS];
  const matrix = words[common.MATRIX_CELLS];
  const x = words[common.SOLUTION_CELLS];
  const active = coherencesMatter(words, cells);
  const n = active ? stride : levels;
  assembleGenerator(words, cells, active);
  const ground = findGround(words, cells);
  if (ground !== 0) {
    swap(cells, matrix, matrix + stride * ground, n, 1);
    swap(cells, matrix, matrix + ground, n, stride);
  }
  cells.fill(0, x, x + stride);
  const unique =
    (!active && solveRates(words, cells, stride)) ||
    solveRelative(words, cells, n, stride) ||
    solveTrace(words, cells, n, stride);
  let trace = 0;
  for (let p = 0; p < levels; p++) trace += cells[x + p];
  for (let k = 0; k < n; k++) cells[x + k] = cells[x + k] / trace;
  cells[residual] = backwardError(words, cells, n, stride);
  if (words[common.BARS] !== 0) cells[residual + 1] = reciprocalCondition(words, cells, n);
  swap(cells, x, x + ground, 1, 1);
  return unique && islandsVanish(words, cells);
}
