import { get, set, word } from "./cells";
import { addDetunings, addWideGains, addWideLosses } from "./generator";
import { abs, larger, mul, splat, sub } from "./lanes";
import * as common from "./layout";
import { inverseExponent } from "./log2";
import { factoriseReal } from "./real-lu";
import * as layout from "./system-layout";

/**
 * The mask of lanes in which no group of coherences apart from the populations has a steady state of
 * its own: that would make the steady state one of many. Only coherences of equal energies can, but
 * in `local`, whose bare energies say nothing about it.
 */
export function islandsVanish(words: usize, cells: usize): v128 {
  let vanish = i64x2.splat(-1);
  let record = word(words, layout.ISLAND_TABLE);
  const islands = word(words, layout.ISLANDS);
  for (let k = 0; k < islands; k++, record += layout.ISLAND_WORDS) {
    const suspect = standsStill(words, cells, record);
    if (!v128.any_true(suspect)) continue;
    vanish = v128.and(vanish, v128.or(regular(words, cells, record), v128.not(suspect)));
  }
  return vanish;
}

/** The mask of lanes in which every coherence apart from the populations turns. */
export function islandsTurn(words: usize, cells: usize): v128 {
  let turn = i64x2.splat(-1);
  let record = word(words, layout.ISLAND_TABLE);
  const islands = word(words, layout.ISLANDS);
  for (let k = 0; k < islands; k++, record += layout.ISLAND_WORDS) {
    turn = v128.andnot(turn, standsStill(words, cells, record));
  }
  return turn;
}

/** The mask of lanes in which a coherence of the island does not turn. */
function standsStill(words: usize, cells: usize, record: i32): v128 {
  const count = word(words, record + layout.ISLAND_PAIRS);
  if (count == 0) return i64x2.splat(-1);
  const cutoff = get(cells, word(words, layout.CUTOFF_CELL));
  let at = word(words, record + layout.ISLAND_PAIR_TABLE);
  let still = i64x2.splat(0);
  for (let k = 0; k < count; k++, at += layout.ISLAND_PAIR_WORDS) {
    const gap = sub(get(cells, word(words, at)), get(cells, word(words, at + 1)));
    still = v128.or(still, f64x2.le(abs(gap), cutoff));
  }
  return still;
}

/** The mask of lanes in which the island's matrix is not singular. */
function regular(words: usize, cells: usize, record: i32): v128 {
  const n = word(words, record + layout.ISLAND_SIZE);
  const matrix = word(words, common.FACTOR_CELLS);
  const pivots = word(words, common.PIVOT_CELLS);
  memory.fill(cells + <usize>(common.CELL_BYTES * matrix), 0, <usize>(common.CELL_BYTES * n * n));
  const losses = word(words, record + layout.ISLAND_LOSS_TABLE);
  addWideLosses(words, cells, losses, word(words, record + layout.ISLAND_LOSSES), matrix);
  const gains = word(words, record + layout.ISLAND_GAIN_TABLE);
  addWideGains(words, cells, gains, word(words, record + layout.ISLAND_GAINS), matrix);
  const detunings = word(words, record + layout.ISLAND_DETUNING_TABLE);
  addDetunings(words, cells, detunings, word(words, record + layout.ISLAND_DETUNINGS), matrix);
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
