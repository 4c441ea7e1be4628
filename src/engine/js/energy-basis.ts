import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { basisOf } from "./basis.ts";

/** The place of each level in ascending energy, equal ones in their own order. */
function rankLevels(words: Int32Array, cells: Float64Array, energies: number): void {
  const levels = words[common.LEVELS];
  const ranks = words[layout.RANK_CELLS];
  cells.fill(0, ranks, ranks + levels);
  for (let p = 0; p < levels; p++) {
    for (let q = p + 1; q < levels; q++) {
      const later = cells[energies + q] < cells[energies + p] ? p : q;
      cells[ranks + later] = cells[ranks + later] + 1;
    }
  }
}

/** Number of the pair p < q in lexicographic order. */
export function pairNumber(p: number, q: number, levels: number): number {
  return (p * (2 * levels - p - 1)) / 2 + (q - p - 1);
}

/** ρ_pp and, where asked for, ρ_pq into the result cells in the order of energies. */
function sortResults(words: Int32Array, cells: Float64Array, coherences: boolean): void {
  const levels = words[common.LEVELS];
  const ranks = words[layout.RANK_CELLS];
  const density = words[layout.DENSITY_CELLS];
  const results = words[common.RESULT_CELLS];
  for (let p = 0; p < levels; p++) {
    const a = cells[ranks + p];
    cells[results + a] = cells[density + common.COMPLEX * (levels + 1) * p];
    if (!coherences) continue;
    for (let q = p + 1; q < levels; q++) {
      const b = cells[ranks + q];
      const from = density + common.COMPLEX * (levels * p + q);
      const pair = a < b ? pairNumber(a, b, levels) : pairNumber(b, a, levels);
      const to = results + levels + common.COMPLEX * pair;
      cells[to] = cells[from];
      cells[to + 1] = a < b ? cells[from + 1] : -cells[from + 1];
    }
  }
}

/** The unknowns as ρ_pq, p ≤ q, N × N complex; with `all`, its lower half too. */
export function fillDensity(words: Int32Array, cells: Float64Array, all: boolean): void {
  const levels = words[common.LEVELS];
  const density = words[layout.DENSITY_CELLS];
  const x = words[common.SOLUTION_CELLS];
  let pair = words[layout.PAIR_TABLE];
  for (let p = 0; p < levels; p++) {
    const diagonal = density + common.COMPLEX * (levels + 1) * p;
    cells[diagonal] = cells[x + p];
    cells[diagonal + 1] = 0;
    for (let q = p + 1; q < levels; q++, pair++) {
      const cell = words[pair];
      const upper = density + common.COMPLEX * (levels * p + q);
      const re = cell < 0 ? 0 : cells[cell];
      const im = cell < 0 ? 0 : cells[cell + 1];
      cells[upper] = re;
      cells[upper + 1] = im;
      if (!all) continue;
      const lower = density + common.COMPLEX * (levels * q + p);
      cells[lower] = re;
      cells[lower + 1] = -im;
    }
  }
}

/** to = a† b or, without `adjoint`, a b, of N × N complex matrices. */
function multiply(
  cells: Float64Array,
  levels: number,
  a: number,
  b: number,
  to: number,
  adjoint: boolean,
): void {
  for (let p = 0; p < levels; p++) {
    for (let q = 0; q < levels; q++) {
      let re = 0;
      let im = 0;
      for (let k = 0; k < levels; k++) {
        const left = a + common.COMPLEX * (adjoint ? levels * k + p : levels * p + k);
        const right = b + common.COMPLEX * (levels * k + q);
        const lRe = cells[left];
        const lIm = adjoint ? -cells[left + 1] : cells[left + 1];
        re += lRe * cells[right] - lIm * cells[right + 1];
        im += lRe * cells[right + 1] + lIm * cells[right];
      }
      const entry = to + common.COMPLEX * (levels * p + q);
      cells[entry] = re;
      cells[entry + 1] = im;
    }
  }
}

/** U† ρ U with U = V₀† V: ρ from the bare eigenbasis to that of the full Hamiltonian. */
function changeBasis(words: Int32Array, cells: Float64Array): void {
  const levels = words[common.LEVELS];
  const density = words[layout.DENSITY_CELLS];
  const overlap = words[layout.OVERLAP_CELLS];
  const half = words[layout.HALF_CELLS];
  const bare = words[basisOf(words, 0) + 2];
  const full = words[basisOf(words, 1) + 2];
  multiply(cells, levels, bare, full, overlap, true);
  multiply(cells, levels, density, overlap, half, false);
  multiply(cells, levels, overlap, half, density, true);
}

/** The places of the levels of the results' basis. */
export function fillRanks(words: Int32Array, cells: Float64Array): void {
  rankLevels(words, cells, words[basisOf(words, words[layout.BASES] - 1) + 1]);
}

/** Populations, and coherences where asked for, of the density cells, in ascending energy, to the result cells. */
export function fillStates(words: Int32Array, cells: Float64Array, coherences: boolean): void {
  if (words[layout.BASES] === 2) changeBasis(words, cells);
  fillRanks(words, cells);
  sortResults(words, cells, coherences);
}
