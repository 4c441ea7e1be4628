import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { basisOf } from "./basis.ts";
import { dropGains, fillGains, subtractLosses } from "./gains.ts";

/**
 * The matrix of Σ Q ρ S† + h.c., −G ρ + h.c. and −i [H, ρ] on the real unknowns of a sector: populations, if it has them, then real and imaginary part of its coherences.
 */
export function assembleSector(
  words: Int32Array,
  cells: Float64Array,
  sector: number,
  matrix: number,
): void {
  const size = words[sector + layout.SECTOR_SIZE];
  const levels = words[sector + layout.SECTOR_LEVELS];
  let row = matrix;
  for (let p = 0; p < levels; p++) {
    fillRow(words, cells, p, p);
    storePopulation(words, cells, sector, row);
    row += size;
  }
  const energies = words[basisOf(words, 0) + 1];
  const turning = words[layout.BASES] === 1;
  let entry = words[sector + layout.COHERENCE_TABLE];
  for (let k = 0; k < words[sector + layout.COHERENCES]; k++, entry += layout.COHERENCE_WORDS) {
    const p = words[entry];
    const p1 = words[entry + 1];
    fillRow(words, cells, p, p1);
    const next = row + size;
    storeCoherence(words, cells, sector, row, next);
    if (turning) {
      const own = levels + 2 * k;
      const gap = cells[energies + p] - cells[energies + p1];
      cells[row + own + 1] = cells[row + own + 1] + gap;
      cells[next + own] = cells[next + own] - gap;
    }
    row = next + size;
  }
}

/** What every ρ_qq′ brings to ρ_pp′. */
function fillRow(words: Int32Array, cells: Float64Array, p: number, p1: number): void {
  fillGains(words, cells, 0, words[layout.TERMS], p, p1);
  if (words[layout.EQUATION] !== layout.KEEP_ALL) dropGains(words, cells, p, p1);
  subtractLosses(words, cells, p, p1);
}

/** Cells of T_qq′ and T_q′q for each coherence of the sector. */
function* placesOf(words: Int32Array, sector: number) {
  const gains = words[layout.GAIN_CELLS];
  let entry = words[sector + layout.COHERENCE_TABLE];
  for (let k = 0; k < words[sector + layout.COHERENCES]; k++, entry += layout.COHERENCE_WORDS) {
    yield [gains + (words[entry + 2] >> 4), gains + (words[entry + 3] >> 4)] as const;
  }
}

/** The row of a population, T Hermitian. */
function storePopulation(
  words: Int32Array,
  cells: Float64Array,
  sector: number,
  row: number,
): void {
  const levels = words[sector + layout.SECTOR_LEVELS];
  for (let q = 0; q < levels; q++) {
    cells[row + q] = cells[words[layout.GAIN_CELLS] + common.COMPLEX * (levels + 1) * q];
  }
  let to = row + levels;
  for (const [t] of placesOf(words, sector)) {
    cells[to++] = 2 * cells[t];
    cells[to++] = -2 * cells[t + 1];
  }
}

/** The rows of real and imaginary part of a coherence. */
function storeCoherence(
  words: Int32Array,
  cells: Float64Array,
  sector: number,
  row: number,
  next: number,
): void {
  const n = words[common.LEVELS];
  const levels = words[sector + layout.SECTOR_LEVELS];
  for (let q = 0; q < levels; q++) {
    const from = words[layout.GAIN_CELLS] + common.COMPLEX * (n + 1) * q;
    cells[row + q] = cells[from];
    cells[next + q] = cells[from + 1];
  }
  let k = levels;
  for (const [t, u] of placesOf(words, sector)) {
    cells[row + k] = cells[t] + cells[u];
    cells[next + k + 1] = cells[t] - cells[u];
    cells[row + k + 1] = cells[u + 1] - cells[t + 1];
    cells[next + k] = cells[t + 1] + cells[u + 1];
    k += 2;
  }
}

/** The populations' rates alone, D_pq |S_pq|², and −2 Re G_pp. */
export function assembleRates(words: Int32Array, cells: Float64Array, matrix: number): void {
  const n = words[common.LEVELS];
  const stride = words[common.UNKNOWNS];
  let term = words[layout.TERM_CELLS];
  for (let p = 0; p < n; p++) {
    for (let q = 0; q < n; q++) {
      let rate = 0;
      for (let k = 0; k < words[layout.TERMS]; k++, term += layout.TERM_SIZE) {
        const re = cells[term + layout.COUPLING];
        const im = cells[term + layout.COUPLING + 1];
        rate += 2 * cells[term] * (re * re + im * im);
      }
      // in the order of a sector's rows
      const g = words[layout.LOSS_CELLS] + common.COMPLEX * (n * p + q);
      if (p === q) rate = rate - cells[g] - cells[g];
      cells[matrix + stride * p + q] = rate;
    }
  }
}
