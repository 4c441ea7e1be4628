import { column, columnBytes, lengthOf, strideOf, variesMask, word } from "./cells";
import { head } from "./double-double";
import { expm1Reduced, hyperbolic, inversePowerOfTwo, nearest, powerOfTwo, ROUND } from "./exp";
import { abs, add, div, larger, mul, neg, select, smaller, splat, sub, within } from "./lanes";
import * as layout from "./layout";
import { exponentOf, log2Reduced } from "./log2";

/** 2^−x is normal below it. */
const DEEP: f64 = 1000;
/** 2^−1100 rounds to 0: beyond, the argument does not matter. */
const UNDERFLOW: f64 = 1100;
/** Up to it, `hyperbolic` gives 2^−δ − 1 as it is. */
const CLOSE: f64 = 0.5;

/** Writes 1/x to the columns at `to`, `step` bytes apart, and as head + tail to about 80 bits. */
function invert(x: v128, to: usize, step: usize): void {
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
 * 2^−k (H − r)/(H + r), where C = H + r. `frequency` and `inverse` are columns holding HEAD and TAIL, for
 * whose byte offsets there is a mask each. Loops on the hot path end in their condition and do not branch
 * within: V8 then keeps constants out of them.
 */
function boltzmann(
  frequency: usize,
  frequencyMask: usize,
  inverse: usize,
  inverseMask: usize,
  to: usize,
  step: usize,
  end: usize,
): void {
  const frequencyStride = strideOf(frequencyMask);
  const inverseStride = strideOf(inverseMask);
  const last = to + end;
  let deep = i64x2.splat(0);
  let m = frequency;
  let t = inverse;
  let o = to;
  do {
    const frequencyHead = v128.load(m + layout.HEAD * step);
    const product = mul(frequencyHead, v128.load(t + layout.HEAD * step));
    const correction = add(
      mul(frequencyHead, v128.load(t + layout.TAIL * step)),
      mul(v128.load(m + layout.TAIL * step), v128.load(t + layout.VALUE * step)),
    );
    deep = v128.or(deep, f64x2.ge(product, splat(DEEP)));
    const shifted = add(product, splat(ROUND));
    const r = add(sub(product, sub(shifted, splat(ROUND))), correction);
    writeFractions(inversePowerOfTwo(shifted), r, o, step);
    m += frequencyStride;
    t += inverseStride;
    o += layout.CELL_BYTES;
  } while (o < last);
  if (v128.any_true(deep)) {
    deepBoltzmann(frequency, frequencyMask, inverse, inverseMask, to, step, end);
  }
}

/** The same where a lane of 2^−k may be subnormal: it comes in two factors. */
function deepBoltzmann(
  frequency: usize,
  frequencyMask: usize,
  inverse: usize,
  inverseMask: usize,
  to: usize,
  step: usize,
  end: usize,
): void {
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const m = frequency + (i & frequencyMask);
    const t = inverse + (i & inverseMask);
    const frequencyHead = v128.load(m + layout.HEAD * step);
    const product = mul(frequencyHead, v128.load(t + layout.HEAD * step));
    const correction = add(
      mul(frequencyHead, v128.load(t + layout.TAIL * step)),
      mul(v128.load(m + layout.TAIL * step), v128.load(t + layout.VALUE * step)),
    );
    const x = smaller(splat(UNDERFLOW), product);
    const k = nearest(x);
    const kNormal = smaller(splat(DEEP), k);
    const inRange = f64x2.lt(product, splat(UNDERFLOW));
    const r = add(sub(x, k), v128.and(correction, inRange));
    writeFractions(inversePowerOfTwo(add(kNormal, splat(ROUND))), r, to + i, step);
    const e = to + layout.BOLTZMANN * step + i;
    v128.store(e, mul(v128.load(e), powerOfTwo(sub(kNormal, k))));
  }
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
  checkSpectrum(words, cells, b, end);
  prepareTemperature(words, cells, b, end);
  const inside = insideColumn(words, cells, 1 + b);
  const sound = insideColumn(words, cells, 1 + word(words, layout.BATHS) + b);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    v128.store(inside + i, v128.and(v128.load(inside + i), v128.load(sound + i)));
  }
}

