import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { basisOf } from "./basis.ts";
import { inverseExponent } from "./log2.ts";
import { factoriseReal } from "./real-lu.ts";
import { assembleSector } from "./sector.ts";

/**
 * Whether no group of coherences apart from the populations has a steady state of its own: that would
 * make the steady state one of many. Only coherences of equal energies can, but in `local`, whose bare
 * energies say nothing about it.
 */
export function islandsVanish(words: Int32Array, cells: Float64Array): boolean {
  let record = words[layout.SECTOR_TABLE] + layout.SECTOR_WORDS;
  for (let k = 0; k < words[layout.ISLANDS]; k++, record += layout.SECTOR_WORDS) {
    if (standsStill(words, cells, record) && !regular(words, cells, record)) return false;
  }
  return true;
}

/** Whether every coherence apart from the populations turns. */
export function islandsTurn(words: Int32Array, cells: Float64Array): boolean {
  let record = words[layout.SECTOR_TABLE] + layout.SECTOR_WORDS;
  for (let k = 0; k < words[layout.ISLANDS]; k++, record += layout.SECTOR_WORDS) {
    if (standsStill(words, cells, record)) return false;
  }
  return true;
}

/** Whether a coherence of the island does not turn. */
function standsStill(words: Int32Array, cells: Float64Array, record: number): boolean {
  if (words[layout.BASES] === 2) return true;
  const energies = words[basisOf(words, 0) + 1];
  const cutoff = cells[words[layout.CUTOFF_CELL]];
  let at = words[record + layout.COHERENCE_TABLE];
  for (let k = 0; k < words[record + layout.COHERENCES]; k++, at += layout.COHERENCE_WORDS) {
    const gap = cells[energies + words[at]] - cells[energies + words[at + 1]];
    if (Math.abs(gap) <= cutoff) return true;
  }
  return false;
}

/** Whether the island's matrix is not singular. */
function regular(words: Int32Array, cells: Float64Array, record: number): boolean {
  const n = words[record + layout.SECTOR_SIZE];
  const matrix = words[common.FACTOR_CELLS];
  const pivots = words[common.PIVOT_CELLS];
  assembleSector(words, cells, record, matrix);
  for (let i = 0; i < n; i++) {
    const row = matrix + n * i;
    let largest = 0;
    for (let j = 0; j < n; j++) {
      const size = Math.abs(cells[row + j]);
      largest = largest < size ? size : largest;
    }
    const scale = inverseExponent(largest);
    for (let j = 0; j < n; j++) cells[row + j] = cells[row + j] * scale;
  }
  factoriseReal(cells, matrix, pivots, n);
  return cells[pivots + n] > layout.SINGULAR * common.EPSILON * n;
}
