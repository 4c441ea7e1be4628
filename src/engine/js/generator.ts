import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { fillLosses } from "./losses.ts";
import { assembleRates, assembleSector } from "./sector.ts";

/** Whether a coherence couples to the populations. */
export function coherencesMatter(words: Int32Array, cells: Float64Array): boolean {
  if (words[layout.EQUATION] === layout.KEEP_ALL) return true;
  if (words[layout.BASES] === 2 && words[common.UNKNOWNS] > words[common.LEVELS]) return true;
  const cutoff = cells[words[layout.CUTOFF_CELL]];
  let entry = words[layout.COUPLER_TABLE];
  for (let k = 0; k < words[layout.COUPLERS]; k++, entry += layout.COUPLER_WORDS) {
    if (Math.abs(cells[words[entry]] - cells[words[entry + 1]]) <= cutoff) return true;
  }
  return false;
}

/**
 * The matrix of dρ/dt = −i [H, ρ] + Σ (Q ρ S† − S† Q ρ + h.c.) on the real unknowns, the populations
 * first. Coherences are left out unless they are `active`.
 */
export function assembleGenerator(words: Int32Array, cells: Float64Array, active: boolean): void {
  const matrix = words[common.MATRIX_CELLS];
  fillLosses(words, cells, 0, words[common.BATHS], words[layout.TURNED_CELLS], active);
  if (!active) assembleRates(words, cells, matrix);
  else assembleSector(words, cells, words[layout.SECTOR_TABLE], matrix);
}
