import { column, columnBytes, lengthOf, variesMask, word } from "./cells";
import { head } from "./double-double";
import { expm1Reduced, nearest, powerOfTwo } from "./exp";
import { abs, add, div, larger, mul, neg, select, smaller, splat, sub, within } from "./lanes";
import * as layout from "./layout";
import { exponentOf, log2Reduced } from "./log2";

/** ln 2 in two parts; k times the first is exact for |k| < 2^21. */
const LN2_HEAD: f64 = 0.6931471803691238;
const LN2_TAIL: f64 = 1.9082149292705877e-10;
/** exp(−750) rounds to 0: beyond, the argument does not matter. */
const UNDERFLOW: f64 = 750;
/** Below it, expm1Reduced gives exp(−δ) − 1 as it is. */
const CLOSE: f64 = 0.34;

/** 1/x as head + tail to about 80 bits, the head of 26; written to `toHead`, `toTail`. */
function invert(x: v128, toHead: usize, toTail: usize): void {
  const inverse = div(splat(1), x);
  const inverseHead = head(inverse);
  const xHead = head(x);
  const remainder = sub(sub(splat(1), mul(inverseHead, xHead)), mul(inverseHead, sub(x, xHead)));
  v128.store(toHead, inverseHead);
  v128.store(toTail, mul(remainder, inverse));
}

/**
 * e = exp(−ω/T) and f = 1 − e, each within 2 ulp for any ω/T, through subnormals to 0: ω/T is formed
 * to twice double precision, as its rounding alone would cost ω/T ulp. Both ω and 1/T come as head
 * and tail; e is 0 in the lanes of `cold`.
 */
function boltzmann(
  frequencyHead: v128,
  frequencyTail: v128,
  inverseHead: v128,
  inverseTail: v128,
  cold: v128,
  toE: usize,
  toF: usize,
): void {
  const product = mul(frequencyHead, inverseHead);
  const correction = add(
    mul(frequencyHead, inverseTail),
    mul(frequencyTail, add(inverseHead, inverseTail)),
  );
  const inRange = f64x2.lt(product, splat(UNDERFLOW));
  const y = neg(smaller(splat(UNDERFLOW), product));
  const k = nearest(mul(y, splat(Math.LOG2E)));
  const r = sub(
    sub(sub(y, mul(k, splat(LN2_HEAD))), mul(k, splat(LN2_TAIL))),
    v128.and(correction, inRange),
  );
  const p = expm1Reduced(r);
  const kNormal = larger(k, splat(-1000));
  const scale = powerOfTwo(kNormal);
  const scaled = mul(scale, p);
  let e = add(scale, scaled);
  let f = sub(sub(splat(1), scale), scaled);
  const deep = f64x2.lt(k, splat(-1000));
  if (v128.any_true(v128.or(deep, cold))) {
    // 2^k comes in two factors, as it may be subnormal
    e = v128.andnot(mul(e, powerOfTwo(sub(k, kNormal))), cold);
    f = select(cold, splat(1), f);
  }
  v128.store(toE, e);
  v128.store(toF, f);
}

/** ω^exponent, within exponent + 2 ulp; NaN where it leaves the range of doubles. */
export function power(omega: v128, exponent: v128): v128 {
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
 * Checks the parameters of bath b and prepares what depends on them alone, for the pairs up to byte
 * `end` of the columns. Writes the mask of lanes in which all lie inside their domains.
 */
export function prepareBath(words: usize, cells: usize, b: i32, end: usize): void {
  const step = columnBytes(words);
  const parameters = parametersOf(words, cells, b);
  const spectrum = word(words, word(words, layout.SPECTRUM_TABLE) + b);
  const bath = bathOf(words, cells, b);
  const insideColumn = column(words, cells, word(words, layout.INSIDE_CELLS) + 1 + b);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const t = v128.load(parameters + layout.TEMPERATURE * step + i);
    const g = v128.load(parameters + layout.STRENGTH * step + i);
    const strong = within(g, layout.SMALLEST, layout.LARGEST);
    let inside = v128.and(within(t, 0, layout.LARGEST), v128.or(f64x2.eq(g, splat(0)), strong));
    if (spectrum == layout.SPECTRUM_POWER) {
      const exponent = v128.load(parameters + layout.EXPONENT * step + i);
      inside = v128.and(inside, within(exponent, 0, layout.LARGEST_EXPONENT));
    }
    if (spectrum != layout.SPECTRUM_FLAT) {
      const cutoff = v128.load(parameters + layout.CUTOFF * step + i);
      inside = v128.and(inside, within(cutoff, layout.SMALLEST, layout.LARGEST));
    }
    v128.store(insideColumn + i, inside);
    const warm = f64x2.ge(t, splat(layout.COLDEST));
    v128.store(bath + layout.COLD * step + i, v128.andnot(splat(1), warm));
    invert(select(warm, t, splat(1)), bath + layout.HEAD * step + i, bath + layout.TAIL * step + i);
  }
}

