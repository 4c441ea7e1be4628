import { column, columnBytes, word } from "./cells";
import { writeFrequency } from "./frequency";
import { mul, splat, within } from "./lanes";
import * as layout from "./layout";

/**
 * Energies (3.1), the frequency ω₀ and σ⁺ of a qubit, for the pairs up to byte `end` of the columns.
 * Writes the mask of lanes inside the domain.
 */
export function prepareQubit(words: usize, cells: usize, end: usize): void {
  const step = columnBytes(words);
  const parameter = column(words, cells, word(words, layout.PARAMETER_CELLS));
  const energies = column(words, cells, word(words, layout.ENERGY_CELLS));
  const frequency = column(words, cells, word(words, layout.FREQUENCY_CELLS));
  const element = column(words, cells, word(words, layout.ELEMENT_CELLS));
  const inside = column(words, cells, word(words, layout.INSIDE_CELLS));
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const omega = v128.load(parameter + i);
    v128.store(energies + i, mul(splat(-0.5), omega));
    v128.store(energies + step + i, mul(splat(0.5), omega));
    writeFrequency(frequency + i, step, omega, splat(0));
    v128.store(element + i, splat(1));
    v128.store(element + step + i, splat(0));
    v128.store(inside + i, within(omega, layout.SMALLEST, layout.LARGEST));
  }
}
