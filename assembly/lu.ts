import { at, get, set } from "./cells";
import { abs, add, div, larger, mul, neg, select, smaller, splat, sub, within } from "./lanes";
import * as layout from "./layout";
import { inverseExponent } from "./log2";

/**
 * |z|² between which a quotient by z loses nothing to under- or overflow; beyond, z is brought to the
 * size of 1 by a power of two, each lane by itself.
 */
const SMALLEST_SQUARE: f64 = 1e-250;
const LARGEST_SQUARE: f64 = 1e250;

/**
 * P A = L U of a complex n × n matrix, row-major from cell `matrix`, in place; L has a unit
 * diagonal. The pivot of a column is the first entry of largest |re| + |im|, chosen in each lane by
 * itself; its row goes to cell `pivots` + column, the size of the smallest pivot to `pivots` + n.
 */
export function factorise(cells: usize, matrix: i32, pivots: i32, n: i32): void {
  const stride = layout.COMPLEX * n;
  const zero = splat(0);
  let smallest = splat(Infinity);
  for (let k = 0; k < n; k++) {
    const rowK = matrix + stride * k;
    const columnK = layout.COMPLEX * k;
    let best = add(abs(get(cells, rowK + columnK)), abs(get(cells, rowK + columnK + 1)));
    let pivot = splat(k);
    for (let i = k + 1; i < n; i++) {
      const entry = matrix + stride * i + columnK;
      const size = add(abs(get(cells, entry)), abs(get(cells, entry + 1)));
      const better = f64x2.lt(best, size);
      best = select(better, size, best);
      pivot = select(better, splat(i), pivot);
    }
    set(cells, pivots + k, pivot);
    exchange(cells, rowK, matrix, stride, pivot, k);
    smallest = smaller(smallest, best);

    let re = get(cells, rowK + columnK);
    let im = get(cells, rowK + columnK + 1);
    let norm = add(mul(re, re), mul(im, im));
    let inverseRe: v128;
    let inverseIm: v128;
    if (inRange(norm)) {
      inverseRe = div(re, norm);
      inverseIm = div(neg(im), norm);
    } else {
      const scale = unitScale(re, im, norm);
      re = mul(re, scale);
      im = mul(im, scale);
      norm = add(mul(re, re), mul(im, im));
      // a column of zeros has no multipliers
      const any = f64x2.ne(best, zero);
      inverseRe = v128.and(mul(div(re, norm), scale), any);
      inverseIm = v128.and(mul(div(neg(im), norm), scale), any);
    }
    for (let i = k + 1; i < n; i++) {
      const rowI = matrix + stride * i;
      const a = get(cells, rowI + columnK);
      const b = get(cells, rowI + columnK + 1);
      if (!v128.any_true(v128.or(f64x2.ne(a, zero), f64x2.ne(b, zero)))) continue;
      const lRe = sub(mul(a, inverseRe), mul(b, inverseIm));
      const lIm = add(mul(a, inverseIm), mul(b, inverseRe));
      set(cells, rowI + columnK, lRe);
      set(cells, rowI + columnK + 1, lIm);
      let u = at(cells, rowK + columnK + layout.COMPLEX);
      let x = at(cells, rowI + columnK + layout.COMPLEX);
      const end = at(cells, rowI + stride);
      while (x < end) {
        const uRe = v128.load(u);
        const uIm = v128.load(u, 16);
        v128.store(x, sub(v128.load(x), sub(mul(lRe, uRe), mul(lIm, uIm))));
        v128.store(x, sub(v128.load(x, 16), add(mul(lRe, uIm), mul(lIm, uRe))), 16);
        u += 32;
        x += 32;
      }
    }
  }
  set(cells, pivots + n, smallest);
}

/** Exchanges row k, at cell `rowK`, with the pivot's, in each lane by itself. */
function exchange(cells: usize, rowK: i32, matrix: i32, stride: i32, pivot: v128, k: i32): void {
  const first = i32(f64x2.extract_lane(pivot, 0));
  const second = i32(f64x2.extract_lane(pivot, 1));
  if (first != k) swapLane(at(cells, rowK), at(cells, matrix + stride * first), stride);
  if (second != k) swapLane(at(cells, rowK) + 8, at(cells, matrix + stride * second) + 8, stride);
}

/** Exchanges `count` doubles, 16 bytes apart: one lane of as many cells. */
function swapLane(a: usize, b: usize, count: i32): void {
  for (let j = 0; j < count; j++) {
    const kept = load<f64>(a);
    store<f64>(a, load<f64>(b));
    store<f64>(b, kept);
    a += 16;
    b += 16;
  }
}

