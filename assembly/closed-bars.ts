import { couplingMask, frequencyOf, occupationOf } from "./bath";
import { column, columnBytes, variesMask, word } from "./cells";
import { abs, add, div, mul, splat } from "./lanes";
import * as layout from "./layout";

/**
 * Error bars of the closed forms without differences, known beforehand: CLOSED_TOLERANCE of each
 * number, and what underflow may have taken. For the pairs up to byte `end` of the columns.
 */
export function fillClosedBars(words: usize, cells: usize, end: usize): void {
  const step = columnBytes(words);
  const results = column(words, cells, word(words, layout.RESULT_CELLS));
  const count = word(words, layout.RESULTS);
  const states = word(words, layout.LEVELS) + layout.COMPLEX * word(words, layout.COHERENCES);
  const frequencies = word(words, layout.FREQUENCIES);
  const transitions = word(words, layout.TRANSITION_CELLS) + layout.TOTAL;
  const tolerance = splat(layout.CLOSED_TOLERANCE);
  // after the condition, which a closed form has not
  const bars = results + <usize>(count + 1) * step;
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    let lost = splat(0);
    let lostCurrent = splat(0);
    for (let f = 0; f < frequencies; f++) {
      const total = column(words, cells, transitions + layout.TRANSITION_SIZE * f) + i;
      const share = add(
        splat(layout.SMALLEST_NORMAL),
        div(splat(layout.UNDERFLOW), v128.load(total)),
      );
      lost = add(lost, share);
      lostCurrent = add(lostCurrent, mul(share, largestCurrent(words, cells, f, i)));
    }
    for (let k = 0; k < count - 1; k++) {
      const value = abs(v128.load(results + <usize>k * step + i));
      const floor = k < states ? lost : lostCurrent;
      v128.store(bars + <usize>k * step + i, add(mul(tolerance, value), floor));
    }
  }
}

/** Σ ω D¹²(ω) of all baths at frequency number f, of the pair at byte i. */
function largestCurrent(words: usize, cells: usize, f: i32, i: usize): v128 {
  const step = columnBytes(words);
  const baths = word(words, layout.BATHS);
  const model = variesMask(words, cells, 0);
  const omega = v128.load(frequencyOf(words, cells, f) + layout.VALUE * step + (i & model));
  let sum = splat(0);
  for (let b = 0; b < baths; b++) {
    const mask = model | variesMask(words, cells, 1 + b);
    const occupations = occupationOf(words, cells, b, f);
    const occupation = occupations + (i & mask);
    const coupling = occupations + layout.COUPLING * step + (i & couplingMask(words, cells, b));
    const share = div(v128.load(coupling), v128.load(occupation + layout.COMPLEMENT * step));
    sum = add(sum, mul(omega, mul(share, v128.load(occupation + layout.FACTOR * step))));
  }
  return sum;
}
