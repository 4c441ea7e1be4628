import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { addDetunings, addWideGains, addWideLosses } from "./generator.ts";
import { inverseExponent } from "./log2.ts";
import { factoriseReal } from "./real-lu.ts";

/**
 * Whether no group of coherences apart from the populations has a steady state of its own: that would
 * make the steady state one of many. Only coherences of equal energies can, but in `local`, whose bare
 * energies say nothing about it.
 */
export function islandsVanish(words: Int32Array, cells: Float64Array): boolean {
  let record = words[layout.ISLAND_TABLE];
  for (let k = 0; k < words[layout.ISLANDS]; k++, record += layout.ISLAND_WORDS) {
    if (standsStill(words, cells, record) && !regular(words, cells, record)) return false;
  }
  return true;
}

/** Whether every coherence apart from the populations turns. */
export function islandsTurn(words: Int32Array, cells: Float64Array): boolean {
  let record = words[layout.ISLAND_TABLE];
  for (let k = 0; k < words[layout.ISLANDS]; k++, record += layout.ISLAND_WORDS) {
    if (standsStill(words, cells, record)) return false;
  }
  return true;
}

/** Whether a coherence of the island does not turn. */
function standsStill(words: Int32Array, cells: Float64Array, record: number): boolean {
  const count = words[record + layout.ISLAND_PAIRS];
  if (count === 0) return true;
  const cutoff = cells[words[layout.CUTOFF_CELL]];
  let at = words[record + layout.ISLAND_PAIR_TABLE];
  for (let k = 0; k < count; k++, at += layout.ISLAND_PAIR_WORDS) {
    if (Math.abs(cells[words[at]] - cells[words[at + 1]]) <= cutoff) return true;
  }
  return false;
}

/** Whether the island's matrix is not singular. */
function regular(words: Int32Array, cells: Float64Array, record: number): boolean {
  const n = words[record + layout.ISLAND_SIZE];
  const matrix = words[common.FACTOR_CELLS];
  const pivots = words[common.PIVOT_CELLS];
  cells.fill(0, matrix, matrix + n * n);
  const losses = words[record + layout.ISLAND_LOSS_TABLE];
  addWideLosses(words, cells, losses, words[record + layout.ISLAND_LOSSES], matrix);
  const gains = words[record + layout.ISLAND_GAIN_TABLE];
  addWideGains(words, cells, gains, words[record + layout.ISLAND_GAINS], matrix);
  const detunings = words[record + layout.ISLAND_DETUNING_TABLE];
  addDetunings(words, cells, detunings, words[record + layout.ISLAND_DETUNINGS], matrix);
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
