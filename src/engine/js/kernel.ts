import * as layout from "../../../assembly/layout.ts";

/** The products a · b* · D of (2.13), each once. */
function fillRates(words: Int32Array, cells: Float64Array): void {
  let entry = words[layout.RATE_TABLE];
  let rate = words[layout.RATE_CELLS];
  for (let k = 0; k < words[layout.RATES]; k++) {
    const a = words[entry];
    const b = words[entry + 1];
    const correlation = cells[words[entry + 2]];
    cells[rate] = (cells[a] * cells[b] + cells[a + 1] * cells[b + 1]) * correlation;
    cells[rate + 1] = (cells[a + 1] * cells[b] - cells[a] * cells[b + 1]) * correlation;
    entry += layout.RATE_WORDS;
    rate += layout.COMPLEX;
  }
}

/**
 * The matrix of (2.3): K of (2.13) or (2.17), less i E_pp′ on the diagonal. It stands on the
 * unknowns the plan lists; those before `LEVELS` are the populations.
 */
export function assemble(words: Int32Array, cells: Float64Array): void {
  fillRates(words, cells);
  const n = words[layout.UNKNOWNS];
  const matrix = words[layout.MATRIX_CELLS];
  cells.fill(0, matrix, matrix + layout.COMPLEX * n * n);
  let entry = words[layout.TERM_TABLE];
  for (let k = 0; k < words[layout.TERMS]; k++) {
    const at = words[entry];
    const rate = words[entry + 1];
    const weight = 0.5 * words[entry + 4];
    cells[at] = cells[at] + weight * cells[rate];
    cells[at + 1] = cells[at + 1] + weight * cells[rate + 1];
    entry += layout.TERM_WORDS;
  }
  entry = words[layout.DETUNING_TABLE];
  for (let k = 0; k < words[layout.DETUNINGS]; k++) {
    const at = words[entry];
    const energy = cells[words[entry + 1]] - cells[words[entry + 2]];
    cells[at + 1] = cells[at + 1] - energy;
    entry += layout.DETUNING_WORDS;
  }
}
