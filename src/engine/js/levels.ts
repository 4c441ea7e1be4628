import * as layout from "../../../assembly/layout.ts";
import { writeFrequency } from "./frequency.ts";

/**
 * Any system of levels: its energies, its frequencies and the elements of its operators, real and
 * imaginary part, are the parameters, in this order. False where a frequency is outside its domain.
 */
export function prepareLevels(words: Int32Array, cells: Float64Array): boolean {
  let parameter = words[layout.PARAMETER_CELLS];
  let inside = true;
  const energies = words[layout.ENERGY_CELLS];
  for (let n = 0; n < words[layout.LEVELS]; n++) cells[energies + n] = cells[parameter++];
  let frequency = words[layout.FREQUENCY_CELLS];
  for (let f = 0; f < words[layout.FREQUENCIES]; f++) {
    const omega = cells[parameter++];
    writeFrequency(cells, frequency, omega, 0);
    inside &&= omega >= layout.SMALLEST && omega <= layout.LARGEST;
    frequency += layout.FREQUENCY_SIZE;
  }
  const elements = words[layout.ELEMENT_CELLS];
  for (let e = 0; e < layout.COMPLEX * words[layout.ELEMENTS]; e++) {
    cells[elements + e] = cells[parameter++];
  }
  return inside;
}
