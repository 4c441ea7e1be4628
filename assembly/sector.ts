import { basisOf } from "./basis";
import { at, get, set, word } from "./cells";
import { dropGains, fillGains, subtractLosses } from "./gains";
import { add, mul, neg, splat, sub } from "./lanes";
import * as common from "./layout";
import { Complex, isReal, Real } from "./losses";
import * as layout from "./system-layout";

/**
 * The matrix of Σ Q ρ S† + h.c., −G ρ + h.c. and −i [H, ρ] on the real unknowns of a sector: populations, if it has them, then real and imaginary part of its coherences.
 */
export function assembleSector(words: usize, cells: usize, sector: i32, matrix: i32): void {
  if (isReal(words)) assembleRows<Real>(words, cells, sector, matrix);
  else assembleRows<Complex>(words, cells, sector, matrix);
}

function assembleRows<Field>(words: usize, cells: usize, sector: i32, matrix: i32): void {
  const size = word(words, sector + layout.SECTOR_SIZE);
  const levels = word(words, sector + layout.SECTOR_LEVELS);
  let row = at(cells, matrix);
  for (let p = 0; p < levels; p++) {
    fillRow<Field>(words, cells, p, p);
    storePopulation<Field>(words, cells, sector, row);
    row += (<usize>size) << 4;
  }
  const energies = word(words, basisOf(words, 0) + 1);
  const turning = word(words, layout.BASES) == 1;
  const coherences = word(words, sector + layout.COHERENCES);
  let entry = word(words, sector + layout.COHERENCE_TABLE);
  for (let k = 0; k < coherences; k++, entry += layout.COHERENCE_WORDS) {
    const p = word(words, entry);
    const p1 = word(words, entry + 1);
    fillRow<Field>(words, cells, p, p1);
    const next = row + ((<usize>size) << 4);
    storeCoherence<Field>(words, cells, sector, row, next);
    if (turning) {
      const own = (<usize>(levels + 2 * k)) << 4;
      const gap = sub(get(cells, energies + p), get(cells, energies + p1));
      v128.store(row + own, add(v128.load(row + own, 16), gap), 16);
      v128.store(next + own, sub(v128.load(next + own), gap));
    }
    row = next + ((<usize>size) << 4);
  }
}

/** What every ρ_qq′ brings to ρ_pp′. */
function fillRow<Field>(words: usize, cells: usize, p: i32, p1: i32): void {
  fillGains<Field>(words, cells, 0, word(words, layout.TERMS), p, p1);
  if (word(words, layout.EQUATION) != layout.KEEP_ALL) dropGains(words, cells, p, p1);
  subtractLosses<Field>(words, cells, p, p1);
}

/** The row of a population, T Hermitian. */
function storePopulation<Field>(words: usize, cells: usize, sector: i32, row: usize): void {
  const complex = idof<Field>() == idof<Complex>();
  const gains = at(cells, word(words, layout.GAIN_CELLS));
  const levels = word(words, sector + layout.SECTOR_LEVELS);
  const step = <usize>(common.CELL_BYTES * common.COMPLEX * (levels + 1));
  let from = gains;
  let to = row;
  for (let q = 0; q < levels; q++, from += step, to += 16) v128.store(to, v128.load(from));
  const coherences = word(words, sector + layout.COHERENCES);
  let entry = words + ((<usize>word(words, sector + layout.COHERENCE_TABLE)) << 2);
  for (let k = 0; k < coherences; k++, entry += 4 * layout.COHERENCE_WORDS, to += 32) {
    const t = gains + <usize>load<i32>(entry, 8);
    const re = v128.load(t);
    v128.store(to, add(re, re));
    let im = splat(0);
    if (complex) {
      im = v128.load(t, 16);
      im = neg(add(im, im));
    }
    v128.store(to, im, 16);
  }
}

/** The rows of real and imaginary part of a coherence. */
function storeCoherence<Field>(
  words: usize,
  cells: usize,
  sector: i32,
  row: usize,
  next: usize,
): void {
  const complex = idof<Field>() == idof<Complex>();
  const gains = at(cells, word(words, layout.GAIN_CELLS));
  const n = word(words, common.LEVELS);
  const levels = word(words, sector + layout.SECTOR_LEVELS);
  const step = <usize>(common.CELL_BYTES * common.COMPLEX * (n + 1));
  let from = gains;
  let re = row;
  let im = next;
  for (let q = 0; q < levels; q++, from += step, re += 16, im += 16) {
    v128.store(re, v128.load(from));
    v128.store(im, complex ? v128.load(from, 16) : splat(0));
  }
  const coherences = word(words, sector + layout.COHERENCES);
  let entry = words + ((<usize>word(words, sector + layout.COHERENCE_TABLE)) << 2);
  for (let k = 0; k < coherences; k++, entry += 4 * layout.COHERENCE_WORDS) {
    const t = gains + <usize>load<i32>(entry, 8);
    const u = gains + <usize>load<i32>(entry, 12);
    const tRe = v128.load(t);
    const uRe = v128.load(u);
    v128.store(re, add(tRe, uRe));
    v128.store(im, sub(tRe, uRe), 16);
    let across = splat(0);
    let back = splat(0);
    if (complex) {
      const tIm = v128.load(t, 16);
      const uIm = v128.load(u, 16);
      across = sub(uIm, tIm);
      back = add(tIm, uIm);
    }
    v128.store(re, across, 16);
    v128.store(im, back);
    re += 32;
    im += 32;
  }
}

/** The populations' rates alone, D_pq |S_pq|², and −2 Re G_pp. */
export function assembleRates(words: usize, cells: usize, matrix: i32): void {
  const n = word(words, common.LEVELS);
  const stride = word(words, common.UNKNOWNS);
  const losses = word(words, layout.LOSS_CELLS);
  const terms = word(words, layout.TERMS);
  let term = word(words, layout.TERM_CELLS);
  for (let p = 0; p < n; p++) {
    for (let q = 0; q < n; q++) {
      const entry = losses + common.COMPLEX * (n * p + q);
      let rate = splat(0);
      for (let k = 0; k < terms; k++, term += layout.TERM_SIZE) {
        const half = get(cells, term);
        const re = get(cells, term + layout.COUPLING);
        const im = get(cells, term + layout.COUPLING + 1);
        rate = add(rate, mul(add(half, half), add(mul(re, re), mul(im, im))));
      }
      // in the order of a sector's rows
      if (p == q) rate = sub(sub(rate, get(cells, entry)), get(cells, entry));
      set(cells, matrix + stride * p + q, rate);
    }
  }
}
