import { get, set, word } from "./cells";
import { add, mul, splat, sub } from "./lanes";
import * as layout from "./layout";

/** The products a · b* · D of (2.13), each once. */
function fillRates(words: usize, cells: usize): void {
  let entry = word(words, layout.RATE_TABLE);
  let rate = word(words, layout.RATE_CELLS);
  const rates = word(words, layout.RATES);
  for (let k = 0; k < rates; k++) {
    const a = word(words, entry);
    const b = word(words, entry + 1);
    const aRe = get(cells, a);
    const aIm = get(cells, a + 1);
    const bRe = get(cells, b);
    const bIm = get(cells, b + 1);
    const correlation = get(cells, word(words, entry + 2));
    set(cells, rate, mul(add(mul(aRe, bRe), mul(aIm, bIm)), correlation));
    set(cells, rate + 1, mul(sub(mul(aIm, bRe), mul(aRe, bIm)), correlation));
    entry += layout.RATE_WORDS;
    rate += layout.COMPLEX;
  }
}

/**
 * The matrix of (2.3): K of (2.13) or (2.17), less i E_pp′ on the diagonal. It stands on the
 * unknowns the plan lists; those before `LEVELS` are the populations.
 */
export function assemble(words: usize, cells: usize): void {
  fillRates(words, cells);
  const n = word(words, layout.UNKNOWNS);
  const matrix = word(words, layout.MATRIX_CELLS);
  memory.fill(
    cells + <usize>(layout.CELL_BYTES * matrix),
    0,
    <usize>(layout.CELL_BYTES * layout.COMPLEX * n * n),
  );
  let entry = word(words, layout.TERM_TABLE);
  const terms = word(words, layout.TERMS);
  for (let k = 0; k < terms; k++) {
    const at = word(words, entry);
    const rate = word(words, entry + 1);
    const weight = splat(0.5 * word(words, entry + 4));
    set(cells, at, add(get(cells, at), mul(weight, get(cells, rate))));
    set(cells, at + 1, add(get(cells, at + 1), mul(weight, get(cells, rate + 1))));
    entry += layout.TERM_WORDS;
  }
  entry = word(words, layout.DETUNING_TABLE);
  const detunings = word(words, layout.DETUNINGS);
  for (let k = 0; k < detunings; k++) {
    const at = word(words, entry);
    const energy = sub(get(cells, word(words, entry + 1)), get(cells, word(words, entry + 2)));
    set(cells, at + 1, sub(get(cells, at + 1), energy));
    entry += layout.DETUNING_WORDS;
  }
}
