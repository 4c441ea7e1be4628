import { at, get, set } from "./cells";
import { abs, div, mul, select, smaller, splat, sub } from "./lanes";

/**
 * P A = L U of a real n × n matrix, row-major from cell `matrix`, in place; L has a unit diagonal.
 * The pivot of a column is the first entry of largest magnitude, chosen in each lane by itself; its
 * row goes to cell `pivots` + column, the size of the smallest pivot to `pivots` + n. Two columns are
 * eliminated before the rest of their rows is changed, which so passes through memory half as often.
 */
export function factoriseReal(cells: usize, matrix: i32, pivots: i32, n: i32): void {
  let smallest = splat(Infinity);
  for (let k = 0; k < n; k += 2) {
    const rowK = matrix + n * k;
    smallest = smaller(smallest, choosePivot(cells, matrix, pivots, n, k));
    if (k + 1 == n) break;
    divideColumn(cells, matrix, n, k);
    const first = at(cells, rowK);
    const firstEnd = first + ((<usize>n) << 4);
    const column = (<usize>(k + 1)) << 4;
    for (let i = k + 1; i < n; i++) {
      const row = at(cells, matrix + n * i);
      const factor = v128.load(row + column - 16);
      if (!v128.any_true(f64x2.ne(factor, splat(0)))) continue;
      const entry = v128.load(row + column);
      v128.store(row + column, sub(entry, mul(factor, v128.load(first + column))));
    }
    smallest = smaller(smallest, choosePivot(cells, matrix, pivots, n, k + 1));
    const second = at(cells, rowK + n);
    subtractRow(
      second + column + 16,
      first + column + 16,
      firstEnd,
      v128.load(second + column - 16),
    );
    divideColumn(cells, matrix, n, k + 1);
    for (let i = k + 2; i < n; i++) {
      const row = at(cells, matrix + n * i) + column + 16;
      const a = v128.load(row - 32);
      const b = v128.load(row - 16);
      const useA = v128.any_true(f64x2.ne(a, splat(0)));
      const useB = v128.any_true(f64x2.ne(b, splat(0)));
      if (useA && useB)
        subtractRows(row, first + column + 16, firstEnd, second + column + 16, a, b);
      else if (useA) subtractRow(row, first + column + 16, firstEnd, a);
      else if (useB) subtractRow(row, second + column + 16, firstEnd + ((<usize>n) << 4), b);
    }
  }
  set(cells, pivots + n, smallest);
}

/** Brings the pivot of column k to row k, in each lane by itself; its size. */
function choosePivot(cells: usize, matrix: i32, pivots: i32, n: i32, k: i32): v128 {
  const rowK = matrix + n * k;
  let best = abs(get(cells, rowK + k));
  let pivot = splat(k);
  for (let i = k + 1; i < n; i++) {
    const size = abs(get(cells, matrix + n * i + k));
    const better = f64x2.lt(best, size);
    best = select(better, size, best);
    pivot = select(better, splat(i), pivot);
  }
  set(cells, pivots + k, pivot);
  exchangeRows(cells, rowK, matrix, n, pivot, k);
  return best;
}

/** The factors of column k: its entries below the pivot times the pivot's reciprocal, zeros left alone. */
function divideColumn(cells: usize, matrix: i32, n: i32, k: i32): void {
  const inverse = div(splat(1), get(cells, matrix + n * k + k));
  for (let i = k + 1; i < n; i++) {
    const cell = matrix + n * i + k;
    const entry = get(cells, cell);
    if (v128.any_true(f64x2.ne(entry, splat(0)))) set(cells, cell, mul(entry, inverse));
  }
}

/** x − a u, u up to `end`. */
function subtractRow(x: usize, u: usize, end: usize, a: v128): void {
  for (; u + 16 < end; u += 32, x += 32) {
    v128.store(x, sub(v128.load(x), mul(a, v128.load(u))));
    v128.store(x, sub(v128.load(x, 16), mul(a, v128.load(u, 16))), 16);
  }
  if (u < end) v128.store(x, sub(v128.load(x), mul(a, v128.load(u))));
}

/** (x − a u) − b w, u up to `end`. */
function subtractRows(x: usize, u: usize, end: usize, w: usize, a: v128, b: v128): void {
  for (; u + 16 < end; u += 32, w += 32, x += 32) {
    const first = sub(v128.load(x), mul(a, v128.load(u)));
    v128.store(x, sub(first, mul(b, v128.load(w))));
    const second = sub(v128.load(x, 16), mul(a, v128.load(u, 16)));
    v128.store(x, sub(second, mul(b, v128.load(w, 16))), 16);
  }
  if (u < end) {
    const rest = sub(v128.load(x), mul(a, v128.load(u)));
    v128.store(x, sub(rest, mul(b, v128.load(w))));
  }
}

/** Exchanges row k, at cell `rowK`, with the pivot's, in each lane by itself. */
function exchangeRows(cells: usize, rowK: i32, matrix: i32, n: i32, pivot: v128, k: i32): void {
  const first = i32(f64x2.extract_lane(pivot, 0));
  const second = i32(f64x2.extract_lane(pivot, 1));
  if (first != k) swapLane(at(cells, rowK), at(cells, matrix + n * first), n, 16);
  if (second != k) swapLane(at(cells, rowK) + 8, at(cells, matrix + n * second) + 8, n, 16);
}

/** Exchanges `count` doubles at a and b, `step` bytes apart: one lane of as many cells. */
export function swapLane(a: usize, b: usize, count: i32, step: usize): void {
  for (let j = 0; j < count; j++) {
    const kept = load<f64>(a);
    store<f64>(a, load<f64>(b));
    store<f64>(b, kept);
    a += step;
    b += step;
  }
}

/** Solves A x = b with the factors of `factoriseReal`; b, from cell `x`, becomes the solution. */
export function solveReal(cells: usize, factors: i32, pivots: i32, n: i32, x: i32): void {
  for (let k = 0; k < n; k++) exchangeRows(cells, x + k, x, 1, get(cells, pivots + k), k);
  for (let i = 1; i < n; i++) {
    let sum = get(cells, x + i);
    for (let j = 0; j < i; j++)
      sum = sub(sum, mul(get(cells, factors + n * i + j), get(cells, x + j)));
    set(cells, x + i, sum);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = get(cells, x + i);
    for (let j = i + 1; j < n; j++) {
      sum = sub(sum, mul(get(cells, factors + n * i + j), get(cells, x + j)));
    }
    set(cells, x + i, div(sum, get(cells, factors + n * i + i)));
  }
}
