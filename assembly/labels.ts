import { basisOf, spectrumWidth } from "./basis";
import { at, get, set, word } from "./cells";
import { writeFrequency } from "./frequency";
import { abs, larger, mul, neg, select, splat, sub } from "./lanes";
import * as common from "./layout";
import * as layout from "./system-layout";

/**
 * Labels w(q → p) = E_q − E_p of the transitions the baths drive, and the largest difference that
 * two transitions of one term may have. Energies that differ by rounding alone, or by less than the
 * secular tolerance, count as equal; in clusters, every transition has its cluster's label.
 */
export function prepareLabels(words: usize, cells: usize): void {
  const width = spectrumWidth(words, cells, basisOf(words, 0));
  const least = mul(splat(layout.DEGENERATE), width);
  const equation = word(words, layout.EQUATION);
  const number = word(words, layout.NUMBER_CELL);
  let cutoff = least;
  if (equation == layout.KEEP_RELATIVE) cutoff = larger(least, mul(get(cells, number), width));
  const equal = cutoff;
  if (equation == layout.KEEP_ABSOLUTE) cutoff = larger(least, get(cells, number));
  set(cells, word(words, layout.CUTOFF_CELL), cutoff);

  let entry = word(words, layout.LABEL_TABLE);
  const labels = word(words, common.FREQUENCIES);
  for (let k = 0; k < labels; k++) {
    const gap = sub(get(cells, word(words, entry + 1)), get(cells, word(words, entry)));
    set(cells, word(words, entry + 2), v128.and(gap, f64x2.gt(abs(gap), equal)));
    entry += layout.LABEL_WORDS;
  }
  if (equation == layout.KEEP_CLUSTERS) {
    cluster(words, cells, 0);
    cluster(words, cells, 8);
  }
  entry = word(words, layout.LABEL_TABLE);
  let frequency = word(words, common.FREQUENCY_CELLS);
  for (let k = 0; k < labels; k++) {
    const label = get(cells, word(words, entry + 2));
    set(cells, word(words, entry + 3), neg(label));
    const omega = select(f64x2.eq(label, splat(0)), splat(1), abs(label));
    writeFrequency(at(cells, frequency), common.CELL_BYTES, omega, splat(0));
    frequency += common.FREQUENCY_SIZE;
    entry += layout.LABEL_WORDS;
  }
}

/**
 * Gives the labels of one lane, at byte `lane` of their cells, the middle of their cluster: those
 * within half a width of 0 become 0; the rest form clusters from the smallest on, no wider than the
 * width, alike for both signs.
 */
function cluster(words: usize, cells: usize, lane: usize): void {
  const width = load<f64>(at(cells, word(words, layout.NUMBER_CELL)) + lane);
  const labels = word(words, common.FREQUENCIES);
  const table = word(words, layout.LABEL_TABLE) + 2;
  let done = 0.5 * width;
  for (let k = 0; k < labels; k++) {
    const label = at(cells, word(words, table + layout.LABEL_WORDS * k)) + lane;
    if (Math.abs(load<f64>(label)) <= done) store<f64>(label, 0);
  }
  for (let round = 0; round < labels; round++) {
    let least = Infinity;
    for (let k = 0; k < labels; k++) {
      const size = sizeAt(words, cells, table, k, lane);
      if (size > done && size < least) least = size;
    }
    if (least == Infinity) return;
    const top = least + width;
    let most = least;
    for (let k = 0; k < labels; k++) {
      const size = sizeAt(words, cells, table, k, lane);
      if (size <= top && size > most) most = size;
    }
    const middle = 0.5 * (least + most);
    for (let k = 0; k < labels; k++) {
      const size = sizeAt(words, cells, table, k, lane);
      if (!(size > done && size <= top)) continue;
      const label = at(cells, word(words, table + layout.LABEL_WORDS * k)) + lane;
      store<f64>(label, load<f64>(label) < 0 ? -middle : middle);
    }
    done = top;
  }
}

function sizeAt(words: usize, cells: usize, table: i32, k: i32, lane: usize): f64 {
  return Math.abs(load<f64>(at(cells, word(words, table + layout.LABEL_WORDS * k)) + lane));
}
