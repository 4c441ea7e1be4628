import { get, set, word } from "./cells";
import { diagonalise } from "./eigen";
import { abs, add, larger, mul, neg, smaller, splat, sub, within } from "./lanes";
import * as common from "./layout";
import * as layout from "./system-layout";

/** First word of basis number k's record. */
export function basisOf(words: usize, k: i32): i32 {
  return word(words, layout.BASIS_TABLE) + layout.BASIS_WORDS * k;
}

/** Energies and states of one Hamiltonian, block by block: levels of different blocks never mix. */
function diagonaliseBlocks(words: usize, cells: usize, basis: i32): void {
  const levels = word(words, common.LEVELS);
  const matrix = word(words, basis);
  const energies = word(words, basis + 1);
  const vectors = word(words, basis + 2);
  const blocks = word(words, basis + 3);
  let block = word(words, basis + 4);
  const work = word(words, layout.WORK_CELLS);
  for (let k = 0; k < blocks; k++) {
    const m = word(words, block);
    const rotations = work + common.COMPLEX * m * m;
    for (let a = 0; a < m; a++) {
      const i = word(words, block + 1 + a);
      for (let b = 0; b < m; b++) {
        const from = matrix + common.COMPLEX * (levels * i + word(words, block + 1 + b));
        const to = work + common.COMPLEX * (m * a + b);
        set(cells, to, get(cells, from));
        set(cells, to + 1, get(cells, from + 1));
      }
    }
    diagonalise(cells, work, rotations, m);
    for (let a = 0; a < m; a++) {
      const i = word(words, block + 1 + a);
      set(cells, energies + i, get(cells, work + common.COMPLEX * (m + 1) * a));
      for (let b = 0; b < m; b++) {
        const to = vectors + common.COMPLEX * (levels * i + word(words, block + 1 + b));
        const from = rotations + common.COMPLEX * (m * a + b);
        set(cells, to, get(cells, from));
        set(cells, to + 1, get(cells, from + 1));
      }
    }
    block += 1 + m;
  }
}

/** V† O V of one operator, where the plan says an element can be; its largest |re|, |im| beside it. */
function project(words: usize, cells: usize, record: i32): void {
  const levels = word(words, common.LEVELS);
  const half = word(words, layout.HALF_CELLS);
  const vectors = word(words, record + layout.VECTORS);
  const blockOf = word(words, record + layout.LEVEL_BLOCKS);
  const target = word(words, record + layout.TARGET);
  const adjoint = word(words, record + layout.ADJOINT);
  memory.fill(
    cells + <usize>(common.CELL_BYTES * half),
    0,
    <usize>(common.CELL_BYTES * common.COMPLEX * levels * levels),
  );
  let at = word(words, record + layout.ENTRY_TABLE);
  const entries = word(words, record + layout.ENTRIES);
  for (let k = 0; k < entries; k++) {
    const i = word(words, at);
    const j = word(words, at + 1);
    const entry = word(words, at + 2);
    const re = get(cells, entry);
    const im = get(cells, entry + 1);
    const block = word(words, blockOf + j);
    const m = word(words, block);
    for (let b = 1; b <= m; b++) {
      const q = word(words, block + b);
      const v = vectors + common.COMPLEX * (levels * j + q);
      const to = half + common.COMPLEX * (levels * i + q);
      const vRe = get(cells, v);
      const vIm = get(cells, v + 1);
      set(cells, to, add(get(cells, to), sub(mul(re, vRe), mul(im, vIm))));
      set(cells, to + 1, add(get(cells, to + 1), add(mul(re, vIm), mul(im, vRe))));
    }
    at += layout.ENTRY_WORDS;
  }
  let norm = splat(0);
  at = word(words, record + layout.ELEMENT_TABLE);
  const elements = word(words, record + layout.ELEMENTS);
  for (let k = 0; k < elements; k++) {
    const p = word(words, at);
    const q = word(words, at + 1);
    const block = word(words, blockOf + p);
    const m = word(words, block);
    let re = splat(0);
    let im = splat(0);
    for (let b = 1; b <= m; b++) {
      const i = word(words, block + b);
      const v = vectors + common.COMPLEX * (levels * i + p);
      const from = half + common.COMPLEX * (levels * i + q);
      const vRe = get(cells, v);
      const vIm = get(cells, v + 1);
      const tRe = get(cells, from);
      const tIm = get(cells, from + 1);
      re = add(re, add(mul(vRe, tRe), mul(vIm, tIm)));
      im = add(im, sub(mul(vRe, tIm), mul(vIm, tRe)));
    }
    if (adjoint < 0 && p == q) im = splat(0);
    const to = target + common.COMPLEX * (levels * p + q);
    const transposed = (adjoint < 0 ? target : adjoint) + common.COMPLEX * (levels * q + p);
    set(cells, to, re);
    set(cells, to + 1, im);
    if (adjoint >= 0 || p != q) {
      set(cells, transposed, re);
      set(cells, transposed + 1, neg(im));
    }
    norm = larger(norm, larger(abs(re), abs(im)));
    at += layout.ELEMENT_WORDS;
  }
  set(cells, word(words, record + layout.NORM), norm);
}

/** The mask of lanes whose Hamiltonian and couplings are numbers the kernels can work with. */
function checkElements(words: usize, cells: usize): v128 {
  const first = word(words, layout.SUM_CELLS);
  const count = word(words, layout.SUM_COUNT);
  let inside = i64x2.splat(-1);
  for (let k = 0; k < count; k++) {
    inside = v128.and(inside, within(get(cells, first + k), -common.LARGEST, common.LARGEST));
  }
  return inside;
}

/** Width of a basis's spectrum. */
export function spectrumWidth(words: usize, cells: usize, basis: i32): v128 {
  const energies = word(words, basis + 1);
  const levels = word(words, common.LEVELS);
  let low = get(cells, energies);
  let high = low;
  for (let p = 1; p < levels; p++) {
    low = smaller(low, get(cells, energies + p));
    high = larger(high, get(cells, energies + p));
  }
  return sub(high, low);
}

/** Bases and operators of a row, from its coefficients; writes the mask of lanes inside the domain. */
export function prepareBasis(words: usize, cells: usize): void {
  let inside = checkElements(words, cells);
  const bases = word(words, layout.BASES);
  for (let k = 0; k < bases; k++) {
    diagonaliseBlocks(words, cells, basisOf(words, k));
    const width = spectrumWidth(words, cells, basisOf(words, k));
    const wide = within(width, common.SMALLEST, common.LARGEST);
    inside = v128.and(inside, v128.or(f64x2.eq(width, splat(0)), wide));
  }
  set(cells, word(words, common.INSIDE_CELLS), inside);
  let record = word(words, layout.PROJECTION_TABLE);
  const projections = word(words, layout.PROJECTIONS);
  for (let k = 0; k < projections; k++) {
    project(words, cells, record);
    record += layout.PROJECTION_WORDS;
  }
  if (bases > 1) turnHamiltonian(words, cells);
}

/** i H from H in the dissipator's basis. */
function turnHamiltonian(words: usize, cells: usize): void {
  const levels = word(words, common.LEVELS);
  const h = word(words, layout.COMMUTATOR_CELLS);
  const turned = word(words, layout.TURNED_CELLS);
  for (let k = 0; k < common.COMPLEX * levels * levels; k += common.COMPLEX) {
    set(cells, turned + k, neg(get(cells, h + k + 1)));
    set(cells, turned + k + 1, get(cells, h + k));
  }
}
