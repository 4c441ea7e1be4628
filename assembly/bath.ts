import { head } from "./double-double";
import { expm1Reduced, nearest, powerOfTwo } from "./exp";
import {
  abs,
  add,
  div,
  get,
  larger,
  mul,
  neg,
  select,
  set,
  splat,
  sub,
  within,
  word,
} from "./lanes";
import * as layout from "./layout";
import { exponentOf, log2Reduced } from "./log2";

/** ln 2 in two parts; k times the first is exact for |k| < 2^21. */
const LN2_HEAD: f64 = 0.6931471803691238;
const LN2_TAIL: f64 = 1.9082149292705877e-10;
/** exp(−750) rounds to 0: beyond, the argument does not matter. */
const UNDERFLOW: f64 = 750;
/** Below it, expm1Reduced gives exp(−δ) − 1 as it is. */
const CLOSE: f64 = 0.34;

/** 1/x as head + tail to about 80 bits, the head of 26; written to cells[at + HEAD], [at + TAIL]. */
function invert(cells: usize, at: i32, x: v128): void {
  const inverse = div(splat(1), x);
  const inverseHead = head(inverse);
  const xHead = head(x);
  const remainder = sub(sub(splat(1), mul(inverseHead, xHead)), mul(inverseHead, sub(x, xHead)));
  set(cells, at + layout.HEAD, inverseHead);
  set(cells, at + layout.TAIL, mul(remainder, inverse));
}

/**
 * e = exp(−ω/T) and f = 1 − e, each within 2 ulp for any ω/T, through subnormals to 0: ω/T is formed
 * to twice double precision, as its rounding alone would cost ω/T ulp. `frequency` and `inverse`
 * are cells holding HEAD and TAIL.
 */
function boltzmann(cells: usize, at: i32, frequency: i32, inverse: i32): void {
  const frequencyHead = get(cells, frequency + layout.HEAD);
  const inverseHead = get(cells, inverse + layout.HEAD);
  const inverseTail = get(cells, inverse + layout.TAIL);
  const product = mul(frequencyHead, inverseHead);
  const correction = add(
    mul(frequencyHead, inverseTail),
    mul(get(cells, frequency + layout.TAIL), add(inverseHead, inverseTail)),
  );
  const inRange = f64x2.lt(product, splat(UNDERFLOW));
  const y = select(inRange, neg(product), splat(-UNDERFLOW));
  const k = nearest(mul(y, splat(Math.LOG2E)));
  const r = sub(
    sub(sub(y, mul(k, splat(LN2_HEAD))), mul(k, splat(LN2_TAIL))),
    v128.and(correction, inRange),
  );
  const p = expm1Reduced(r);
  // 2^k in two factors, as it may be subnormal
  const kNormal = larger(k, splat(-1000));
  const scale = powerOfTwo(kNormal);
  const scaled = mul(scale, p);
  set(cells, at + layout.BOLTZMANN, mul(add(scale, scaled), powerOfTwo(sub(k, kNormal))));
  set(cells, at + layout.COMPLEMENT, sub(sub(splat(1), scale), scaled));
}

/** ω^exponent, within exponent + 2 ulp; NaN where it leaves the range of doubles. */
function power(omega: v128, exponent: v128): v128 {
  const e = exponentOf(omega);
  const whole = mul(exponent, e);
  const part = mul(exponent, log2Reduced(mul(omega, powerOfTwo(neg(e)))));
  const k = nearest(add(whole, part));
  const inRange = v128.and(f64x2.gt(k, splat(-1000)), f64x2.lt(k, splat(1000)));
  const scale = powerOfTwo(k);
  const p = expm1Reduced(mul(add(sub(whole, k), part), splat(Math.LN2)));
  return select(inRange, add(scale, mul(scale, p)), splat(NaN));
}

/**
 * Checks the parameters of bath b and prepares what depends on them alone. The mask of lanes in
 * which all lie inside their domains.
 */
export function prepareBath(words: usize, cells: usize, b: i32): v128 {
  const parameters = parametersOf(words, b);
  const spectrum = word(words, word(words, layout.SPECTRUM_TABLE) + b);
  const t = get(cells, parameters + layout.TEMPERATURE);
  const g = get(cells, parameters + layout.STRENGTH);
  const strong = within(g, layout.SMALLEST, layout.LARGEST);
  let inside = v128.and(within(t, 0, layout.LARGEST), v128.or(f64x2.eq(g, splat(0)), strong));
  if (spectrum == layout.SPECTRUM_POWER) {
    const exponent = get(cells, parameters + layout.EXPONENT);
    inside = v128.and(inside, within(exponent, 0, layout.LARGEST_EXPONENT));
  }
  if (spectrum != layout.SPECTRUM_FLAT) {
    const cutoff = get(cells, parameters + layout.CUTOFF);
    inside = v128.and(inside, within(cutoff, layout.SMALLEST, layout.LARGEST));
  }
  const bath = word(words, layout.BATH_CELLS) + layout.BATH_SIZE * b;
  const warm = f64x2.ge(t, splat(layout.COLDEST));
  set(cells, bath + layout.COLD, v128.andnot(splat(1), warm));
  invert(cells, bath, select(warm, t, splat(1)));
  return inside;
}

