import { get, set, word } from "./cells";
import { abs, select, splat, sub } from "./lanes";
import * as common from "./layout";
import { fillLosses } from "./losses";
import { assembleRates, assembleSector } from "./sector";
import * as layout from "./system-layout";

/** The mask of lanes in which a coherence couples to the populations. */
export function coherencesMatter(words: usize, cells: usize): v128 {
  if (word(words, layout.EQUATION) == layout.KEEP_ALL) return i64x2.splat(-1);
  const local = word(words, layout.BASES) == 2;
  if (local && word(words, common.UNKNOWNS) > word(words, common.LEVELS)) return i64x2.splat(-1);
  const cutoff = get(cells, word(words, layout.CUTOFF_CELL));
  let mask = i64x2.splat(0);
  let entry = word(words, layout.COUPLER_TABLE);
  const couplers = word(words, layout.COUPLERS);
  for (let k = 0; k < couplers; k++) {
    const first = get(cells, word(words, entry));
    const second = get(cells, word(words, entry + 1));
    mask = v128.or(mask, f64x2.le(abs(sub(first, second)), cutoff));
    entry += layout.COUPLER_WORDS;
  }
  return mask;
}

/**
 * The matrix of dρ/dt = −i [H, ρ] + Σ (Q ρ S† − S† Q ρ + h.c.) on the real unknowns, the populations
 * first. Coherences are left out where they matter in no lane; where in one alone, their rows say in
 * the other that they vanish.
 */
export function assembleGenerator(words: usize, cells: usize, active: v128): void {
  const n = word(words, common.UNKNOWNS);
  const matrix = word(words, common.MATRIX_CELLS);
  const wide = v128.any_true(active);
  const baths = word(words, common.BATHS);
  fillLosses(words, cells, 0, baths, word(words, layout.TURNED_CELLS), wide);
  if (!wide) return assembleRates(words, cells, matrix);
  const sector = word(words, layout.SECTOR_TABLE);
  assembleSector(words, cells, sector, matrix);
  if (!v128.any_true(v128.not(active))) return;
  for (let i = word(words, common.LEVELS); i < n; i++) {
    for (let j = 0; j < n; j++) {
      const entry = matrix + n * i + j;
      set(cells, entry, select(active, get(cells, entry), splat(i == j ? 1 : 0)));
    }
  }
}
