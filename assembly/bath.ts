import { Any, boltzmann, Fractions, invert } from "./boltzmann";
import { column, columnBytes, lengthOf, strideOf, variesMask, word } from "./cells";
import { expm1Reduced, hyperbolic, nearest, powerOfTwo } from "./exp";
import { abs, add, div, larger, mul, neg, select, smaller, splat, sub, within } from "./lanes";
import * as layout from "./layout";
import { exponentOf, log2Reduced } from "./log2";

/** Up to it, `hyperbolic` gives 2^−δ − 1 as it is. */
const CLOSE: f64 = 0.5;

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

/** The mask for byte offsets in the spectral function of bath b; a flat one does not see the model. */
export function couplingMask(words: usize, cells: usize, b: i32): usize {
  const spectrum = word(words, word(words, layout.SPECTRUM_TABLE) + b);
  if (spectrum == layout.SPECTRUM_FLAT) return spectrumMask(words, cells, b);
  return variesMask(words, cells, 0) | spectrumMask(words, cells, b);
}

/** Notes the stride of that column, for the loops that read it from memory like those of `setVariesMask`. */
export function setCouplingStride(words: usize, cells: usize, b: i32): void {
  const stage = 1 + word(words, layout.BATHS) + b;
  const stride = couplingMask(words, cells, b) & layout.CELL_BYTES;
  store<usize>(column(words, cells, word(words, layout.VARIES_CELLS) + stage), stride, 12);
}

export function couplingStrideOf(words: usize, cells: usize, b: i32): usize {
  const stage = 1 + word(words, layout.BATHS) + b;
  return load<usize>(column(words, cells, word(words, layout.VARIES_CELLS) + stage), 12);
}

/** C e^(−ω/T), C (1 − e^(−ω/T)) and C of bath b at every frequency. */
export function fillBoltzmann(words: usize, cells: usize, b: i32, end: usize): void {
  const whole = word(words, layout.BLOCK_PAIRS) == layout.BLOCK;
  const frequencies = word(words, layout.FREQUENCIES);
  for (let f = 0; f < frequencies; f++) {
    if (whole) fillBoltzmannAt<Fractions>(words, cells, b, f, end);
    else fillBoltzmannAt<Any>(words, cells, b, f, end);
  }
}

function fillBoltzmannAt<Of>(words: usize, cells: usize, b: i32, f: i32, end: usize): void {
  const modelStride = strideOf(words, cells, 0);
  const bathStride = strideOf(words, cells, 1 + b);
  const bath = bathOf(words, cells, b);
  const length = lengthOf(modelStride | bathStride, end);
  const step = columnBytes(words);
  const frequency = frequencyOf(words, cells, f);
  const to = occupationOf(words, cells, b, f);
  boltzmann<Of>(frequency, modelStride, bath, bathStride, 0, 0, to, step, length);
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
    const modelStride = strideOf(words, cells, 0);
    const stride = strideOf(words, cells, 1 + word(words, layout.BATHS) + b);
    boltzmann<Any>(frequency, modelStride, coupling, stride, 0, 0, occupation, step, end);
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

/**
 * (T_A − T_B)/(T_A T_B) log₂e of baths 0 and 1: the frequency times it is what δ of `difference` is. And
 * the smallest of its magnitudes in each lane of the block.
 */
export function fillBias(words: usize, cells: usize, end: usize): void {
  const step = columnBytes(words);
  const strideA = strideOf(words, cells, 1);
  const strideB = strideOf(words, cells, 2);
  let temperatureA = parametersOf(words, cells, 0) + layout.TEMPERATURE * step;
  let temperatureB = parametersOf(words, cells, 1) + layout.TEMPERATURE * step;
  let inverseA = bathOf(words, cells, 0) + layout.VALUE * step;
  let inverseB = bathOf(words, cells, 1) + layout.VALUE * step;
  const bias = biasOf(words, cells);
  const last = bias + lengthOf(strideA | strideB, end);
  let least = splat(Infinity);
  let to = bias;
  do {
    const difference = sub(v128.load(temperatureA), v128.load(temperatureB));
    const inverses = mul(v128.load(inverseA), v128.load(inverseB));
    const value = mul(mul(difference, inverses), splat(Math.LOG2E));
    v128.store(to, value);
    least = smaller(least, abs(value));
    temperatureA += strideA;
    temperatureB += strideB;
    inverseA += strideA;
    inverseB += strideB;
    to += layout.CELL_BYTES;
  } while (to < last);
  v128.store(bias + layout.LEAST * step, least);
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
