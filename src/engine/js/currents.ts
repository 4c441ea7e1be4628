import * as layout from "../../../assembly/layout.ts";

/**
 * q_X = Σ_{n,qq′} E_n K^X_{nn,qq′} ρ_qq′ of every bath, (2.11), (2.12), and beside each the sum of its
 * terms' magnitudes, the measure of its rounding error.
 */
export function fillCurrents(words: Int32Array, cells: Float64Array): void {
  const currents = words[layout.CURRENT_CELLS];
  cells.fill(0, currents, currents + layout.CURRENT_SIZE * words[layout.BATHS]);
  let entry = words[layout.CURRENT_TABLE];
  for (let k = 0; k < words[layout.CURRENT_TERMS]; k++) {
    const current = currents + layout.CURRENT_SIZE * words[entry];
    const energy = cells[words[entry + 1]];
    const rate = words[entry + 2];
    const unknown = words[entry + 3];
    const weight = 0.5 * words[entry + 4];
    const flow = cells[rate] * cells[unknown] - cells[rate + 1] * cells[unknown + 1];
    const term = weight * energy * flow;
    cells[current] = cells[current] + term;
    cells[current + 1] = cells[current + 1] + Math.abs(term);
    entry += layout.CURRENT_WORDS;
  }
}

/**
 * The second law, −Σ q_X/T_X ≥ 0, multiplied by all temperatures so that T = 0 needs no case of its
 * own. True where it is broken by more than the currents' rounding error.
 */
export function secondLawBroken(words: Int32Array, cells: Float64Array): boolean {
  const baths = words[layout.BATHS];
  const first = words[layout.PARAMETER_CELLS] + words[layout.MODEL_PARAMETERS];
  let entropy = 0;
  let uncertainty = 0;
  for (let b = 0; b < baths; b++) {
    let others = 1;
    for (let c = 0; c < baths; c++) {
      if (c === b) continue;
      others *= cells[first + layout.BATH_PARAMETERS * c + layout.TEMPERATURE];
    }
    const current = words[layout.CURRENT_CELLS] + layout.CURRENT_SIZE * b;
    entropy -= cells[current] * others;
    uncertainty += cells[current + 1] * others;
  }
  return entropy < -layout.CURRENT_TOLERANCE * uncertainty;
}
