import { get, set, word } from "./cells";
import { bathRecord } from "./coupling";
import { abs, add, mul, neg, select, splat, sub } from "./lanes";
import * as common from "./layout";
import * as layout from "./system-layout";

/** The mask of lanes in which the equation keeps the term of these two transitions. */
function kept(words: usize, cells: usize, at: i32, cutoff: v128): v128 {
  const first = get(cells, word(words, at));
  const second = get(cells, word(words, at + 1));
  return f64x2.le(abs(sub(first, second)), cutoff);
}

/** The mask of lanes in which a coherence couples to the populations. */
export function coherencesMatter(words: usize, cells: usize): v128 {
  if (word(words, layout.EQUATION) == layout.KEEP_ALL) return i64x2.splat(-1);
  const cutoff = get(cells, word(words, layout.CUTOFF_CELL));
  let mask = i64x2.splat(word(words, layout.WIDE_COMMUTATORS) > 0 ? -1 : 0);
  let at = word(words, layout.COUPLER_TABLE);
  const couplers = word(words, layout.COUPLERS);
  for (let k = 0; k < couplers; k++) {
    mask = v128.or(mask, kept(words, cells, at, cutoff));
    at += layout.COUPLER_WORDS;
  }
  return mask;
}

/** To the matrix's entry at `at`: factor × value. */
function accumulate(words: usize, cells: usize, matrix: i32, at: i32, value: v128): void {
  const entry = matrix + word(words, at);
  const factor = splat(word(words, at + 1));
  set(cells, entry, add(get(cells, entry), mul(factor, value)));
}

/** k ρ_qq′ + h.c. to the equation of ρ_pp′, real and imaginary parts: four entries. */
function scatter(words: usize, cells: usize, matrix: i32, at: i32, re: v128, im: v128): void {
  accumulate(words, cells, matrix, at, re);
  accumulate(words, cells, matrix, at + 2, im);
  accumulate(words, cells, matrix, at + 4, im);
  accumulate(words, cells, matrix, at + 6, re);
}

/** G = Σ A Q of a bath, and the energy it moves: J_pq = Σ_l (E_l − E_p) A_pl Q_lq. */
function fillProducts(words: usize, cells: usize, record: i32, wide: bool): void {
  const all = word(words, layout.EQUATION) == layout.KEEP_ALL;
  const cutoff = get(cells, word(words, layout.CUTOFF_CELL));
  const flows = word(words, record + layout.FLOW_CELLS);
  memory.fill(
    cells + <usize>(common.CELL_BYTES * flows),
    0,
    <usize>(common.CELL_BYTES * word(words, record + layout.FLOW_COUNT)),
  );
  let at = word(words, record + layout.PRODUCT_TABLE);
  const count = word(words, record + (wide ? layout.PRODUCTS : layout.NARROW_PRODUCTS));
  for (let k = 0; k < count; k++, at += layout.PRODUCT_WORDS) {
    const mask = all ? i64x2.splat(-1) : kept(words, cells, at + 2, cutoff);
    if (!v128.any_true(mask)) continue;
    const a = word(words, at);
    const q = word(words, at + 1);
    const aRe = get(cells, a);
    const aIm = get(cells, a + 1);
    const qRe = get(cells, q);
    const qIm = get(cells, q + 1);
    const re = v128.and(mask, sub(mul(aRe, qRe), mul(aIm, qIm)));
    const im = v128.and(mask, add(mul(aRe, qIm), mul(aIm, qRe)));
    const g = word(words, at + 4);
    set(cells, g, add(get(cells, g), re));
    set(cells, g + 1, add(get(cells, g + 1), im));
    const energy = sub(get(cells, word(words, at + 6)), get(cells, word(words, at + 7)));
    const j = word(words, at + 5);
    const jRe = mul(energy, re);
    const jIm = mul(energy, im);
    set(cells, j, add(get(cells, j), jRe));
    set(cells, j + 1, add(get(cells, j + 1), jIm));
    set(cells, j + 2, add(get(cells, j + 2), add(abs(jRe), abs(jIm))));
  }
}

/** −G ρ + h.c. */
export function addLosses(words: usize, cells: usize, record: i32, matrix: i32, wide: bool): void {
  let at = word(words, record + layout.NARROW_LOSS_TABLE);
  const narrow = word(words, record + layout.NARROW_LOSSES);
  for (let k = 0; k < narrow; k++, at += layout.NARROW_LOSS_WORDS) {
    const entry = matrix + word(words, at + 1);
    set(cells, entry, sub(get(cells, entry), mul(splat(2), get(cells, word(words, at)))));
  }
  if (!wide) return;
  const table = word(words, record + layout.WIDE_LOSS_TABLE);
  addWideLosses(words, cells, table, word(words, record + layout.WIDE_LOSSES), matrix);
}

export function addWideLosses(words: usize, cells: usize, at: i32, count: i32, matrix: i32): void {
  for (let k = 0; k < count; k++, at += layout.WIDE_LOSS_WORDS) {
    const g = word(words, at);
    scatter(words, cells, matrix, at + 1, neg(get(cells, g)), neg(get(cells, g + 1)));
  }
}

