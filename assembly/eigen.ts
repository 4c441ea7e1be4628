import { get, set } from "./cells";
import { abs, add, div, larger, mul, neg, select, splat, sub } from "./lanes";
import { COMPLEX } from "./layout";
import * as layout from "./system-layout";

/**
 * Eigenvalues and eigenvectors of the Hermitian m × m matrix at cell `matrix`, row-major, by cyclic
 * Jacobi rotations (Golub and Van Loan, 8.5), each lane rotated by its own rule. The matrix becomes
 * diagonal, the eigenvectors the columns of the unitary one at cell `vectors`. Nothing is sorted: a
 * matrix that is diagonal already stays as it is, degenerate or not.
 */
export function diagonalise(cells: usize, matrix: i32, vectors: i32, m: i32): void {
  const stride = COMPLEX * m;
  let scale = splat(0);
  for (let k = 0; k < stride * m; k++) {
    scale = larger(scale, abs(get(cells, matrix + k)));
    set(cells, vectors + k, splat(0));
  }
  for (let k = 0; k < m; k++) set(cells, vectors + (stride + COMPLEX) * k, splat(1));
  const bound = mul(splat(layout.SMALLEST_ROTATION), scale);
  for (let sweep = 0; sweep < layout.MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < m - 1; p++) {
      for (let q = p + 1; q < m; q++) {
        if (rotate(cells, matrix, vectors, m, p, q, bound, sweep == 0)) rotated = true;
      }
    }
    if (!rotated) return;
  }
}

/**
 * Makes the entry (p, q) zero where it matters: in the first sweep where it would turn the vectors at
 * all, which small couplings of equal energies do; later where it is no rounding error of the whole
 * either. A sweep without a rotation is the last: none that follows would have one.
 */
function rotate(
  cells: usize,
  matrix: i32,
  vectors: i32,
  m: i32,
  p: i32,
  q: i32,
  bound: v128,
  first: bool,
): bool {
  const stride = COMPLEX * m;
  const rowP = matrix + stride * p;
  const rowQ = matrix + stride * q;
  const pq = rowP + COMPLEX * q;
  const re = get(cells, pq);
  const im = get(cells, pq + 1);
  const size = f64x2.sqrt(add(mul(re, re), mul(im, im)));
  const energyP = get(cells, rowP + COMPLEX * p);
  const energyQ = get(cells, rowQ + COMPLEX * q);
  const gap = sub(energyQ, energyP);
  const least = mul(splat(layout.SMALLEST_ROTATION), abs(gap));
  const mask = f64x2.gt(size, first ? least : larger(least, bound));
  if (!v128.any_true(mask)) return false;

  const tau = div(gap, mul(splat(2), size));
  const positive = div(splat(1), add(abs(tau), f64x2.sqrt(add(splat(1), mul(tau, tau)))));
  const t = select(f64x2.lt(tau, splat(0)), neg(positive), positive);
  const c = div(splat(1), f64x2.sqrt(add(splat(1), mul(t, t))));
  const s = mul(t, c);
  const sRe = mul(s, div(re, size));
  const sIm = mul(s, div(im, size));
  for (let k = 0; k < m; k++) {
    if (k != p && k != q) {
      turn(
        cells,
        matrix + stride * k + COMPLEX * p,
        matrix + stride * k + COMPLEX * q,
        c,
        sRe,
        sIm,
        mask,
      );
      mirror(cells, matrix + stride * k + COMPLEX * p, rowP + COMPLEX * k, mask);
      mirror(cells, matrix + stride * k + COMPLEX * q, rowQ + COMPLEX * k, mask);
    }
    turn(
      cells,
      vectors + stride * k + COMPLEX * p,
      vectors + stride * k + COMPLEX * q,
      c,
      sRe,
      sIm,
      mask,
    );
  }
  const shift = mul(t, size);
  set(cells, rowP + COMPLEX * p, select(mask, sub(energyP, shift), energyP));
  set(cells, rowQ + COMPLEX * q, select(mask, add(energyQ, shift), energyQ));
  set(cells, pq, v128.andnot(re, mask));
  set(cells, pq + 1, v128.andnot(im, mask));
  mirror(cells, pq, rowQ + COMPLEX * p, mask);
  return true;
}

/** (a, b) → (c a − s* b, s a + c b), in the lanes of `mask`. */
function turn(cells: usize, a: i32, b: i32, c: v128, sRe: v128, sIm: v128, mask: v128): void {
  const aRe = get(cells, a);
  const aIm = get(cells, a + 1);
  const bRe = get(cells, b);
  const bIm = get(cells, b + 1);
  set(cells, a, select(mask, sub(mul(c, aRe), add(mul(sRe, bRe), mul(sIm, bIm))), aRe));
  set(cells, a + 1, select(mask, sub(mul(c, aIm), sub(mul(sRe, bIm), mul(sIm, bRe))), aIm));
  set(cells, b, select(mask, add(sub(mul(sRe, aRe), mul(sIm, aIm)), mul(c, bRe)), bRe));
  set(cells, b + 1, select(mask, add(add(mul(sRe, aIm), mul(sIm, aRe)), mul(c, bIm)), bIm));
}

/** The complex conjugate of one cell to another, in the lanes of `mask`. */
function mirror(cells: usize, from: i32, to: i32, mask: v128): void {
  set(cells, to, select(mask, get(cells, from), get(cells, to)));
  set(cells, to + 1, select(mask, neg(get(cells, from + 1)), get(cells, to + 1)));
}
