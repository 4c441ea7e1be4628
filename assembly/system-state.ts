import { basisOf } from "./basis";
import { at, get, set, word } from "./cells";
import { assembleGenerator, coherencesMatter } from "./generator";
import { islandsVanish } from "./islands";
import { abs, add, div, larger, mul, neg, select, splat } from "./lanes";
import * as common from "./layout";
import { inverseExponent } from "./log2";
import { factoriseReal, solveReal, swapLane } from "./real-lu";
import { reciprocalCondition } from "./system-condition";
import * as layout from "./system-layout";

/** Brings the ground state, its own in each lane, to the head of the unknowns, or back from there. */
function exchangeUnknowns(cells: usize, x: i32, ground: v128): void {
  const first = i32(f64x2.extract_lane(ground, 0));
  const second = i32(f64x2.extract_lane(ground, 1));
  swapLane(at(cells, x), at(cells, x + first), 1, 16);
  swapLane(at(cells, x) + 8, at(cells, x + second) + 8, 1, 16);
}

function exchangeGround(cells: usize, matrix: i32, n: i32, stride: i32, ground: v128): void {
  const first = i32(f64x2.extract_lane(ground, 0));
  const second = i32(f64x2.extract_lane(ground, 1));
  const down = (<usize>stride) << 4;
  const head = at(cells, matrix);
  if (first != 0) {
    swapLane(head, at(cells, matrix + stride * first), n, 16);
    swapLane(head, at(cells, matrix + first), n, down);
  }
  if (second != 0) {
    swapLane(head + 8, at(cells, matrix + stride * second) + 8, n, 16);
    swapLane(head + 8, at(cells, matrix + second) + 8, n, down);
  }
}

/** The level of least energy in the dissipator's basis. */
function findGround(words: usize, cells: usize): v128 {
  const energies = word(words, basisOf(words, 0) + 1);
  const levels = word(words, common.LEVELS);
  let least = get(cells, energies);
  let ground = splat(0);
  for (let p = 1; p < levels; p++) {
    const energy = get(cells, energies + p);
    const below = f64x2.lt(energy, least);
    least = select(below, energy, least);
    ground = select(below, splat(p), ground);
  }
  return ground;
}

/**
 * The steady state relative to the ground state's population, ρ₀₀ = 1, whose equation gives way. Into the solution cells but for the lanes
 * of `done`; the mask of lanes in which it exists and is unique.
 */
function solveRelative(words: usize, cells: usize, n: i32, stride: i32, done: v128): v128 {
  const factors = word(words, common.FACTOR_CELLS);
  const pivots = word(words, common.PIVOT_CELLS);
  const columns = word(words, layout.COLUMN_SCALE_CELLS);
  const right = word(words, layout.RIGHT_CELLS);
  const x = word(words, common.SOLUTION_CELLS);
  const m = n - 1;
  scaleRelative(words, cells, n, stride);
  factoriseReal(cells, factors, pivots, m);
  solveReal(cells, factors, pivots, m, right);
  set(cells, x, select(done, get(cells, x), splat(1)));
  for (let j = 0; j < m; j++) {
    const value = mul(get(cells, right + j), get(cells, columns + j));
    set(cells, x + 1 + j, select(done, get(cells, x + 1 + j), value));
  }
  return f64x2.gt(get(cells, pivots + m), splat(layout.SINGULAR * common.EPSILON * stride));
}

/**
 * The system for the unknowns but the ground state's population to the factor cells, its rows, then its
 * columns brought to the size of 1 by powers of two, those of the columns and the right-hand side beside.
 */
export function scaleRelative(words: usize, cells: usize, n: i32, stride: i32): void {
  const matrix = word(words, common.MATRIX_CELLS);
  const factors = word(words, common.FACTOR_CELLS);
  const columns = word(words, layout.COLUMN_SCALE_CELLS);
  const right = word(words, layout.RIGHT_CELLS);
  const m = n - 1;
  const bytes = (<usize>m) << 4;
  const column = at(cells, columns);
  const lastColumn = column + bytes;
  for (let c = column; c < lastColumn; c += 16) v128.store(c, splat(0));
  let to = at(cells, factors);
  for (let i = 0; i < m; i++) {
    const row = at(cells, matrix + stride * (i + 1));
    const end = row + 16 + bytes;
    let largest = splat(0);
    for (let x = row + 16; x < end; x += 16) largest = larger(largest, abs(v128.load(x)));
    const scale = inverseExponent(largest);
    let c = column;
    for (let x = row + 16; x < end; x += 16, to += 16, c += 16) {
      const entry = mul(v128.load(x), scale);
      v128.store(to, entry);
      v128.store(c, larger(v128.load(c), abs(entry)));
    }
    set(cells, right + i, neg(mul(v128.load(row), scale)));
  }
  for (let c = column; c < lastColumn; c += 16) v128.store(c, inverseExponent(v128.load(c)));
  to = at(cells, factors);
  for (let i = 0; i < m; i++) {
    for (let c = column; c < lastColumn; c += 16, to += 16) {
      v128.store(to, mul(v128.load(to), v128.load(c)));
    }
  }
}

/**
 * The steady state from the trace condition in place of the ground state's equation: for lanes whose
 * ground state may be empty. Into the solution cells but for the lanes of `done`; the mask of lanes in
 * which it is unique.
 */
