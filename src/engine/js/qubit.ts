import * as layout from "../../../assembly/layout.ts";
import { writeFrequency } from "./frequency.ts";

/** Energies (3.1), the frequency ω₀ and σ⁺ of a qubit. False outside the domain. */
export function prepareQubit(words: Int32Array, cells: Float64Array): boolean {
  const omega = cells[words[layout.PARAMETER_CELLS]];
  const energies = words[layout.ENERGY_CELLS];
  cells[energies] = -0.5 * omega;
  cells[energies + 1] = 0.5 * omega;
  writeFrequency(cells, words[layout.FREQUENCY_CELLS], omega, 0);
  const element = words[layout.ELEMENT_CELLS];
  cells[element] = 1;
  cells[element + 1] = 0;
  return omega >= layout.SMALLEST && omega <= layout.LARGEST;
}
