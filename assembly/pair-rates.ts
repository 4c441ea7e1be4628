import { bathOf, couplingStrideOf, frequencyOf, occupationOf } from "./bath";
import { boltzmann, Rates } from "./boltzmann";
import { column, lengthOf, strideOf, word } from "./cells";
import { add, mul, sub } from "./lanes";
import * as layout from "./layout";

/** Bytes from one column to the next: the numeric pair's blocks have room for BLOCK pairs of rows. */
const STEP: usize = layout.CELL_BYTES * layout.BLOCK;

/** What the pair's operators give this solver, for the pairs up to byte `end` of the columns. */
export function fillPairElements(words: usize, cells: usize, end: usize): void {
  const elements = column(words, cells, word(words, layout.ELEMENT_CELLS));
  const energies = column(words, cells, word(words, layout.ENERGY_CELLS));
  const plus = frequencyOf(words, cells, 0) + layout.VALUE * STEP;
  const minus = frequencyOf(words, cells, 1) + layout.VALUE * STEP;
  const to = column(words, cells, word(words, layout.PAIR_CELLS));
  const coherent = i64x2.splat(word(words, layout.PAIR_FORM) == layout.FORM_SECULAR ? 0 : -1);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const alpha = v128.load(elements + i);
    const beta = v128.load(elements + i, layout.COMPLEX * STEP);
    const h = sub(v128.load(energies + i, 2 * STEP), v128.load(energies + i, STEP));
    const twice = add(h, h);
    v128.store(to + i, mul(alpha, alpha), layout.ALPHA_SQUARE * STEP);
    v128.store(to + i, mul(beta, beta), layout.BETA_SQUARE * STEP);
    v128.store(to + i, v128.and(mul(alpha, beta), coherent), layout.MIXING * STEP);
    v128.store(to + i, twice, layout.SPLITTING * STEP);
    v128.store(to + i, mul(twice, twice), layout.SPLITTING_SQUARE * STEP);
    v128.store(to + i, v128.load(plus + i), layout.OMEGA_PLUS * STEP);
    v128.store(to + i, v128.load(minus + i), layout.OMEGA_MINUS * STEP);
  }
}

/** The correlations of bath b this solver wants: D²¹(−ω), and D¹²(ω) + D²¹(−ω). */
export function fillPairRates(words: usize, cells: usize, b: i32, end: usize): void {
  fillRatesAt(words, cells, b, 0, end);
  fillRatesAt(words, cells, b, 1, end);
}

function fillRatesAt(words: usize, cells: usize, b: i32, f: i32, end: usize): void {
  const modelStride = strideOf(words, cells, 0);
  const bathStride = strideOf(words, cells, 1 + b);
  const couplingStride = couplingStrideOf(words, cells, b);
  const frequency = frequencyOf(words, cells, f);
  const bath = bathOf(words, cells, b);
  const to = occupationOf(words, cells, b, f);
  const coupling = to + layout.COUPLING * STEP;
  const length = lengthOf(modelStride | bathStride, end);
  boltzmann<Rates>(
    frequency,
    modelStride,
    bath,
    bathStride,
    coupling,
    couplingStride,
    to,
    STEP,
    length,
  );
}