/** Boltzmann factors and spectral function of bath b at every frequency. */
export function fillOccupations(words: usize, cells: usize, b: i32, end: usize): void {
  const step = columnBytes(words);
  const modelMask = variesMask(words, cells, 0);
  const bathMask = variesMask(words, cells, 1 + b);
  const length = lengthOf(modelMask | bathMask, end);
  const bath = bathOf(words, cells, b);
  const parameters = parametersOf(words, cells, b);
  const spectrum = word(words, word(words, layout.SPECTRUM_TABLE) + b);
  const frequencies = word(words, layout.FREQUENCIES);
  for (let f = 0; f < frequencies; f++) {
    const frequency = frequencyOf(words, cells, f);
    const occupation = occupationOf(words, cells, b, f);
    for (let i: usize = 0; i < length; i += layout.CELL_BYTES) {
      const m = frequency + (i & modelMask);
      const t = bath + (i & bathMask);
      const o = occupation + i;
      const g = spectralFunction(spectrum, parameters + (i & bathMask), m, o, step);
      boltzmann(
        v128.load(m + layout.HEAD * step),
        v128.load(m + layout.TAIL * step),
        v128.load(t + layout.HEAD * step),
        v128.load(t + layout.TAIL * step),
        f64x2.ne(v128.load(t + layout.COLD * step), splat(0)),
        o + layout.BOLTZMANN * step,
        o + layout.COMPLEMENT * step,
      );
      v128.store(o + layout.COUPLING * step, g);
    }
  }
}

/** The correlations of bath b that its occupations make, (3.6)–(3.9). */
export function fillCorrelations(words: usize, cells: usize, b: i32, end: usize): void {
  const step = columnBytes(words);
  const mask = variesMask(words, cells, 0) | variesMask(words, cells, 1 + b);
  const length = lengthOf(mask, end);
  const frequencies = word(words, layout.FREQUENCIES);
  for (let f = 0; f < frequencies; f++) {
    const occupation = occupationOf(words, cells, b, f);
    for (let i: usize = 0; i < length; i += layout.CELL_BYTES) {
      const o = occupation + i;
      const inverse = div(
        v128.load(o + layout.COUPLING * step),
        v128.load(o + layout.COMPLEMENT * step),
      );
      v128.store(o + layout.EMISSION * step, inverse);
      v128.store(
        o + layout.ABSORPTION * step,
        mul(inverse, v128.load(o + layout.BOLTZMANN * step)),
      );
    }
  }
}

/** First parameter column of bath b. */
export function parametersOf(words: usize, cells: usize, b: i32): usize {
  const first = word(words, layout.PARAMETER_CELLS) + word(words, layout.MODEL_PARAMETERS);
  return column(words, cells, first + layout.BATH_PARAMETERS * b);
}

/** First column of bath b. */
function bathOf(words: usize, cells: usize, b: i32): usize {
  return column(words, cells, word(words, layout.BATH_CELLS) + layout.BATH_SIZE * b);
}

/** First column of frequency number f. */
export function frequencyOf(words: usize, cells: usize, f: i32): usize {
  return column(words, cells, word(words, layout.FREQUENCY_CELLS) + layout.FREQUENCY_SIZE * f);
}

