import * as layout from "../../../assembly/layout.ts";
import { head } from "./double-double.ts";
import { expm1Reduced, nearest, powerOfTwo } from "./exp.ts";
import { exponentOf, log2Reduced } from "./log2.ts";

/** ln 2 in two parts; k times the first is exact for |k| < 2^21. */
const LN2_HEAD = 0.6931471803691238;
const LN2_TAIL = 1.9082149292705877e-10;
/** exp(−750) rounds to 0: beyond, the argument does not matter. */
const UNDERFLOW = 750;
/** Below it, expm1Reduced gives exp(−δ) − 1 as it is. */
const CLOSE = 0.34;

/** 1/x as head + tail to about 80 bits, the head of 26; written to cells[at + HEAD], [at + TAIL]. */
function invert(cells: Float64Array, at: number, x: number): void {
  const inverse = 1 / x;
  const inverseHead = head(inverse);
  const xHead = head(x);
  const remainder = 1 - inverseHead * xHead - inverseHead * (x - xHead);
  cells[at + layout.HEAD] = inverseHead;
  cells[at + layout.TAIL] = remainder * inverse;
}

/**
 * e = exp(−ω/T) and f = 1 − e, each within 2 ulp for any ω/T, through subnormals to 0: ω/T is formed
 * to twice double precision, as its rounding alone would cost ω/T ulp. `frequency` and `inverse`
 * are cells holding HEAD and TAIL.
 */
function boltzmann(cells: Float64Array, at: number, frequency: number, inverse: number): void {
  const inverseHead = cells[inverse + layout.HEAD];
  const inverseTail = cells[inverse + layout.TAIL];
  const product = cells[frequency + layout.HEAD] * inverseHead;
  const correction =
    cells[frequency + layout.HEAD] * inverseTail +
    cells[frequency + layout.TAIL] * (inverseHead + inverseTail);
  const inRange = product < UNDERFLOW;
  const y = inRange ? -product : -UNDERFLOW;
  const k = nearest(y * Math.LOG2E);
  const r = y - k * LN2_HEAD - k * LN2_TAIL - (inRange ? correction : 0);
  const p = expm1Reduced(r);
  // 2^k in two factors, as it may be subnormal
  const kNormal = k < -1000 ? -1000 : k;
  const scale = powerOfTwo(kNormal);
  const scaled = scale * p;
  cells[at + layout.BOLTZMANN] = (scale + scaled) * powerOfTwo(k - kNormal);
  cells[at + layout.COMPLEMENT] = 1 - scale - scaled;
}

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
  const cold = !(t >= layout.COLDEST);
  cells[bath + layout.COLD] = cold ? 1 : 0;
  invert(cells, bath, cold ? 1 : t);
  return inside;
}

/** Occupations and correlations of bath b at every frequency, (3.6)–(3.9). */
export function fillOccupations(words: Int32Array, cells: Float64Array, b: number): void {
  const frequencies = words[layout.FREQUENCIES];
  const bath = words[layout.BATH_CELLS] + layout.BATH_SIZE * b;
  const parameters = parametersOf(words, b);
  const spectrum = words[words[layout.SPECTRUM_TABLE] + b];
  let at = words[layout.OCCUPATION_CELLS] + layout.OCCUPATION_SIZE * frequencies * b;
  for (let f = 0; f < frequencies; f++) {
    const frequency = words[layout.FREQUENCY_CELLS] + layout.FREQUENCY_SIZE * f;
    const g = spectralFunction(cells, spectrum, parameters, frequency, at);
    boltzmann(cells, at, frequency, bath);
    if (cells[bath + layout.COLD] !== 0) {
      cells[at + layout.BOLTZMANN] = 0;
      cells[at + layout.COMPLEMENT] = 1;
    }
    const inverse = g / cells[at + layout.COMPLEMENT];
    cells[at + layout.COUPLING] = g;
    cells[at + layout.EMISSION] = inverse;
    cells[at + layout.ABSORPTION] = inverse * cells[at + layout.BOLTZMANN];
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
  const inverse = scratch + layout.OCCUPATION_SIZE - layout.FREQUENCY_SIZE;
  invert(cells, inverse, cutoff);
  boltzmann(cells, scratch, frequency, inverse);
  return g * power(omega, cells[parameters + layout.EXPONENT]) * cells[scratch + layout.BOLTZMANN];
}

/**
 * e_A − e_B of two baths at one frequency without cancellation: where δ = ω/T_B − ω/T_A is small, as
 * e of the hotter times −expm1(−|δ|), with δ = ω (T_A − T_B)/(T_A T_B).
 */
export function boltzmannDifference(
  words: Int32Array,
  cells: Float64Array,
  a: number,
  b: number,
  f: number,
): number {
  const parameters = words[layout.PARAMETER_CELLS] + words[layout.MODEL_PARAMETERS];
  const tA = cells[parameters + layout.BATH_PARAMETERS * a + layout.TEMPERATURE];
  const tB = cells[parameters + layout.BATH_PARAMETERS * b + layout.TEMPERATURE];
  const bathA = words[layout.BATH_CELLS] + layout.BATH_SIZE * a;
  const bathB = words[layout.BATH_CELLS] + layout.BATH_SIZE * b;
  const frequencies = words[layout.FREQUENCIES];
  const occupations = words[layout.OCCUPATION_CELLS];
  const eA = cells[occupations + layout.OCCUPATION_SIZE * (a * frequencies + f) + layout.BOLTZMANN];
  const eB = cells[occupations + layout.OCCUPATION_SIZE * (b * frequencies + f) + layout.BOLTZMANN];
  const omega = cells[words[layout.FREQUENCY_CELLS] + layout.FREQUENCY_SIZE * f + layout.VALUE];
  const inverseA = cells[bathA + layout.HEAD] + cells[bathA + layout.TAIL];
  const inverseB = cells[bathB + layout.HEAD] + cells[bathB + layout.TAIL];
  const delta = omega * inverseA * ((tA - tB) * inverseB);
  const distance = Math.abs(delta);
  const warm = cells[bathA + layout.COLD] + cells[bathB + layout.COLD] === 0;
  if (!(warm && distance < CLOSE)) return eA - eB;
  const difference = (eA < eB ? eB : eA) * -expm1Reduced(-distance);
  return delta < 0 ? -difference : difference;
}
