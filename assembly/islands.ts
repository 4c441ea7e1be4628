import { basisOf } from "./basis";
import { get, set, word } from "./cells";
import { abs, larger, mul, splat, sub } from "./lanes";
import * as common from "./layout";
import { inverseExponent } from "./log2";
import { factoriseReal } from "./real-lu";
import { assembleSector } from "./sector";
import * as layout from "./system-layout";

/**
 * The mask of lanes in which no group of coherences apart from the populations has a steady state of
 * its own: that would make the steady state one of many. Only coherences of equal energies can, but
 * in `local`, whose bare energies say nothing about it.
 */
export function islandsVanish(words: usize, cells: usize): v128 {
  let vanish = i64x2.splat(-1);
  let record = word(words, layout.SECTOR_TABLE) + layout.SECTOR_WORDS;
  const islands = word(words, layout.ISLANDS);
  for (let k = 0; k < islands; k++, record += layout.SECTOR_WORDS) {
    const suspect = standsStill(words, cells, record);
    if (!v128.any_true(suspect)) continue;
    vanish = v128.and(vanish, v128.or(regular(words, cells, record), v128.not(suspect)));
  }
  return vanish;
}

/** The mask of lanes in which every coherence apart from the populations turns. */
export function islandsTurn(words: usize, cells: usize): v128 {
  let turn = i64x2.splat(-1);
  let record = word(words, layout.SECTOR_TABLE) + layout.SECTOR_WORDS;
  const islands = word(words, layout.ISLANDS);
  for (let k = 0; k < islands; k++, record += layout.SECTOR_WORDS) {
    turn = v128.andnot(turn, standsStill(words, cells, record));
  }
  return turn;
}

/** The mask of lanes in which a coherence of the island does not turn. */
function standsStill(words: usize, cells: usize, record: i32): v128 {
  if (word(words, layout.BASES) == 2) return i64x2.splat(-1);
  const energies = word(words, basisOf(words, 0) + 1);
  const cutoff = get(cells, word(words, layout.CUTOFF_CELL));
  const count = word(words, record + layout.COHERENCES);
  let at = word(words, record + layout.COHERENCE_TABLE);
  let still = i64x2.splat(0);
  for (let k = 0; k < count; k++, at += layout.COHERENCE_WORDS) {
    const first = get(cells, energies + word(words, at));
    const gap = sub(first, get(cells, energies + word(words, at + 1)));
    still = v128.or(still, f64x2.le(abs(gap), cutoff));
  }
  return still;
}

/** The mask of lanes in which the island's matrix is not singular. */
function regular(words: usize, cells: usize, record: i32): v128 {
  const n = word(words, record + layout.SECTOR_SIZE);
  const matrix = word(words, common.FACTOR_CELLS);
  const pivots = word(words, common.PIVOT_CELLS);
  assembleSector(words, cells, record, matrix);
  for (let i = 0; i < n; i++) {
    const row = matrix + n * i;
    let largest = splat(0);
    for (let j = 0; j < n; j++) largest = larger(largest, abs(get(cells, row + j)));
    const scale = inverseExponent(largest);
    for (let j = 0; j < n; j++) set(cells, row + j, mul(get(cells, row + j), scale));
  }
  factoriseReal(cells, matrix, pivots, n);
  return f64x2.gt(get(cells, pivots + n), splat(layout.SINGULAR * common.EPSILON * n));
}
