import { column, columnBytes, lengthOf, variesMask, word } from "./cells";
import { head } from "./double-double";
import { expm1Reduced, hyperbolic, inversePowerOfTwo, nearest, powerOfTwo, ROUND } from "./exp";
import { abs, add, all, div, larger, mul, neg, select, smaller, splat, sub, within } from "./lanes";
import * as layout from "./layout";
import { exponentOf, log2Reduced } from "./log2";

/** 2^−x is normal below it. */
const DEEP: f64 = 1000;
/** 2^−1100 rounds to 0: beyond, the argument does not matter. */
const UNDERFLOW: f64 = 1100;
/** Up to it, `hyperbolic` gives 2^−δ − 1 as it is. */
const CLOSE: f64 = 0.5;

/** Writes 1/x to the columns at `to`, `step` bytes apart, and as head + tail to about 80 bits. */
export function invert(x: v128, to: usize, step: usize): void {
  const inverse = div(splat(1), x);
  const inverseHead = head(inverse);
  const xHead = head(x);
  const remainder = sub(sub(splat(1), mul(inverseHead, xHead)), mul(inverseHead, sub(x, xHead)));
  v128.store(to + layout.VALUE * step, inverse);
  v128.store(to + layout.HEAD * step, inverseHead);
  v128.store(to + layout.TAIL * step, mul(remainder, inverse));
}

/**
 * C e^(−ω/T), C (1 − e^(−ω/T)) and C to the columns at `to`: the first over C is within 1.5 ulp, the
 * second within 2.5, for any ω/T, through subnormals to 0. x = ω/T log₂e is formed to twice double
 * precision, as its rounding alone would cost ω/T ulp; with k the nearest integer and r = x − k it is
 * 2^−k (H − r)/(H + r), where C = H + r. `frequency` and `inverse` are columns holding HEAD and TAIL.
 */
export function boltzmann(frequency: usize, inverse: usize, to: usize, step: usize): void {
  const frequencyHead = v128.load(frequency + layout.HEAD * step);
  const product = mul(frequencyHead, v128.load(inverse + layout.HEAD * step));
  const correction = add(
    mul(frequencyHead, v128.load(inverse + layout.TAIL * step)),
    mul(v128.load(frequency + layout.TAIL * step), v128.load(inverse + layout.VALUE * step)),
  );
  if (all(f64x2.lt(product, splat(DEEP)))) {
    const shifted = add(product, splat(ROUND));
    const r = add(sub(product, sub(shifted, splat(ROUND))), correction);
    writeFractions(inversePowerOfTwo(shifted), r, to, step);
  } else {
    deepBoltzmann(product, correction, to, step);
  }
}

/** The same where a lane of 2^−k may be subnormal: it comes in two factors. */
function deepBoltzmann(product: v128, correction: v128, to: usize, step: usize): void {
  const inRange = f64x2.lt(product, splat(UNDERFLOW));
  const x = smaller(splat(UNDERFLOW), product);
  const k = nearest(x);
  const kNormal = smaller(splat(DEEP), k);
  const r = add(sub(x, k), v128.and(correction, inRange));
  writeFractions(inversePowerOfTwo(add(kNormal, splat(ROUND))), r, to, step);
  const e = to + layout.BOLTZMANN * step;
  v128.store(e, mul(v128.load(e), powerOfTwo(sub(kNormal, k))));
}

/** Of scale = 2^−k and r = x − k. */
function writeFractions(scale: v128, r: v128, to: usize, step: usize): void {
  const h = hyperbolic(mul(r, r));
  const scaledH = mul(scale, h);
  const scaledR = mul(scale, r);
  v128.store(to + layout.BOLTZMANN * step, sub(scaledH, scaledR));
  v128.store(to + layout.COMPLEMENT * step, add(sub(h, scaledH), add(r, scaledR)));
  v128.store(to + layout.FACTOR * step, add(h, r));
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
    const inside = v128.and(insideTemperature(t), insideSpectrum(spectrum, parameters + i, step));
    v128.store(insideColumn + i, inside);
    invert(larger(t, splat(layout.COLDEST)), bath + i, step);
  }
}

export function insideTemperature(t: v128): v128 {
  return within(t, 0, layout.LARGEST);
}

/** The mask of lanes in which g, exponent and cutoff lie inside their domains. */
export function insideSpectrum(spectrum: i32, parameters: usize, step: usize): v128 {
  const g = v128.load(parameters + layout.STRENGTH * step);
  let inside = v128.or(f64x2.eq(g, splat(0)), within(g, layout.SMALLEST, layout.LARGEST));
  if (spectrum == layout.SPECTRUM_POWER) {
    const exponent = v128.load(parameters + layout.EXPONENT * step);
    inside = v128.and(inside, within(exponent, 0, layout.LARGEST_EXPONENT));
  }
  if (spectrum != layout.SPECTRUM_FLAT) {
    const cutoff = v128.load(parameters + layout.CUTOFF * step);
    inside = v128.and(inside, within(cutoff, layout.SMALLEST, layout.LARGEST));
  }
  return inside;
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
      const o = occupation + i;
      const g = spectralFunction(spectrum, parameters + (i & bathMask), m, o, step);
      v128.store(o + layout.COUPLING * step, g);
      boltzmann(m, bath + (i & bathMask), o, step);
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
      const share = div(
        v128.load(o + layout.COUPLING * step),
        v128.load(o + layout.COMPLEMENT * step),
      );
      v128.store(o + layout.EMISSION * step, mul(share, v128.load(o + layout.FACTOR * step)));
      v128.store(o + layout.ABSORPTION * step, mul(share, v128.load(o + layout.BOLTZMANN * step)));
    }
  }
}

/** First parameter column of bath b. */
export function parametersOf(words: usize, cells: usize, b: i32): usize {
  const first = word(words, layout.PARAMETER_CELLS) + word(words, layout.MODEL_PARAMETERS);
  return column(words, cells, first + layout.BATH_PARAMETERS * b);
}

/** First column of bath b. */
export function bathOf(words: usize, cells: usize, b: i32): usize {
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
export function spectralFunction(
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
  const inverse = scratch + layout.COUPLING * step;
  invert(cutoff, inverse, step);
  boltzmann(frequency, inverse, scratch, step);
  const e = div(
    v128.load(scratch + layout.BOLTZMANN * step),
    v128.load(scratch + layout.FACTOR * step),
  );
  const exponent = v128.load(parameters + layout.EXPONENT * step);
  return mul(mul(g, power(omega, exponent)), e);
}

/**
 * (T_A − T_B)/(T_A T_B) log₂e: the frequency times it is what δ of `difference` is.
 * The inverses are those of the temperatures.
 */
export function biasOf(tA: v128, tB: v128, inverseA: v128, inverseB: v128): v128 {
  return mul(mul(sub(tA, tB), mul(inverseA, inverseB)), splat(Math.LOG2E));
}

/**
 * a − b without cancellation, where b = a 2^−δ: where δ is small, as the larger of the two times
 * 1 − 2^−|δ|.
 */
export function difference(a: v128, b: v128, delta: v128): v128 {
  const distance = abs(delta);
  const close = f64x2.lt(distance, splat(CLOSE));
  let result = sub(a, b);
  if (v128.any_true(close)) {
    const share = div(add(delta, delta), add(hyperbolic(mul(delta, delta)), distance));
    result = select(close, mul(larger(a, b), share), result);
  }
  return result;
}