/** Occupations and correlations of bath b at every frequency, (3.6)–(3.9). */
export function fillOccupations(words: usize, cells: usize, b: i32): void {
  const frequencies = word(words, layout.FREQUENCIES);
  const bath = word(words, layout.BATH_CELLS) + layout.BATH_SIZE * b;
  const parameters = parametersOf(words, b);
  const spectrum = word(words, word(words, layout.SPECTRUM_TABLE) + b);
  const cold = f64x2.ne(get(cells, bath + layout.COLD), splat(0));
  let at = word(words, layout.OCCUPATION_CELLS) + layout.OCCUPATION_SIZE * frequencies * b;
  for (let f = 0; f < frequencies; f++) {
    const frequency = word(words, layout.FREQUENCY_CELLS) + layout.FREQUENCY_SIZE * f;
    const g = spectralFunction(cells, spectrum, parameters, frequency, at);
    boltzmann(cells, at, frequency, bath);
    const e = v128.andnot(get(cells, at + layout.BOLTZMANN), cold);
    const complement = select(cold, splat(1), get(cells, at + layout.COMPLEMENT));
    const inverse = div(g, complement);
    set(cells, at + layout.BOLTZMANN, e);
    set(cells, at + layout.COMPLEMENT, complement);
    set(cells, at + layout.COUPLING, g);
    set(cells, at + layout.EMISSION, inverse);
    set(cells, at + layout.ABSORPTION, mul(inverse, e));
    at += layout.OCCUPATION_SIZE;
  }
}

/** First parameter cell of bath b. */
function parametersOf(words: usize, b: i32): i32 {
  const first = word(words, layout.PARAMETER_CELLS) + word(words, layout.MODEL_PARAMETERS);
  return first + layout.BATH_PARAMETERS * b;
}

/** g(ω). The occupation cells at `scratch`, written next, serve as scratch. */
function spectralFunction(
  cells: usize,
  spectrum: i32,
  parameters: i32,
  frequency: i32,
  scratch: i32,
): v128 {
  const g = get(cells, parameters + layout.STRENGTH);
  if (spectrum == layout.SPECTRUM_FLAT) return g;
  const omega = get(cells, frequency + layout.VALUE);
  const cutoff = get(cells, parameters + layout.CUTOFF);
  if (spectrum == layout.SPECTRUM_DRUDE) {
    const ratio = div(omega, cutoff);
    return div(mul(g, omega), add(splat(1), mul(ratio, ratio)));
  }
  const inverse = scratch + layout.OCCUPATION_SIZE - layout.FREQUENCY_SIZE;
  invert(cells, inverse, cutoff);
  boltzmann(cells, scratch, frequency, inverse);
  const powers = mul(g, power(omega, get(cells, parameters + layout.EXPONENT)));
  return mul(powers, get(cells, scratch + layout.BOLTZMANN));
}

/**
 * e_A − e_B of two baths at one frequency without cancellation: where δ = ω/T_B − ω/T_A is small, as
 * e of the hotter times −expm1(−|δ|), with δ = ω (T_A − T_B)/(T_A T_B).
 */
export function boltzmannDifference(words: usize, cells: usize, a: i32, b: i32, f: i32): v128 {
  const parameters = word(words, layout.PARAMETER_CELLS) + word(words, layout.MODEL_PARAMETERS);
  const tA = get(cells, parameters + layout.BATH_PARAMETERS * a + layout.TEMPERATURE);
  const tB = get(cells, parameters + layout.BATH_PARAMETERS * b + layout.TEMPERATURE);
  const bathA = word(words, layout.BATH_CELLS) + layout.BATH_SIZE * a;
  const bathB = word(words, layout.BATH_CELLS) + layout.BATH_SIZE * b;
  const frequencies = word(words, layout.FREQUENCIES);
  const occupations = word(words, layout.OCCUPATION_CELLS) + layout.BOLTZMANN;
  const eA = get(cells, occupations + layout.OCCUPATION_SIZE * (a * frequencies + f));
  const eB = get(cells, occupations + layout.OCCUPATION_SIZE * (b * frequencies + f));
  const frequency = word(words, layout.FREQUENCY_CELLS) + layout.FREQUENCY_SIZE * f;
  const omega = get(cells, frequency + layout.VALUE);
  const inverseA = add(get(cells, bathA + layout.HEAD), get(cells, bathA + layout.TAIL));
  const inverseB = add(get(cells, bathB + layout.HEAD), get(cells, bathB + layout.TAIL));
  const delta = mul(mul(omega, inverseA), mul(sub(tA, tB), inverseB));
  const distance = abs(delta);
  const coldness = add(get(cells, bathA + layout.COLD), get(cells, bathB + layout.COLD));
  const close = v128.and(f64x2.eq(coldness, splat(0)), f64x2.lt(distance, splat(CLOSE)));
  const difference = mul(larger(eA, eB), neg(expm1Reduced(neg(distance))));
  const signed = select(f64x2.lt(delta, splat(0)), neg(difference), difference);
  return select(close, signed, sub(eA, eB));
}
