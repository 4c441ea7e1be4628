import { get, set, word } from "./cells";
import { abs, add, mul, splat, sub } from "./lanes";
import * as layout from "./layout";

/**
 * q_X = Σ_{n,qq′} E_n K^X_{nn,qq′} ρ_qq′ of every bath, (2.11), (2.12), and beside each the sum of its
 * terms' magnitudes, the measure of its rounding error.
 */
export function fillCurrents(words: usize, cells: usize): void {
  const currents = word(words, layout.CURRENT_CELLS);
  const size = layout.CURRENT_SIZE * word(words, layout.BATHS);
  for (let k = 0; k < size; k++) set(cells, currents + k, splat(0));
  let entry = word(words, layout.CURRENT_TABLE);
  const terms = word(words, layout.CURRENT_TERMS);
  for (let k = 0; k < terms; k++) {
    const current = currents + layout.CURRENT_SIZE * word(words, entry);
    const energy = get(cells, word(words, entry + 1));
    const rate = word(words, entry + 2);
    const unknown = word(words, entry + 3);
    const weight = splat(0.5 * word(words, entry + 4));
    const flow = sub(
      mul(get(cells, rate), get(cells, unknown)),
      mul(get(cells, rate + 1), get(cells, unknown + 1)),
    );
    const term = mul(mul(weight, energy), flow);
    set(cells, current, add(get(cells, current), term));
    set(cells, current + 1, add(get(cells, current + 1), abs(term)));
    entry += layout.CURRENT_WORDS;
  }
}

/**
 * The second law, −Σ q_X/T_X ≥ 0, multiplied by all temperatures so that T = 0 needs no case of its
 * own. The mask of lanes in which it is broken by more than the currents' rounding error.
 */
export function secondLawBroken(words: usize, cells: usize): v128 {
  const baths = word(words, layout.BATHS);
  const temperatures =
    word(words, layout.PARAMETER_CELLS) + word(words, layout.MODEL_PARAMETERS) + layout.TEMPERATURE;
  let entropy = splat(0);
  let uncertainty = splat(0);
  for (let b = 0; b < baths; b++) {
    let others = splat(1);
    for (let c = 0; c < baths; c++) {
      if (c == b) continue;
      others = mul(others, get(cells, temperatures + layout.BATH_PARAMETERS * c));
    }
    const current = word(words, layout.CURRENT_CELLS) + layout.CURRENT_SIZE * b;
    entropy = sub(entropy, mul(get(cells, current), others));
    uncertainty = add(uncertainty, mul(get(cells, current + 1), others));
  }
  return f64x2.lt(entropy, mul(splat(-layout.CURRENT_TOLERANCE), uncertainty));
}