/** Solves A x = b with the factors of `factorise`; b, from cell `x`, becomes the solution. */
export function solve(cells: usize, factors: i32, pivots: i32, n: i32, x: i32): void {
  const stride = layout.COMPLEX * n;
  for (let k = 0; k < n; k++) {
    exchange(cells, x + layout.COMPLEX * k, x, layout.COMPLEX, get(cells, pivots + k), k);
  }
  for (let i = 1; i < n; i++) subtractProduct(cells, factors + stride * i, x, 0, i, i);
  for (let i = n - 1; i >= 0; i--) {
    subtractProduct(cells, factors + stride * i, x, i + 1, n, i);
    divide(cells, x + layout.COMPLEX * i, factors + (stride + layout.COMPLEX) * i);
  }
}

/** Divides the complex number at cell `entry` by that at cell `by`. */
function divide(cells: usize, entry: i32, by: i32): void {
  let re = get(cells, by);
  let im = get(cells, by + 1);
  let norm = add(mul(re, re), mul(im, im));
  const bRe = get(cells, entry);
  const bIm = get(cells, entry + 1);
  let scale = splat(1);
  if (!inRange(norm)) {
    scale = unitScale(re, im, norm);
    re = mul(re, scale);
    im = mul(im, scale);
    norm = add(mul(re, re), mul(im, im));
  }
  set(cells, entry, mul(div(add(mul(bRe, re), mul(bIm, im)), norm), scale));
  set(cells, entry + 1, mul(div(sub(mul(bIm, re), mul(bRe, im)), norm), scale));
}

/** Whether both lanes of a square lie where a quotient loses nothing. */
function inRange(square: v128): bool {
  return i64x2.all_true(within(square, SMALLEST_SQUARE, LARGEST_SQUARE));
}

/** The power of two that brings a divisor to the size of 1, in the lanes out of range. */
function unitScale(re: v128, im: v128, square: v128): v128 {
  const inside = within(square, SMALLEST_SQUARE, LARGEST_SQUARE);
  return select(inside, splat(1), inverseExponent(larger(abs(re), abs(im))));
}

/** x_i −= Σ_{from ≤ j < to} row_j x_j. */
function subtractProduct(cells: usize, row: i32, x: i32, from: i32, to: i32, i: i32): void {
  let re = get(cells, x + layout.COMPLEX * i);
  let im = get(cells, x + layout.COMPLEX * i + 1);
  for (let j = from; j < to; j++) {
    const a = row + layout.COMPLEX * j;
    const b = x + layout.COMPLEX * j;
    const aRe = get(cells, a);
    const aIm = get(cells, a + 1);
    const bRe = get(cells, b);
    const bIm = get(cells, b + 1);
    re = sub(re, sub(mul(aRe, bRe), mul(aIm, bIm)));
    im = sub(im, add(mul(aRe, bIm), mul(aIm, bRe)));
  }
  set(cells, x + layout.COMPLEX * i, re);
  set(cells, x + layout.COMPLEX * i + 1, im);
}

/** Solves Aᵀ x = b with the factors of `factorise`; b, from cell `x`, becomes the solution. */
export function solveTransposed(cells: usize, factors: i32, pivots: i32, n: i32, x: i32): void {
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
    exchange(cells, x + layout.COMPLEX * k, x, layout.COMPLEX, get(cells, pivots + k), k);
  }
}

/** x_i −= Σ_{from ≤ j < to} column_j x_j. */
function subtractColumn(
  cells: usize,
  column: i32,
  stride: i32,
  x: i32,
  from: i32,
  to: i32,
  i: i32,
): void {
  let re = get(cells, x + layout.COMPLEX * i);
  let im = get(cells, x + layout.COMPLEX * i + 1);
  for (let j = from; j < to; j++) {
    const a = column + stride * j;
    const b = x + layout.COMPLEX * j;
    const aRe = get(cells, a);
    const aIm = get(cells, a + 1);
    const bRe = get(cells, b);
    const bIm = get(cells, b + 1);
    re = sub(re, sub(mul(aRe, bRe), mul(aIm, bIm)));
    im = sub(im, add(mul(aRe, bIm), mul(aIm, bRe)));
  }
  set(cells, x + layout.COMPLEX * i, re);
  set(cells, x + layout.COMPLEX * i + 1, im);
}