/** The column of the mask of lanes whose parameters of a stage lie inside their domains. */
function insideColumn(words: usize, cells: usize, stage: i32): usize {
  return column(words, cells, word(words, layout.INSIDE_CELLS) + stage);
}

/** Boltzmann factors and spectral function of bath b at every frequency. */
export function fillOccupations(words: usize, cells: usize, b: i32, end: usize): void {
  fillSpectrum(words, cells, b, end);
  fillBoltzmann(words, cells, b, end);
}

/** Writes the mask of lanes in which g, exponent and cutoff of bath b lie inside their domains. */
export function checkSpectrum(words: usize, cells: usize, b: i32, end: usize): void {
  const step = columnBytes(words);
  const parameters = parametersOf(words, cells, b);
  const spectrum = word(words, word(words, layout.SPECTRUM_TABLE) + b);
  const sound = insideColumn(words, cells, 1 + word(words, layout.BATHS) + b);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const g = v128.load(parameters + layout.STRENGTH * step + i);
    let inside = v128.or(f64x2.eq(g, splat(0)), within(g, layout.SMALLEST, layout.LARGEST));
    if (spectrum == layout.SPECTRUM_POWER) {
      const exponent = v128.load(parameters + layout.EXPONENT * step + i);
      inside = v128.and(inside, within(exponent, 0, layout.LARGEST_EXPONENT));
    }
    if (spectrum != layout.SPECTRUM_FLAT) {
      const cutoff = v128.load(parameters + layout.CUTOFF * step + i);
      inside = v128.and(inside, within(cutoff, layout.SMALLEST, layout.LARGEST));
    }
    v128.store(sound + i, inside);
  }
}

/** 1/T of bath b, and the mask of lanes in which T lies inside its domain. */
export function prepareTemperature(words: usize, cells: usize, b: i32, end: usize): void {
  const step = columnBytes(words);
  const temperatures = parametersOf(words, cells, b) + layout.TEMPERATURE * step;
  const bath = bathOf(words, cells, b);
  const inside = insideColumn(words, cells, 1 + b);
  let i: usize = 0;
  do {
    const t = v128.load(temperatures + i);
    v128.store(inside + i, within(t, 0, layout.LARGEST));
    invert(larger(t, splat(layout.COLDEST)), bath + i, step);
    i += layout.CELL_BYTES;
  } while (i < end);
}

/** The mask for byte offsets in what depends on g, exponent and cutoff of bath b alone. */
function spectrumMask(words: usize, cells: usize, b: i32): usize {
  return variesMask(words, cells, 1 + word(words, layout.BATHS) + b);
}

/** The mask for byte offsets in the spectral function of bath b. */
export function couplingMask(words: usize, cells: usize, b: i32): usize {
  return variesMask(words, cells, 0) | spectrumMask(words, cells, b);
}

/** C e^(−ω/T), C (1 − e^(−ω/T)) and C of bath b at every frequency. */
export function fillBoltzmann(words: usize, cells: usize, b: i32, end: usize): void {
  const modelMask = variesMask(words, cells, 0);
  const bathMask = variesMask(words, cells, 1 + b);
  const length = lengthOf(modelMask | bathMask, end);
  const bath = bathOf(words, cells, b);
  const frequencies = word(words, layout.FREQUENCIES);
  for (let f = 0; f < frequencies; f++) {
    const frequency = frequencyOf(words, cells, f);
    const occupation = occupationOf(words, cells, b, f);
    boltzmann(frequency, modelMask, bath, bathMask, occupation, columnBytes(words), length);
  }
}