function solveTrace(words: usize, cells: usize, n: i32, stride: i32, done: v128): v128 {
  const levels = word(words, common.LEVELS);
  const matrix = word(words, common.MATRIX_CELLS);
  const factors = word(words, common.FACTOR_CELLS);
  const pivots = word(words, common.PIVOT_CELLS);
  const right = word(words, layout.RIGHT_CELLS);
  const x = word(words, common.SOLUTION_CELLS);
  for (let j = 0; j < n; j++) {
    set(cells, factors + j, splat(j < levels ? common.TRACE_SCALE : 0));
    set(cells, right + j, splat(j == 0 ? common.TRACE_SCALE : 0));
  }
  for (let i = 1; i < n; i++) {
    const row = matrix + stride * i;
    let largest = splat(0);
    for (let j = 0; j < n; j++) largest = larger(largest, abs(get(cells, row + j)));
    const scale = inverseExponent(largest);
    for (let j = 0; j < n; j++) set(cells, factors + n * i + j, mul(get(cells, row + j), scale));
  }
  factoriseReal(cells, factors, pivots, n);
  solveReal(cells, factors, pivots, n, right);
  for (let j = 0; j < n; j++) {
    set(cells, x + j, select(done, get(cells, x + j), get(cells, right + j)));
  }
  return f64x2.gt(get(cells, pivots + n), splat(layout.SINGULAR * common.EPSILON * stride));
}

/**
 * The populations of a rate equation, relative to the ground state's, by elimination without
 * subtraction (Grassmann, Taksar and Heyman, Oper. Res. 33, 1107 (1985)): every digit of every one,
 * however small. The mask of lanes in which every state leads to the ground state.
 */
function solveRates(words: usize, cells: usize, stride: i32): v128 {
  const levels = word(words, common.LEVELS);
  const matrix = word(words, common.MATRIX_CELLS);
  const rates = word(words, common.FACTOR_CELLS);
  const outflows = word(words, layout.RIGHT_CELLS);
  const x = word(words, common.SOLUTION_CELLS);
  for (let i = 0; i < levels; i++) {
    for (let j = 0; j < levels; j++) {
      set(cells, rates + levels * i + j, get(cells, matrix + stride * i + j));
    }
  }
  let connected = i64x2.splat(-1);
  for (let k = levels - 1; k > 0; k--) {
    let outflow = splat(0);
    for (let i = 0; i < k; i++) outflow = add(outflow, get(cells, rates + levels * i + k));
    set(cells, outflows + k, outflow);
    connected = v128.and(connected, f64x2.gt(outflow, splat(0)));
    for (let i = 0; i < k; i++) {
      const share = div(get(cells, rates + levels * i + k), outflow);
      for (let j = 0; j < k; j++) {
        const entry = rates + levels * i + j;
        const detour = mul(share, get(cells, rates + levels * k + j));
        set(cells, entry, add(get(cells, entry), detour));
      }
    }
  }
  set(cells, x, splat(1));
  for (let k = 1; k < levels; k++) {
    let inflow = splat(0);
    for (let j = 0; j < k; j++) {
      inflow = add(inflow, mul(get(cells, rates + levels * k + j), get(cells, x + j)));
    }
    set(cells, x + k, div(inflow, get(cells, outflows + k)));
  }
  return connected;
}

/** max |(Mρ)_i| / Σ_j |M_ij| over max |ρ_j|, of the equations but the ground state's: the backward error. */
function backwardError(words: usize, cells: usize, n: i32, stride: i32): v128 {
  const matrix = word(words, common.MATRIX_CELLS);
  const x = word(words, common.SOLUTION_CELLS);
  let residual = splat(0);
  let largest = abs(get(cells, x));
  for (let i = 1; i < n; i++) {
    const end = at(cells, matrix + stride * i + n);
    let unknown = at(cells, x);
    let sum = splat(0);
    let norm = splat(0);
    for (let row = at(cells, matrix + stride * i); row < end; row += 16, unknown += 16) {
      const entry = v128.load(row);
      sum = add(sum, mul(entry, v128.load(unknown)));
      norm = add(norm, abs(entry));
    }
    residual = larger(residual, v128.and(div(abs(sum), norm), f64x2.ne(norm, splat(0))));
    largest = larger(largest, abs(get(cells, x + i)));
  }
  return div(residual, largest);
}

/**
 * The steady state into the solution cells, its backward error into cell `residual`. The mask of lanes
 * in which there is a unique one.
 */
export function solveSystem(words: usize, cells: usize, residual: i32): v128 {
  const stride = word(words, common.UNKNOWNS);
  const levels = word(words, common.LEVELS);
  const matrix = word(words, common.MATRIX_CELLS);
  const x = word(words, common.SOLUTION_CELLS);
  const active = coherencesMatter(words, cells);
  const n = v128.any_true(active) ? stride : levels;
  assembleGenerator(words, cells, active);
  const ground = findGround(words, cells);
  exchangeGround(cells, matrix, n, stride, ground);
  memory.fill(cells + <usize>(common.CELL_BYTES * x), 0, <usize>(common.CELL_BYTES * stride));
  let unique = i64x2.splat(0);
  if (v128.any_true(v128.not(active))) {
    unique = v128.andnot(solveRates(words, cells, stride), active);
  }
  if (v128.any_true(v128.not(unique)))
    unique = v128.or(unique, solveRelative(words, cells, n, stride, unique));
  if (v128.any_true(v128.not(unique)))
    unique = v128.or(unique, solveTrace(words, cells, n, stride, unique));
  let trace = splat(0);
  for (let p = 0; p < levels; p++) trace = add(trace, get(cells, x + p));
  for (let k = 0; k < n; k++) set(cells, x + k, div(get(cells, x + k), trace));
  set(cells, residual, backwardError(words, cells, n, stride));
  if (word(words, common.BARS) != 0) {
    set(cells, residual + 1, reciprocalCondition(words, cells, n, active));
  }
  exchangeUnknowns(cells, x, ground);
  return v128.and(unique, islandsVanish(words, cells));
}
