import * as layout from "../../../assembly/layout.ts";
import { parametersOf, power } from "./bath.ts";

/**
 * What the numbers that the kernel is made of may be off by, against exact arithmetic: each D¹²
 * relative to itself, and each product a · b* · D in all and beyond what its sources explain: products
 * of two errors, and what underflow took. Units of ε are those the functions state.
 */
export function fillUncertainties(words: Int32Array, cells: Float64Array): void {
  fillSourceErrors(words, cells);
  const elementFloor = elementUlps(words) === 0 ? 0 : layout.ELEMENT_FLOOR;
  let entry = words[layout.RATE_TABLE];
  let rate = words[layout.RATE_CELLS];
  let to = words[layout.UNCERTAINTY_CELLS];
  for (let k = 0; k < words[layout.RATES]; k++) {
    const correlation = words[entry + 2];
    const source = sourceOf(words, correlation);
    const error = words[layout.SOURCE_ERROR_CELLS] + layout.SOURCE_SIZE * source;
    const occupation = words[layout.OCCUPATION_CELLS] + layout.OCCUPATION_SIZE * source;
    const absorbs = correlation - occupation === layout.ABSORPTION;
    const relative =
      2 * elementUlps(words) * layout.EPSILON +
      cells[error + layout.RELATIVE] * (absorbs ? 2 : 1) +
      (absorbs ? layout.ABSORPTION_ULPS * layout.EPSILON : 0);
    const emission = cells[occupation + layout.EMISSION];
    const lost = cells[error + layout.LOST] + (absorbs ? emission * layout.UNDERFLOW : 0);
    const a = magnitude(cells, words[entry]);
    const b = magnitude(cells, words[entry + 1]);
    const size = magnitude(cells, rate);
    const own =
      relative * relative * size +
      a * b * lost +
      elementFloor * (a + b + elementFloor) * (cells[correlation] + lost) +
      layout.UNDERFLOW;
    cells[to] = relative * size + own;
    cells[to + layout.OWN] = own;
    entry += layout.RATE_WORDS;
    rate += layout.COMPLEX;
    to += layout.UNCERTAINTY_SIZE;
  }
}

function fillSourceErrors(words: Int32Array, cells: Float64Array): void {
  let to = words[layout.SOURCE_ERROR_CELLS];
  let occupation = words[layout.OCCUPATION_CELLS];
  for (let b = 0; b < words[layout.BATHS]; b++) {
    for (let f = 0; f < words[layout.FREQUENCIES]; f++) {
      const ulps = layout.EMISSION_ULPS + spectrumUlps(words, cells, b);
      cells[to + layout.RELATIVE] = layout.EPSILON * ulps + frequencyError(words, cells, b, f);
      const share = spectrumFloor(words, cells, b, f) / cells[occupation + layout.COMPLEMENT];
      cells[to + layout.LOST] = share * cells[occupation + layout.FACTOR];
      to += layout.SOURCE_SIZE;
      occupation += layout.OCCUPATION_SIZE;
    }
  }
}

/** The number of the occupation that holds the correlation at this cell. */
export function sourceOf(words: Int32Array, correlation: number): number {
  const place = correlation - words[layout.OCCUPATION_CELLS];
  return (place - (place % layout.OCCUPATION_SIZE)) / layout.OCCUPATION_SIZE;
}

/** Units of ε an operator's element may be off by. */
export function elementUlps(words: Int32Array): number {
  return words[layout.MODEL] === layout.MODEL_QUBIT_PAIR ? layout.ELEMENT_ULPS : 0;
}

/** |re| + |im| of the complex number at cell `at`. */
export function magnitude(cells: Float64Array, at: number): number {
  return Math.abs(cells[at]) + Math.abs(cells[at + 1]);
}

/** Units of ε in g(ω) of bath b. */
function spectrumUlps(words: Int32Array, cells: Float64Array, b: number): number {
  const spectrum = words[words[layout.SPECTRUM_TABLE] + b];
  if (spectrum === layout.SPECTRUM_FLAT) return 0;
  if (spectrum === layout.SPECTRUM_DRUDE) return layout.DRUDE_ULPS;
  const exponent = cells[parametersOf(words, b) + layout.EXPONENT];
  return layout.POWER_ULPS + layout.EXPONENT_ULPS * exponent;
}

/** What underflow may have taken from g(ω) of bath b at frequency number f. */
function spectrumFloor(words: Int32Array, cells: Float64Array, b: number, f: number): number {
  const spectrum = words[words[layout.SPECTRUM_TABLE] + b];
  if (spectrum === layout.SPECTRUM_FLAT) return 0;
  const parameters = parametersOf(words, b);
  const omega = frequencyValue(words, cells, f);
  const g = cells[parameters + layout.STRENGTH];
  if (spectrum === layout.SPECTRUM_DRUDE) return g * omega * layout.SMALLEST_NORMAL;
  const uncut = g * power(omega, cells[parameters + layout.EXPONENT]);
  return uncut * layout.UNDERFLOW + layout.UNDERFLOW;
}

/**
 * Relative error of D from that of ω₋ of the pair: the numerator ω₁ω₂ − λ² of it is known to some
 * units of ε² ω₁ω₂. Other frequencies are known to twice double precision.
 */
function frequencyError(words: Int32Array, cells: Float64Array, b: number, f: number): number {
  if (words[layout.MODEL] !== layout.MODEL_QUBIT_PAIR || f === 0) return 0;
  const parameters = words[layout.PARAMETER_CELLS];
  const plus = frequencyValue(words, cells, 0);
  const minus = frequencyValue(words, cells, 1);
  const share = (cells[parameters] / plus) * (cells[parameters + 1] / minus);
  const bath = words[layout.BATH_CELLS] + layout.BATH_SIZE * b;
  const ratio = minus * cells[bath + layout.VALUE];
  const bounded = ratio < layout.LARGEST_RATIO ? ratio : layout.LARGEST_RATIO;
  const error = 32 * layout.EPSILON * layout.EPSILON * (1 + share);
  return error * (layout.LARGEST_EXPONENT + 2 + bounded);
}

function frequencyValue(words: Int32Array, cells: Float64Array, f: number): number {
  return cells[words[layout.FREQUENCY_CELLS] + layout.FREQUENCY_SIZE * f + layout.VALUE];
}

/** Units of ε an energy may be off by. */
export function energyUlps(words: Int32Array): number {
  return words[layout.MODEL] === layout.MODEL_QUBIT_PAIR ? layout.ENERGY_ULPS : 0;
}