/** The correlations of bath b that its occupations make, (3.6)–(3.9). */
export function fillCorrelations(words: usize, cells: usize, b: i32, end: usize): void {
  const step = columnBytes(words);
  const mask = variesMask(words, cells, 0) | variesMask(words, cells, 1 + b);
  const coupled = couplingMask(words, cells, b);
  const length = lengthOf(mask, end);
  const frequencies = word(words, layout.FREQUENCIES);
  for (let f = 0; f < frequencies; f++) {
    const occupation = occupationOf(words, cells, b, f);
    for (let i: usize = 0; i < length; i += layout.CELL_BYTES) {
      const o = occupation + i;
      const share = div(
        v128.load(occupation + layout.COUPLING * step + (i & coupled)),
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

/** g(ω) of bath b at every frequency. */
export function fillSpectrum(words: usize, cells: usize, b: i32, end: usize): void {
  const length = lengthOf(couplingMask(words, cells, b), end);
  const frequencies = word(words, layout.FREQUENCIES);
  for (let f = 0; f < frequencies; f++) fillCoupling(words, cells, b, f, length);
}

/** g(ω) of bath b at frequency number f. The other cells of the occupation serve as scratch. */
function fillCoupling(words: usize, cells: usize, b: i32, f: i32, end: usize): void {
  const step = columnBytes(words);
  const modelMask = variesMask(words, cells, 0);
  const mask = spectrumMask(words, cells, b);
  const spectrum = word(words, word(words, layout.SPECTRUM_TABLE) + b);
  const parameters = parametersOf(words, cells, b);
  const frequency = frequencyOf(words, cells, f);
  const occupation = occupationOf(words, cells, b, f);
  const coupling = occupation + layout.COUPLING * step;
  if (spectrum == layout.SPECTRUM_POWER) {
    const cutoffs = parameters + layout.CUTOFF * step;
    const length = lengthOf(mask, end);
    for (let i: usize = 0; i < length; i += layout.CELL_BYTES) {
      invert(v128.load(cutoffs + i), coupling + i, step);
    }
    boltzmann(frequency, modelMask, coupling, mask, occupation, step, end);
  }
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const parameter = parameters + (i & mask);
    const omega = v128.load(frequency + layout.VALUE * step + (i & modelMask));
    let g = v128.load(parameter + layout.STRENGTH * step);
    if (spectrum == layout.SPECTRUM_DRUDE) {
      const ratio = div(omega, v128.load(parameter + layout.CUTOFF * step));
      g = div(mul(g, omega), add(splat(1), mul(ratio, ratio)));
    } else if (spectrum == layout.SPECTRUM_POWER) {
      const e = div(
        v128.load(occupation + layout.BOLTZMANN * step + i),
        v128.load(occupation + layout.FACTOR * step + i),
      );
      g = mul(mul(g, power(omega, v128.load(parameter + layout.EXPONENT * step))), e);
    }
    v128.store(coupling + i, g);
  }
}

/** (T_A − T_B)/(T_A T_B) log₂e of baths 0 and 1: the frequency times it is what δ of `difference` is. */
export function fillBias(words: usize, cells: usize, end: usize): void {
  const step = columnBytes(words);
  const maskA = variesMask(words, cells, 1);
  const maskB = variesMask(words, cells, 2);
  const length = lengthOf(maskA | maskB, end);
  const temperaturesA = parametersOf(words, cells, 0) + layout.TEMPERATURE * step;
  const temperaturesB = parametersOf(words, cells, 1) + layout.TEMPERATURE * step;
  const inversesA = bathOf(words, cells, 0) + layout.VALUE * step;
  const inversesB = bathOf(words, cells, 1) + layout.VALUE * step;
  const to = biasOf(words, cells);
  let i: usize = 0;
  do {
    const tA = v128.load(temperaturesA + (i & maskA));
    const tB = v128.load(temperaturesB + (i & maskB));
    const inverses = mul(v128.load(inversesA + (i & maskA)), v128.load(inversesB + (i & maskB)));
    v128.store(to + i, mul(mul(sub(tA, tB), inverses), splat(Math.LOG2E)));
    i += layout.CELL_BYTES;
  } while (i < length);
}

/** The column of that. */
export function biasOf(words: usize, cells: usize): usize {
  const transitions = layout.TRANSITION_SIZE * word(words, layout.FREQUENCIES);
  return column(words, cells, word(words, layout.TRANSITION_CELLS) + transitions);
}

/** The mask of lanes in which a difference of Boltzmann factors would cancel. */
export function isClose(delta: v128): v128 {
  return f64x2.lt(mul(delta, delta), splat(CLOSE * CLOSE));
}

/**
 * a − b in the lanes where it would cancel, the given one in the others, where b = a 2^−δ: the larger of
 * the two times 1 − 2^−|δ|.
 */
export function closeDifference(a: v128, b: v128, delta: v128, other: v128): v128 {
  const share = div(add(delta, delta), add(hyperbolic(mul(delta, delta)), abs(delta)));
  return select(isClose(delta), mul(larger(a, b), share), other);
}
