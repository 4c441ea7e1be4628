import { column, columnBytes, word } from "./cells";
import { writeFrequency } from "./frequency";
import { splat, within } from "./lanes";
import * as layout from "./layout";

/**
 * Any system of levels: its energies, its frequencies and the elements of its operators, real and
 * imaginary part, are the parameters, in this order, for the pairs up to byte `end` of the columns.
 * Writes the mask of lanes whose frequencies are inside their domain.
 */
export function prepareLevels(words: usize, cells: usize, end: usize): void {
  const step = columnBytes(words);
  const levels = word(words, layout.LEVELS);
  const frequencies = word(words, layout.FREQUENCIES);
  const parts = layout.COMPLEX * word(words, layout.ELEMENTS);
  const energies = column(words, cells, word(words, layout.ENERGY_CELLS));
  const elements = column(words, cells, word(words, layout.ELEMENT_CELLS));
  const insideColumn = column(words, cells, word(words, layout.INSIDE_CELLS));
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    let parameter = column(words, cells, word(words, layout.PARAMETER_CELLS)) + i;
    for (let n = 0; n < levels; n++) {
      v128.store(energies + <usize>n * step + i, v128.load(parameter));
      parameter += step;
    }
    let inside = i64x2.splat(-1);
    let frequency = column(words, cells, word(words, layout.FREQUENCY_CELLS)) + i;
    for (let f = 0; f < frequencies; f++) {
      const omega = v128.load(parameter);
      parameter += step;
      writeFrequency(frequency, step, omega, splat(0));
      inside = v128.and(inside, within(omega, layout.SMALLEST, layout.LARGEST));
      frequency += layout.FREQUENCY_SIZE * step;
    }
    for (let e = 0; e < parts; e++) {
      v128.store(elements + <usize>e * step + i, v128.load(parameter));
      parameter += step;
    }
    v128.store(insideColumn + i, inside);
  }
}
