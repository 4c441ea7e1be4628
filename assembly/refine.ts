import { productError, sumError } from "./double-double";
import { get, set, word } from "./cells";
import { add, mul, neg, select, splat, sub } from "./lanes";
import * as layout from "./layout";
import { solve } from "./lu";

/** Adds a·b to the sum in cells `at`, `at + 1`, to twice double precision. */
export function accumulate(cells: usize, at: i32, a: v128, b: v128): void {
  const product = mul(a, b);
  const before = get(cells, at);
  const sum = add(before, product);
  const error = add(sumError(before, product, sum), productError(a, b, product));
  set(cells, at + 1, add(get(cells, at + 1), error));
  set(cells, at, sum);
}

/** What the rates of the kernel lost to rounding, beside them. */
export function fillRateTails(words: usize, cells: usize): void {
  let entry = word(words, layout.RATE_TABLE);
  let rate = word(words, layout.RATE_CELLS);
  let tail = word(words, layout.RATE_TAIL_CELLS);
  const rates = word(words, layout.RATES);
  for (let k = 0; k < rates; k++) {
    const a = word(words, entry);
    const b = word(words, entry + 1);
    const aRe = get(cells, a);
    const aIm = get(cells, a + 1);
    const bRe = get(cells, b);
    const bIm = get(cells, b + 1);
    const correlation = get(cells, word(words, entry + 2));
    const re = get(cells, rate);
    const im = get(cells, rate + 1);
    set(cells, tail, productTail(aRe, bRe, aIm, bIm, correlation, re));
    set(cells, tail + 1, productTail(aIm, bRe, neg(aRe), bIm, correlation, im));
    entry += layout.RATE_WORDS;
    rate += layout.COMPLEX;
    tail += layout.COMPLEX;
  }
}

/** (a b + c d) e − rounded, where rounded is that product in double precision. */
function productTail(a: v128, b: v128, c: v128, d: v128, e: v128, rounded: v128): v128 {
  const ab = mul(a, b);
  const cd = mul(c, d);
  const sum = add(ab, cd);
  const error = add(add(productError(a, b, ab), productError(c, d, cd)), sumError(ab, cd, sum));
  return add(productError(sum, e, rounded), mul(error, e));
}

/**
 * The residual of (2.3) term by term from the rates and their tails: the matrix entries have
 * rounded, and where rates differ by orders of magnitude the steady state depends on the digits
 * they lost.
 */
export function fillResidual(words: usize, cells: usize): void {
  const n = word(words, layout.UNKNOWNS);
  const residuals = word(words, layout.RESIDUAL_CELLS);
  const x = word(words, layout.SOLUTION_CELLS);
  const tails = word(words, layout.RATE_TAIL_CELLS) - word(words, layout.RATE_CELLS);
  memory.fill(
    cells + <usize>(layout.CELL_BYTES * residuals),
    0,
    <usize>(layout.CELL_BYTES * layout.SUM_SIZE * n),
  );
  let entry = word(words, layout.TERM_TABLE);
  const terms = word(words, layout.TERMS);
  for (let k = 0; k < terms; k++) {
    const rate = word(words, entry + 1);
    const unknown = word(words, entry + 2);
    const residual = word(words, entry + 3);
    const weight = splat(0.5 * word(words, entry + 4));
    const re = mul(weight, get(cells, rate));
    const im = mul(weight, get(cells, rate + 1));
    const xRe = get(cells, unknown);
    const xIm = get(cells, unknown + 1);
    accumulate(cells, residual, re, xRe);
    accumulate(cells, residual, neg(im), xIm);
    accumulate(cells, residual + 2, re, xIm);
    accumulate(cells, residual + 2, im, xRe);
    const reTail = mul(weight, get(cells, rate + tails));
    const imTail = mul(weight, get(cells, rate + tails + 1));
    const sumRe = sub(mul(reTail, xRe), mul(imTail, xIm));
    const sumIm = add(mul(reTail, xIm), mul(imTail, xRe));
    set(cells, residual + 1, add(get(cells, residual + 1), sumRe));
    set(cells, residual + 3, add(get(cells, residual + 3), sumIm));
    entry += layout.TERM_WORDS;
  }
  entry = word(words, layout.DETUNING_TABLE);
  const detunings = word(words, layout.DETUNINGS);
  for (let k = 0; k < detunings; k++) {
    const energy = sub(get(cells, word(words, entry + 1)), get(cells, word(words, entry + 2)));
    const unknown = word(words, entry + 3);
    const residual = word(words, entry + 4);
    accumulate(cells, residual, energy, get(cells, unknown + 1));
    accumulate(cells, residual + 2, neg(energy), get(cells, unknown));
    entry += layout.DETUNING_WORDS;
  }
  // the trace row
  const scale = splat(layout.TRACE_SCALE);
  for (let k = 0; k < layout.SUM_SIZE; k++) set(cells, residuals + k, splat(0));
  accumulate(cells, residuals, splat(1), neg(scale));
  const levels = word(words, layout.LEVELS);
  for (let p = 0; p < levels; p++) {
    accumulate(cells, residuals, scale, get(cells, x + layout.COMPLEX * p));
    accumulate(cells, residuals + 2, scale, get(cells, x + layout.COMPLEX * p + 1));
  }
}

/** Iterative refinement of the solution cells, in the lanes of `mask`, with the factors at hand. */
export function refine(words: usize, cells: usize, mask: v128): void {
  const n = word(words, layout.UNKNOWNS);
  const x = word(words, layout.SOLUTION_CELLS);
  const correction = word(words, layout.CORRECTION_CELLS);
  const residuals = word(words, layout.RESIDUAL_CELLS);
  const scales = word(words, layout.SCALE_CELLS);
  fillRateTails(words, cells);
  for (let step = 0; step < layout.REFINEMENT_STEPS; step++) {
    fillResidual(words, cells);
    for (let i = 0; i < n; i++) {
      const residual = residuals + layout.SUM_SIZE * i;
      const scale = i == 0 ? splat(1) : get(cells, scales + i);
      const re = add(get(cells, residual), get(cells, residual + 1));
      const im = add(get(cells, residual + 2), get(cells, residual + 3));
      set(cells, correction + layout.COMPLEX * i, mul(re, scale));
      set(cells, correction + layout.COMPLEX * i + 1, mul(im, scale));
    }
    solve(cells, word(words, layout.FACTOR_CELLS), word(words, layout.PIVOT_CELLS), n, correction);
    for (let i = 0; i < layout.COMPLEX * n; i++) {
      const refined = sub(get(cells, x + i), get(cells, correction + i));
      set(cells, x + i, select(mask, refined, get(cells, x + i)));
    }
  }
}
