import { bathOf, frequencyOf, occupationOf, parametersOf } from "./bath";
import { boltzmann, Correlations } from "./boltzmann";
import { jointStrideOf, lengthOf, strideOf, word } from "./cells";
import * as layout from "./layout";
import { LINE_BLOCK } from "./tape-layout";

/** Bytes from one column to the next. */
const STEP: usize = LINE_BLOCK * layout.CELL_BYTES;

/** D(ω) and D(−ω) of bath b at every frequency; the g of a flat spectrum is that of its parameter. */
export function fillTapeRates(words: usize, cells: usize, b: i32, flat: bool, end: usize): void {
  const modelStride = strideOf(words, cells, 0);
  const bathStride = strideOf(words, cells, 1 + b);
  const spectrum = 1 + word(words, layout.BATHS) + b;
  const stride = flat ? strideOf(words, cells, spectrum) : jointStrideOf(words, cells, spectrum);
  const strength = parametersOf(words, cells, b) + layout.STRENGTH * STEP;
  const bath = bathOf(words, cells, b);
  const length = lengthOf(modelStride | bathStride, end);
  const frequencies = word(words, layout.FREQUENCIES);
  for (let f = 0; f < frequencies; f++) {
    const at = frequencyOf(words, cells, f);
    const to = occupationOf(words, cells, b, f);
    const g = flat ? strength : to + layout.COUPLING * STEP;
    boltzmann<Correlations>(at, modelStride, bath, bathStride, g, stride, to, STEP, length);
  }
}
