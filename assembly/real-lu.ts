import { at, get, set } from "./cells";
import { abs, div, mul, select, smaller, splat, sub } from "./lanes";

/**
 * P A = L U of a real n × n matrix, row-major from cell `matrix`, in place; L has a unit diagonal.
 * The pivot of a column is the first entry of largest magnitude, chosen in each lane by itself; its
 * row goes to cell `pivots` + column, the size of the smallest pivot to `pivots` + n.
 */
export function factoriseReal(cells: usize, matrix: i32, pivots: i32, n: i32): void {
  const zero = splat(0);
  let smallest = splat(Infinity);
  for (let k = 0; k < n; k++) {
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
    smallest = smaller(smallest, best);

    const inverse = div(splat(1), get(cells, rowK + k));
    for (let i = k + 1; i < n; i++) {
      const rowI = matrix + n * i;
      const entry = get(cells, rowI + k);
      if (!v128.any_true(f64x2.ne(entry, zero))) continue;
      const factor = mul(entry, inverse);
      set(cells, rowI + k, factor);
      let u = at(cells, rowK + k + 1);
      let x = at(cells, rowI + k + 1);
      const end = at(cells, rowI + n);
      while (x + 16 < end) {
        v128.store(x, sub(v128.load(x), mul(factor, v128.load(u))));
        v128.store(x, sub(v128.load(x, 16), mul(factor, v128.load(u, 16))), 16);
        u += 32;
        x += 32;
      }
      if (x < end) v128.store(x, sub(v128.load(x), mul(factor, v128.load(u))));
    }
  }
  set(cells, pivots + n, smallest);
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
