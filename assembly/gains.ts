import { at, get, word } from "./cells";
import { abs, add, mul, splat, sub } from "./lanes";
import * as common from "./layout";
import { Complex } from "./losses";
import * as layout from "./system-layout";

/** Whether a row is new or added to, and whether by one term or two, as types. */
class Fresh {}
class Added {}
class One {}
class Two {}

/**
 * T_qq′ = Σ ½ (D_pq + D_p′q′) S_pq S*_p′q′ of `count` terms from number `first` on: what ρ_qq′ brings to ρ_pp′.
 * Of populations the half q ≤ q′ only.
 */
export function fillGains<Field>(
  words: usize,
  cells: usize,
  first: i32,
  count: i32,
  p: i32,
  p1: i32,
): void {
  const n = word(words, common.LEVELS);
  const support = word(words, layout.SUPPORT_TABLE) + n * p;
  const bytes = <usize>(common.CELL_BYTES * common.COMPLEX * n);
  const size = <usize>(common.CELL_BYTES * layout.TERM_SIZE);
  const step = size * word(words, layout.TERMS);
  const matrix = at(cells, word(words, layout.TERM_CELLS)) + size * first;
  let to = at(cells, word(words, layout.GAIN_CELLS));
  for (let q = 0; q < n; q++, to += bytes) {
    const from = p == p1 ? q : 0;
    const start = to + ((<usize>from) << 5);
    const end = to + bytes;
    if (word(words, support + q) == 0) {
      for (let t = start; t < end; t += 16) v128.store(t, splat(0));
      continue;
    }
    let left = matrix + step * (n * p + q);
    let right = matrix + step * (n * p1 + from);
    if (count == 1) {
      addRow<Field, Fresh, One>(left, right, step, start, end);
      continue;
    }
    addRow<Field, Fresh, Two>(left, right, step, start, end);
    for (let k = 2; k < count; k += 2) {
      left += 2 * size;
      right += 2 * size;
      if (k + 1 < count) addRow<Field, Added, Two>(left, right, step, start, end);
      else addRow<Field, Added, One>(left, right, step, start, end);
    }
  }
}

/** A row of T from one term or two, whose elements lie side by side. */
function addRow<Field, Row, Terms>(
  left: usize,
  right: usize,
  step: usize,
  start: usize,
  end: usize,
): void {
  const complex = idof<Field>() == idof<Complex>();
  const fresh = idof<Row>() == idof<Fresh>();
  const two = idof<Terms>() == idof<Two>();
  const a = v128.load(left);
  const aRe = v128.load(left, 16);
  const aIm = v128.load(left, 32);
  const b = two ? v128.load(left, 80) : a;
  const bRe = two ? v128.load(left, 96) : a;
  const bIm = two ? v128.load(left, 112) : a;
  let x = right;
  for (let to = start; to < end; to += 32) {
    const weight = add(a, v128.load(x));
    const xRe = v128.load(x, 16);
    let re = mul(aRe, xRe);
    let im = a;
    if (complex) {
      const xIm = v128.load(x, 32);
      re = add(re, mul(aIm, xIm));
      im = mul(weight, sub(mul(aIm, xRe), mul(aRe, xIm)));
      if (!fresh) im = add(v128.load(to, 16), im);
    }
    re = mul(weight, re);
    if (!fresh) re = add(v128.load(to), re);
    if (two) {
      const weight2 = add(b, v128.load(x, 80));
      const yRe = v128.load(x, 96);
      let more = mul(bRe, yRe);
      if (complex) {
        const yIm = v128.load(x, 112);
        more = add(more, mul(bIm, yIm));
        im = add(im, mul(weight2, sub(mul(bIm, yRe), mul(bRe, yIm))));
      }
      re = add(re, mul(weight2, more));
    }
    v128.store(to, re);
    if (complex) v128.store(to, im, 16);
    x += step;
  }
}

/** Takes out of T what the equation does not keep: w(q → p) and w(q′ → p′) too far apart. */
export function dropGains(words: usize, cells: usize, p: i32, p1: i32): void {
  const n = word(words, common.LEVELS);
  const labels = word(words, layout.LABEL_CELLS);
  const cutoff = get(cells, word(words, layout.CUTOFF_CELL));
  let to = at(cells, word(words, layout.GAIN_CELLS));
  for (let q = 0; q < n; q++) {
    const own = get(cells, labels + n * p + q);
    for (let q1 = 0; q1 < n; q1++, to += 32) {
      const mask = f64x2.le(abs(sub(own, get(cells, labels + n * p1 + q1))), cutoff);
      v128.store(to, v128.and(v128.load(to), mask));
      v128.store(to, v128.and(v128.load(to, 16), mask), 16);
    }
  }
}

/** −G ρ − ρ G†: T_lp′ less G_pl, T_pl less G*_p′l; of populations the half that there is. */
export function subtractLosses<Field>(words: usize, cells: usize, p: i32, p1: i32): void {
  const complex = idof<Field>() == idof<Complex>();
  const n = word(words, common.LEVELS);
  const row = <usize>(common.CELL_BYTES * common.COMPLEX * n);
  const gains = at(cells, word(words, layout.GAIN_CELLS));
  const losses = at(cells, word(words, layout.LOSS_CELLS));
  let g = losses + row * p;
  let to = gains + ((<usize>p1) << 5);
  const last = g + (p == p1 ? (<usize>(p + 1)) << 5 : row);
  for (; g < last; g += 32, to += row) {
    v128.store(to, sub(v128.load(to), v128.load(g)));
    if (complex) v128.store(to, sub(v128.load(to, 16), v128.load(g, 16)), 16);
  }
  const start = p == p1 ? (<usize>p) << 5 : 0;
  let h = losses + row * p1 + start;
  const end = losses + row * (p1 + 1);
  for (to = gains + row * p + start; h < end; h += 32, to += 32) {
    v128.store(to, sub(v128.load(to), v128.load(h)));
    if (complex) v128.store(to, add(v128.load(to, 16), v128.load(h, 16)), 16);
  }
}
