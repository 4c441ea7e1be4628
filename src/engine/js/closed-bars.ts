import * as layout from "../../../assembly/layout.ts";

/**
 * Error bars of the closed forms without differences, known beforehand: CLOSED_TOLERANCE of each
 * number, and what underflow may have taken.
 */
export function fillClosedBars(words: Int32Array, cells: Float64Array): void {
  const results = words[layout.RESULT_CELLS];
  const states = words[layout.LEVELS] + layout.COMPLEX * words[layout.COHERENCES];
  const lost = currentFloor(words, cells);
  // after the condition, which a closed form has not
  let at = results + words[layout.RESULTS] + 1;
  for (let k = 0; k < words[layout.RESULTS] - 1; k++) {
    const value = Math.abs(cells[results + k]);
    cells[at++] = layout.CLOSED_TOLERANCE * value + (k < states ? layout.SMALLEST_NORMAL : lost);
  }
}

/** Σ ω D¹²(ω) of all baths and frequencies, in units of the smallest normal double. */
function currentFloor(words: Int32Array, cells: Float64Array): number {
  const frequencies = words[layout.FREQUENCIES];
  let sum = 0;
  for (let f = 0; f < frequencies; f++) {
    const omega = cells[words[layout.FREQUENCY_CELLS] + layout.FREQUENCY_SIZE * f + layout.VALUE];
    for (let b = 0; b < words[layout.BATHS]; b++) {
      const occupation =
        words[layout.OCCUPATION_CELLS] + layout.OCCUPATION_SIZE * (b * frequencies + f);
      const emission = cells[occupation + layout.COUPLING] / cells[occupation + layout.COMPLEMENT];
      sum += omega * layout.SMALLEST_NORMAL * emission;
    }
  }
  return sum;
}
