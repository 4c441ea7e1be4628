import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { basisOf, spectrumWidth } from "./basis.ts";
import { writeFrequency } from "./frequency.ts";

/**
 * Labels w(q → p) = E_q − E_p of the transitions the baths drive, and the largest difference that
 * two transitions of one term may have. Energies that differ by rounding alone, or by less than the
 * secular tolerance, count as equal; in clusters, every transition has its cluster's label.
 */
export function prepareLabels(words: Int32Array, cells: Float64Array): void {
  const width = spectrumWidth(words, cells, basisOf(words, 0));
  const least = layout.DEGENERATE * width;
  const equation = words[layout.EQUATION];
  const number = words[layout.NUMBER_CELL];
  let cutoff = least;
  if (equation === layout.KEEP_RELATIVE) {
    cutoff = least < cells[number] * width ? cells[number] * width : least;
  }
  const equal = cutoff;
  if (equation === layout.KEEP_ABSOLUTE) cutoff = least < cells[number] ? cells[number] : least;
  cells[words[layout.CUTOFF_CELL]] = cutoff;

  let entry = words[layout.LABEL_TABLE];
  for (let k = 0; k < words[common.FREQUENCIES]; k++) {
    const gap = cells[words[entry + 1]] - cells[words[entry]];
    cells[words[entry + 2]] = Math.abs(gap) > equal ? gap : 0;
    entry += layout.LABEL_WORDS;
  }
  if (equation === layout.KEEP_CLUSTERS) cluster(words, cells);
  entry = words[layout.LABEL_TABLE];
  let frequency = words[common.FREQUENCY_CELLS];
  for (let k = 0; k < words[common.FREQUENCIES]; k++) {
    const label = cells[words[entry + 2]];
    cells[words[entry + 3]] = -label;
    writeFrequency(cells, frequency, label === 0 ? 1 : Math.abs(label), 0);
    frequency += common.FREQUENCY_SIZE;
    entry += layout.LABEL_WORDS;
  }
}

/**
 * Gives the labels the middle of their cluster: those within half a width of 0 become 0; the rest
 * form clusters from the smallest on, no wider than the width, alike for both signs.
 */
function cluster(words: Int32Array, cells: Float64Array): void {
  const width = cells[words[layout.NUMBER_CELL]];
  const labels = words[common.FREQUENCIES];
  const table = words[layout.LABEL_TABLE] + 2;
  const cellOf = (k: number) => words[table + layout.LABEL_WORDS * k];
  let done = 0.5 * width;
  for (let k = 0; k < labels; k++) {
    if (Math.abs(cells[cellOf(k)]) <= done) cells[cellOf(k)] = 0;
  }
  for (let round = 0; round < labels; round++) {
    let least = Infinity;
    for (let k = 0; k < labels; k++) {
      const size = Math.abs(cells[cellOf(k)]);
      if (size > done && size < least) least = size;
    }
    if (least === Infinity) return;
    const top = least + width;
    let most = least;
    for (let k = 0; k < labels; k++) {
      const size = Math.abs(cells[cellOf(k)]);
      if (size <= top && size > most) most = size;
    }
    const middle = 0.5 * (least + most);
    for (let k = 0; k < labels; k++) {
      const label = cells[cellOf(k)];
      if (!(Math.abs(label) > done && Math.abs(label) <= top)) continue;
      cells[cellOf(k)] = label < 0 ? -middle : middle;
    }
    done = top;
  }
}
