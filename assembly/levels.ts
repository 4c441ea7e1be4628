import { writeFrequency } from "./frequency";
import { get, set, splat, within, word } from "./lanes";
import * as layout from "./layout";

/**
 * Any system of levels: its energies, its frequencies and the elements of its operators, real and
 * imaginary part, are the parameters, in this order. The mask of lanes whose frequencies are inside
 * their domain.
 */
export function prepareLevels(words: usize, cells: usize): v128 {
  let parameter = word(words, layout.PARAMETER_CELLS);
  let inside = i64x2.splat(-1);
  const energies = word(words, layout.ENERGY_CELLS);
  const levels = word(words, layout.LEVELS);
  for (let n = 0; n < levels; n++) set(cells, energies + n, get(cells, parameter++));
  let frequency = word(words, layout.FREQUENCY_CELLS);
  const frequencies = word(words, layout.FREQUENCIES);
  for (let f = 0; f < frequencies; f++) {
    const omega = get(cells, parameter++);
    writeFrequency(cells, frequency, omega, splat(0));
    inside = v128.and(inside, within(omega, layout.SMALLEST, layout.LARGEST));
    frequency += layout.FREQUENCY_SIZE;
  }
  const elements = word(words, layout.ELEMENT_CELLS);
  const parts = layout.COMPLEX * word(words, layout.ELEMENTS);
  for (let e = 0; e < parts; e++) set(cells, elements + e, get(cells, parameter++));
  return inside;
}
