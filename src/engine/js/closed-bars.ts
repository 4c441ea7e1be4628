import * as layout from "../../../assembly/layout.ts";

/**
 * Error bars of the closed forms without differences, known beforehand: CLOSED_TOLERANCE of each
 * number, and what underflow may have taken.
 */
export function fillClosedBars(words: Int32Array, cells: Float64Array): void {
  const results = words[layout.RESULT_CELLS];
  const states = words[layout.LEVELS] + layout.COMPLEX * words[layout.COHERENCES];
  let lost = 0;
  let lostCurrent = 0;
  for (let f = 0; f < words[layout.FREQUENCIES]; f++) {
    const transition = words[layout.TRANSITION_CELLS] + layout.TRANSITION_SIZE * f;
    const share = layout.SMALLEST_NORMAL + layout.UNDERFLOW / cells[transition + layout.TOTAL];
    lost += share;
    lostCurrent += share * largestCurrent(words, cells, f);
  }
  // after the condition, which a closed form has not
  let at = results + words[layout.RESULTS] + 1;
  for (let k = 0; k < words[layout.RESULTS] - 1; k++) {
    const value = Math.abs(cells[results + k]);
    cells[at++] = layout.CLOSED_TOLERANCE * value + (k < states ? lost : lostCurrent);
  }
}

/** Σ ω D¹²(ω) of all baths at frequency number f. */
function largestCurrent(words: Int32Array, cells: Float64Array, f: number): number {
  const frequencies = words[layout.FREQUENCIES];
  const omega = cells[words[layout.FREQUENCY_CELLS] + layout.FREQUENCY_SIZE * f + layout.VALUE];
  let sum = 0;
  for (let b = 0; b < words[layout.BATHS]; b++) {
    const occupation =
      words[layout.OCCUPATION_CELLS] + layout.OCCUPATION_SIZE * (b * frequencies + f);
    const share = cells[occupation + layout.COUPLING] / cells[occupation + layout.COMPLEMENT];
    sum += omega * (share * cells[occupation + layout.FACTOR]);
  }
  return sum;
}
