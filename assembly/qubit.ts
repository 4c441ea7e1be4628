import { writeFrequency } from "./frequency";
import { get, mul, set, splat, within, word } from "./lanes";
import * as layout from "./layout";

/** Energies (3.1), the frequency ω₀ and σ⁺ of a qubit. The mask of lanes inside the domain. */
export function prepareQubit(words: usize, cells: usize): v128 {
  const omega = get(cells, word(words, layout.PARAMETER_CELLS));
  const energies = word(words, layout.ENERGY_CELLS);
  set(cells, energies, mul(splat(-0.5), omega));
  set(cells, energies + 1, mul(splat(0.5), omega));
  writeFrequency(cells, word(words, layout.FREQUENCY_CELLS), omega, splat(0));
  const element = word(words, layout.ELEMENT_CELLS);
  set(cells, element, splat(1));
  set(cells, element + 1, splat(0));
  return within(omega, layout.SMALLEST, layout.LARGEST);
}