/** Q ρ A + h.c. */
export function addGains(words: usize, cells: usize, record: i32, matrix: i32, wide: bool): void {
  let at = word(words, record + layout.NARROW_GAIN_TABLE);
  const narrow = word(words, record + layout.NARROW_GAINS);
  for (let k = 0; k < narrow; k++, at += layout.NARROW_GAIN_WORDS) {
    const q = word(words, at);
    const a = word(words, at + 1);
    const re = sub(mul(get(cells, q), get(cells, a)), mul(get(cells, q + 1), get(cells, a + 1)));
    const entry = matrix + word(words, at + 2);
    set(cells, entry, add(get(cells, entry), mul(splat(2), re)));
  }
  if (!wide) return;
  const table = word(words, record + layout.WIDE_GAIN_TABLE);
  addWideGains(words, cells, table, word(words, record + layout.WIDE_GAINS), matrix);
}

/** Gains group by group: the products that go to the same four entries, then those entries. */
export function addWideGains(words: usize, cells: usize, at: i32, count: i32, matrix: i32): void {
  if (word(words, layout.EQUATION) == layout.KEEP_ALL)
    addGroups<Every>(words, cells, at, count, matrix);
  else addGroups<Kept>(words, cells, at, count, matrix);
}

/** Whether every product is kept, as types, so that each case has a loop of its own. */
class Every {}
class Kept {}

function addGroups<Products>(words: usize, cells: usize, at: i32, count: i32, matrix: i32): void {
  const every = idof<Products>() == idof<Every>();
  const cutoff = get(cells, word(words, layout.CUTOFF_CELL));
  for (let k = 0; k < count; k++) {
    let a = splat(0);
    let b = splat(0);
    let c = splat(0);
    let d = splat(0);
    const products = word(words, at + 4);
    let p = at + layout.GROUP_WORDS;
    const end = p + layout.GAIN_WORDS * products;
    for (; p < end; p += layout.GAIN_WORDS) {
      let mask = i64x2.splat(-1);
      if (!every) {
        mask = kept(words, cells, p + 2, cutoff);
        if (!v128.any_true(mask)) continue;
      }
      const q = word(words, p);
      const r = word(words, p + 1);
      const qRe = get(cells, q);
      const qIm = get(cells, q + 1);
      const rRe = get(cells, r);
      const rIm = get(cells, r + 1);
      let re = sub(mul(qRe, rRe), mul(qIm, rIm));
      let im = add(mul(qRe, rIm), mul(qIm, rRe));
      if (!every) {
        re = v128.and(mask, re);
        im = v128.and(mask, im);
      }
      a = add(a, mul(factor(words, p + 4), re));
      b = add(b, mul(factor(words, p + 5), im));
      c = add(c, mul(factor(words, p + 6), im));
      d = add(d, mul(factor(words, p + 7), re));
    }
    addTo(cells, matrix + word(words, at), a);
    addTo(cells, matrix + word(words, at + 1), b);
    addTo(cells, matrix + word(words, at + 2), c);
    addTo(cells, matrix + word(words, at + 3), d);
    at = end;
  }
}

/** A word of the plan as a number in both lanes. */
function factor(words: usize, index: i32): v128 {
  return f64x2.convert_low_i32x4_s(v128.load32_splat(words + ((<usize>index) << 2)));
}

function addTo(cells: usize, entry: i32, value: v128): void {
  set(cells, entry, add(get(cells, entry), value));
}

/** −i E_pp′ ρ_pp′ in the eigenbasis. */
export function addDetunings(words: usize, cells: usize, at: i32, count: i32, matrix: i32): void {
  for (let k = 0; k < count; k++, at += layout.DETUNING_WORDS) {
    const gap = sub(get(cells, word(words, at)), get(cells, word(words, at + 1)));
    const up = matrix + word(words, at + 2);
    const down = matrix + word(words, at + 3);
    set(cells, up, add(get(cells, up), gap));
    set(cells, down, sub(get(cells, down), gap));
  }
}

/** −i [H, ρ] of the populations' unknowns. For `local` i H is one more G. */
function addCommutator(words: usize, cells: usize, matrix: i32): void {
  const detunings = word(words, common.DETUNING_TABLE);
  addDetunings(words, cells, detunings, word(words, common.DETUNINGS), matrix);
  const losses = word(words, layout.WIDE_COMMUTATOR_TABLE);
  addWideLosses(words, cells, losses, word(words, layout.WIDE_COMMUTATORS), matrix);
}

/**
 * The matrix of dρ/dt = −i [H, ρ] + Σ (Q ρ A − A Q ρ + h.c.) on the real unknowns, the populations
 * first. Coherences are left out where they matter in no lane; where in one alone, their rows say in
 * the other that they vanish.
 */
export function assembleGenerator(words: usize, cells: usize, active: v128): void {
  const n = word(words, common.UNKNOWNS);
  const matrix = word(words, common.MATRIX_CELLS);
  const wide = v128.any_true(active);
  memory.fill(cells + <usize>(common.CELL_BYTES * matrix), 0, <usize>(common.CELL_BYTES * n * n));
  const baths = word(words, common.BATHS);
  for (let b = 0; b < baths; b++) {
    const record = bathRecord(words, b);
    fillProducts(words, cells, record, wide);
    addLosses(words, cells, record, matrix, wide);
    addGains(words, cells, record, matrix, wide);
  }
  if (!wide) return;
  addCommutator(words, cells, matrix);
  if (!v128.any_true(v128.not(active))) return;
  for (let i = word(words, common.LEVELS); i < n; i++) {
    for (let j = 0; j < n; j++) {
      const entry = matrix + n * i + j;
      set(cells, entry, select(active, get(cells, entry), splat(i == j ? 1 : 0)));
    }
  }
}