/** First column of the occupation of bath b at frequency number f. */
export function occupationOf(words: usize, cells: usize, b: i32, f: i32): usize {
  const number = word(words, layout.FREQUENCIES) * b + f;
  return column(
    words,
    cells,
    word(words, layout.OCCUPATION_CELLS) + layout.OCCUPATION_SIZE * number,
  );
}

/** g(ω). The occupation's cells at `scratch`, written next, serve as scratch. */
function spectralFunction(
  spectrum: i32,
  parameters: usize,
  frequency: usize,
  scratch: usize,
  step: usize,
): v128 {
  const g = v128.load(parameters + layout.STRENGTH * step);
  if (spectrum == layout.SPECTRUM_FLAT) return g;
  const omega = v128.load(frequency + layout.VALUE * step);
  const cutoff = v128.load(parameters + layout.CUTOFF * step);
  if (spectrum == layout.SPECTRUM_DRUDE) {
    const ratio = div(omega, cutoff);
    return div(mul(g, omega), add(splat(1), mul(ratio, ratio)));
  }
  const inverseHead = scratch + layout.EMISSION * step;
  const inverseTail = scratch + layout.ABSORPTION * step;
  const e = scratch + layout.BOLTZMANN * step;
  invert(cutoff, inverseHead, inverseTail);
  boltzmann(
    v128.load(frequency + layout.HEAD * step),
    v128.load(frequency + layout.TAIL * step),
    v128.load(inverseHead),
    v128.load(inverseTail),
    i64x2.splat(0),
    e,
    scratch + layout.COMPLEMENT * step,
  );
  const exponent = v128.load(parameters + layout.EXPONENT * step);
  return mul(mul(g, power(omega, exponent)), v128.load(e));
}

/**
 * Writes e_A − e_B of baths 0 and 1 at frequency number f to the column `to`, without cancellation:
 * where δ = ω/T_B − ω/T_A is small, as e of the hotter times −expm1(−|δ|), with
 * δ = ω (T_A − T_B)/(T_A T_B).
 */
export function boltzmannDifference(
  words: usize,
  cells: usize,
  f: i32,
  to: usize,
  length: usize,
): void {
  const step = columnBytes(words);
  const modelMask = variesMask(words, cells, 0);
  const maskA = variesMask(words, cells, 1);
  const maskB = variesMask(words, cells, 2);
  const temperatureA = parametersOf(words, cells, 0) + layout.TEMPERATURE * step;
  const temperatureB = parametersOf(words, cells, 1) + layout.TEMPERATURE * step;
  const bathA = bathOf(words, cells, 0);
  const bathB = bathOf(words, cells, 1);
  const boltzmannA = occupationOf(words, cells, 0, f) + layout.BOLTZMANN * step;
  const boltzmannB = occupationOf(words, cells, 1, f) + layout.BOLTZMANN * step;
  const frequency = frequencyOf(words, cells, f) + layout.VALUE * step;
  for (let i: usize = 0; i < length; i += layout.CELL_BYTES) {
    const a = bathA + (i & maskA);
    const b = bathB + (i & maskB);
    const tA = v128.load(temperatureA + (i & maskA));
    const tB = v128.load(temperatureB + (i & maskB));
    const eA = v128.load(boltzmannA + (i & (modelMask | maskA)));
    const eB = v128.load(boltzmannB + (i & (modelMask | maskB)));
    const omega = v128.load(frequency + (i & modelMask));
    const inverseA = add(v128.load(a + layout.HEAD * step), v128.load(a + layout.TAIL * step));
    const inverseB = add(v128.load(b + layout.HEAD * step), v128.load(b + layout.TAIL * step));
    const delta = mul(mul(omega, inverseA), mul(sub(tA, tB), inverseB));
    const distance = abs(delta);
    const coldness = add(v128.load(a + layout.COLD * step), v128.load(b + layout.COLD * step));
    const close = v128.and(f64x2.eq(coldness, splat(0)), f64x2.lt(distance, splat(CLOSE)));
    let result = sub(eA, eB);
    if (v128.any_true(close)) {
      const difference = mul(larger(eA, eB), neg(expm1Reduced(neg(distance))));
      const signed = select(f64x2.lt(delta, splat(0)), neg(difference), difference);
      result = select(close, signed, result);
    }
    v128.store(to + i, result);
  }
}
