import { basisOf } from "./basis";
import { at, get, set, word } from "./cells";
import { add, mul, neg, select, splat, sub } from "./lanes";
import * as common from "./layout";
import * as layout from "./system-layout";

/** The place of each level in ascending energy, equal ones in their own order. */
function rankLevels(words: usize, cells: usize, energies: i32): void {
  const levels = word(words, common.LEVELS);
  const ranks = word(words, layout.RANK_CELLS);
  for (let p = 0; p < levels; p++) set(cells, ranks + p, splat(0));
  const one = splat(1);
  for (let p = 0; p < levels; p++) {
    for (let q = p + 1; q < levels; q++) {
      const below = f64x2.lt(get(cells, energies + q), get(cells, energies + p));
      set(cells, ranks + p, add(get(cells, ranks + p), v128.and(below, one)));
      set(cells, ranks + q, add(get(cells, ranks + q), v128.andnot(one, below)));
    }
  }
}

/** One lane's value to cell `to`. */
function storeLane(cells: usize, to: i32, lane: i32, value: v128): void {
  const address = at(cells, to) + <usize>(8 * lane);
  if (lane == 0) store<f64>(address, f64x2.extract_lane(value, 0));
  else store<f64>(address, f64x2.extract_lane(value, 1));
}

function laneOf(cells: usize, cell: i32, lane: i32): i32 {
  return i32(load<f64>(at(cells, cell) + <usize>(8 * lane)));
}

/** Number of the pair p < q in lexicographic order. */
export function pairNumber(p: i32, q: i32, levels: i32): i32 {
  return (p * (2 * levels - p - 1)) / 2 + (q - p - 1);
}

/** ρ_pp and, where asked for, ρ_pq into the result cells, each lane in its own order of energies. */
function sortResults(words: usize, cells: usize, coherences: bool): void {
  const levels = word(words, common.LEVELS);
  const ranks = word(words, layout.RANK_CELLS);
  const density = word(words, layout.DENSITY_CELLS);
  const results = word(words, common.RESULT_CELLS);
  for (let lane = 0; lane < 2; lane++) {
    for (let p = 0; p < levels; p++) {
      const a = laneOf(cells, ranks + p, lane);
      const population = get(cells, density + common.COMPLEX * (levels + 1) * p);
      storeLane(cells, results + a, lane, population);
      if (!coherences) continue;
      for (let q = p + 1; q < levels; q++) {
        const b = laneOf(cells, ranks + q, lane);
        const from = density + common.COMPLEX * (levels * p + q);
        const im = get(cells, from + 1);
        const pair = a < b ? pairNumber(a, b, levels) : pairNumber(b, a, levels);
        const to = results + levels + common.COMPLEX * pair;
        storeLane(cells, to, lane, get(cells, from));
        storeLane(cells, to + 1, lane, a < b ? im : neg(im));
      }
    }
  }
}

/** The unknowns as ρ_pq, p ≤ q, N × N complex; with `all`, its lower half too. */
export function fillDensity(words: usize, cells: usize, all: bool): void {
  const levels = word(words, common.LEVELS);
  const density = word(words, layout.DENSITY_CELLS);
  const x = word(words, common.SOLUTION_CELLS);
  let pair = word(words, layout.PAIR_TABLE);
  for (let p = 0; p < levels; p++) {
    const diagonal = density + common.COMPLEX * (levels + 1) * p;
    set(cells, diagonal, get(cells, x + p));
    set(cells, diagonal + 1, splat(0));
    for (let q = p + 1; q < levels; q++, pair++) {
      const cell = word(words, pair);
      const upper = density + common.COMPLEX * (levels * p + q);
      const re = cell < 0 ? splat(0) : get(cells, cell);
      const im = cell < 0 ? splat(0) : get(cells, cell + 1);
      set(cells, upper, re);
      set(cells, upper + 1, im);
      if (!all) continue;
      const lower = density + common.COMPLEX * (levels * q + p);
      set(cells, lower, re);
      set(cells, lower + 1, neg(im));
    }
  }
}

/** to = a† b or, without `adjoint`, a b, of N × N complex matrices. */
function multiply(cells: usize, levels: i32, a: i32, b: i32, to: i32, adjoint: bool): void {
  for (let p = 0; p < levels; p++) {
    for (let q = 0; q < levels; q++) {
      let re = splat(0);
      let im = splat(0);
      for (let k = 0; k < levels; k++) {
        const left = a + common.COMPLEX * (adjoint ? levels * k + p : levels * p + k);
        const right = b + common.COMPLEX * (levels * k + q);
        const lRe = get(cells, left);
        const lIm = adjoint ? neg(get(cells, left + 1)) : get(cells, left + 1);
        const rRe = get(cells, right);
        const rIm = get(cells, right + 1);
        re = add(re, sub(mul(lRe, rRe), mul(lIm, rIm)));
        im = add(im, add(mul(lRe, rIm), mul(lIm, rRe)));
      }
      const entry = to + common.COMPLEX * (levels * p + q);
      set(cells, entry, re);
      set(cells, entry + 1, im);
    }
  }
}

/** U† ρ U with U = V₀† V: ρ from the bare eigenbasis to that of the full Hamiltonian. */
function changeBasis(words: usize, cells: usize): void {
  const levels = word(words, common.LEVELS);
  const density = word(words, layout.DENSITY_CELLS);
  const overlap = word(words, layout.OVERLAP_CELLS);
  const half = word(words, layout.HALF_CELLS);
  const bare = word(words, basisOf(words, 0) + 2);
  const full = word(words, basisOf(words, 1) + 2);
  multiply(cells, levels, bare, full, overlap, true);
  multiply(cells, levels, density, overlap, half, false);
  multiply(cells, levels, overlap, half, density, true);
}

/** The places of the levels of the results' basis. */
export function fillRanks(words: usize, cells: usize): void {
  rankLevels(words, cells, word(words, basisOf(words, word(words, layout.BASES) - 1) + 1));
}

/** Populations, and coherences where asked for, of the density cells, in ascending energy, to the result cells. */
export function fillStates(words: usize, cells: usize, coherences: bool): void {
  if (word(words, layout.BASES) == 2) changeBasis(words, cells);
  fillRanks(words, cells);
  sortResults(words, cells, coherences);
}
