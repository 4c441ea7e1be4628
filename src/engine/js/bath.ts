import * as layout from "../../../assembly/layout.ts";
import { boltzmann, invert } from "./boltzmann.ts";
import { expm1Reduced, hyperbolic, nearest, powerOfTwo } from "./exp.ts";
import { exponentOf, log2Reduced } from "./log2.ts";

/** Up to it, `hyperbolic` gives 2^−δ − 1 as it is. */
const CLOSE = 0.5;

/** ω^exponent, within exponent + 2 ulp; NaN where it leaves the range of doubles. */
export function power(omega: number, exponent: number): number {
  const e = exponentOf(omega);
  const whole = exponent * e;
  const part = exponent * log2Reduced(omega * powerOfTwo(-e));
  const k = nearest(whole + part);
  if (!(k > -1000 && k < 1000)) return NaN;
  const scale = powerOfTwo(k);
  return scale + scale * expm1Reduced((whole - k + part) * Math.LN2);
}

/**
 * Checks the parameters of bath b and prepares what depends on them alone. False where one lies
 * outside its domain.
 */
export function prepareBath(words: Int32Array, cells: Float64Array, b: number): boolean {
  const parameters = parametersOf(words, b);
  const spectrum = words[words[layout.SPECTRUM_TABLE] + b];
  const t = cells[parameters + layout.TEMPERATURE];
  const g = cells[parameters + layout.STRENGTH];
  let inside =
    t >= 0 && t <= layout.LARGEST && (g === 0 || (g >= layout.SMALLEST && g <= layout.LARGEST));
  if (spectrum === layout.SPECTRUM_POWER) {
    const exponent = cells[parameters + layout.EXPONENT];
    inside &&= exponent >= 0 && exponent <= layout.LARGEST_EXPONENT;
  }
  if (spectrum !== layout.SPECTRUM_FLAT) {
    const cutoff = cells[parameters + layout.CUTOFF];
    inside &&= cutoff >= layout.SMALLEST && cutoff <= layout.LARGEST;
  }
  const bath = words[layout.BATH_CELLS] + layout.BATH_SIZE * b;
  invert(cells, bath, t < layout.COLDEST ? layout.COLDEST : t);
  return inside;
}

/** Boltzmann factors and spectral function of bath b at every frequency. */
export function fillOccupations(words: Int32Array, cells: Float64Array, b: number): void {
  const frequencies = words[layout.FREQUENCIES];
  const bath = words[layout.BATH_CELLS] + layout.BATH_SIZE * b;
  const parameters = parametersOf(words, b);
  const spectrum = words[words[layout.SPECTRUM_TABLE] + b];
  let at = words[layout.OCCUPATION_CELLS] + layout.OCCUPATION_SIZE * frequencies * b;
  for (let f = 0; f < frequencies; f++) {
    const frequency = words[layout.FREQUENCY_CELLS] + layout.FREQUENCY_SIZE * f;
    cells[at + layout.COUPLING] = spectralFunction(cells, spectrum, parameters, frequency, at);
    boltzmann(cells, at, frequency, bath);
    at += layout.OCCUPATION_SIZE;
  }
}

/** The correlations of bath b that its occupations make, (3.6)–(3.9). */
export function fillCorrelations(words: Int32Array, cells: Float64Array, b: number): void {
  const frequencies = words[layout.FREQUENCIES];
  let at = words[layout.OCCUPATION_CELLS] + layout.OCCUPATION_SIZE * frequencies * b;
  for (let f = 0; f < frequencies; f++) {
    const share = cells[at + layout.COUPLING] / cells[at + layout.COMPLEMENT];
    cells[at + layout.EMISSION] = share * cells[at + layout.FACTOR];
    cells[at + layout.ABSORPTION] = share * cells[at + layout.BOLTZMANN];
    at += layout.OCCUPATION_SIZE;
  }
}

/** First parameter cell of bath b. */
export function parametersOf(words: Int32Array, b: number): number {
  const first = words[layout.PARAMETER_CELLS] + words[layout.MODEL_PARAMETERS];
  return first + layout.BATH_PARAMETERS * b;
}

/** g(ω). The occupation cells at `scratch`, written next, serve as scratch. */
function spectralFunction(
  cells: Float64Array,
  spectrum: number,
  parameters: number,
  frequency: number,
  scratch: number,
): number {
  const g = cells[parameters + layout.STRENGTH];
  if (spectrum === layout.SPECTRUM_FLAT) return g;
  const omega = cells[frequency + layout.VALUE];
  const cutoff = cells[parameters + layout.CUTOFF];
  if (spectrum === layout.SPECTRUM_DRUDE) {
    const ratio = omega / cutoff;
    return (g * omega) / (1 + ratio * ratio);
  }
  const inverse = scratch + layout.COUPLING;
  invert(cells, inverse, cutoff);
  boltzmann(cells, scratch, frequency, inverse);
  const e = cells[scratch + layout.BOLTZMANN] / cells[scratch + layout.FACTOR];
  return g * power(omega, cells[parameters + layout.EXPONENT]) * e;
}

/** (T_A − T_B)/(T_A T_B) log₂e: the frequency times it is what δ of `difference` is. */
export function biasOf(words: Int32Array, cells: Float64Array): number {
  const tA = cells[parametersOf(words, 0) + layout.TEMPERATURE];
  const tB = cells[parametersOf(words, 1) + layout.TEMPERATURE];
  const baths = words[layout.BATH_CELLS];
  const inverses = cells[baths + layout.VALUE] * cells[baths + layout.BATH_SIZE + layout.VALUE];
  return (tA - tB) * inverses * Math.LOG2E;
}

/**
 * a − b without cancellation, where b = a 2^−δ: where δ is small, as the larger of the two times
 * 1 − 2^−|δ|.
 */
export function difference(a: number, b: number, delta: number): number {
  const square = delta * delta;
  if (!(square < CLOSE * CLOSE)) return a - b;
  return (a < b ? b : a) * ((delta + delta) / (hyperbolic(square) + Math.abs(delta)));
}
