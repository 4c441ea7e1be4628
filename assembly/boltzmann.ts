import { head } from "./double-double";
import { hyperbolic, inversePowerOfTwo, nearest, powerOfTwo, ROUND } from "./exp";
import { add, div, larger, mul, smaller, splat, sub } from "./lanes";
import * as layout from "./layout";
import { LINE_BLOCK } from "./tape-layout";

/** 2^−x is normal below it. */
const DEEP: f64 = 1000;
/** 2^−1100 rounds to 0: beyond, the argument does not matter. */
const UNDERFLOW: f64 = 1100;

/**
 * What the loop writes, as types, each with a loop of its own: fractions, whose columns lie a constant number
 * of bytes apart in blocks of BLOCK pairs; those in blocks of any size; rates in place of fractions;
 * correlations in place of fractions, in blocks of LINE_BLOCK pairs.
 */
export class Fractions {}
export class Any {}
export class Rates {}
export class Correlations {}

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

/** Bytes from one column to the next. */
function stepOf<Of>(step: usize): usize {
  if (idof<Of>() == idof<Any>()) return step;
  const pairs = idof<Of>() == idof<Correlations>() ? LINE_BLOCK : layout.BLOCK;
  return <usize>(pairs * layout.CELL_BYTES);
}

/**
 * C e^(−ω/T), C (1 − e^(−ω/T)) and C to the columns at `to`: the first over C is within 1.5 ulp, the
 * second within 2.5, for any ω/T, through subnormals to 0. x = ω/T log₂e is formed to twice double
 * precision, as its rounding alone would cost ω/T ulp; with k the nearest integer and r = x − k it is
 * 2^−k (H − r)/(H + r), where C = H + r. `frequency` and `inverse` are columns holding HEAD and TAIL,
 * each with a stride. Loops on the hot path end in their condition and do not branch within: V8 then
 * keeps constants out of them.
 *
 * `Correlations` are D¹²(ω) = g (1 + n) and D²¹(−ω) = g n, (3.6)–(3.9), `Rates` D²¹(−ω) and their sum, of
 * the spectral function in the column `coupling`.
 */
export function boltzmann<Of>(
  frequency: usize,
  frequencyStride: usize,
  inverse: usize,
  inverseStride: usize,
  coupling: usize,
  couplingStride: usize,
  to: usize,
  anyStep: usize,
  end: usize,
): void {
  const step = stepOf<Of>(anyStep);
  const rates = idof<Of>() == idof<Rates>() || idof<Of>() == idof<Correlations>();
  const last = to + end;
  let deepest = splat(0);
  let m = frequency;
  let t = inverse;
  let g = coupling;
  let o = to;
  do {
    const frequencyHead = v128.load(m + layout.HEAD * step);
    const product = mul(frequencyHead, v128.load(t + layout.HEAD * step));
    const correction = add(
      mul(frequencyHead, v128.load(t + layout.TAIL * step)),
      mul(v128.load(m + layout.TAIL * step), v128.load(t + layout.VALUE * step)),
    );
    deepest = larger(deepest, product);
    const shifted = add(product, splat(ROUND));
    const r = add(sub(product, sub(shifted, splat(ROUND))), correction);
    const scale = inversePowerOfTwo(shifted);
    const h = hyperbolic(mul(r, r));
    const scaledH = mul(scale, h);
    const scaledR = mul(scale, r);
    const fraction = sub(scaledH, scaledR);
    const complement = add(sub(h, scaledH), add(r, scaledR));
    if (rates) {
      writeRates<Of>(v128.load(g), fraction, complement, add(h, r), o, step);
      g += couplingStride;
    } else {
      writeFractions(fraction, complement, add(h, r), o, step);
    }
    m += frequencyStride;
    t += inverseStride;
    o += layout.CELL_BYTES;
  } while (o < last);
  if (!v128.any_true(f64x2.ge(deepest, splat(DEEP)))) return;
  deepBoltzmann(frequency, frequencyStride, inverse, inverseStride, to, step, end);
  if (rates) ratesOfFractions<Of>(coupling, couplingStride, to, step, end);
}

/** The fractions where a lane of 2^−k may be subnormal: it comes in two factors. */
function deepBoltzmann(
  frequency: usize,
  frequencyStride: usize,
  inverse: usize,
  inverseStride: usize,
  to: usize,
  step: usize,
  end: usize,
): void {
  let m = frequency;
  let t = inverse;
  for (let o = to; o < to + end; o += layout.CELL_BYTES) {
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
    const scale = inversePowerOfTwo(add(kNormal, splat(ROUND)));
    const h = hyperbolic(mul(r, r));
    const scaledH = mul(scale, h);
    const scaledR = mul(scale, r);
    const fraction = mul(sub(scaledH, scaledR), powerOfTwo(sub(kNormal, k)));
    const complement = add(sub(h, scaledH), add(r, scaledR));
    writeFractions(fraction, complement, add(h, r), o, step);
    m += frequencyStride;
    t += inverseStride;
  }
}

/** The rates of those fractions. */
function ratesOfFractions<Of>(
  coupling: usize,
  couplingStride: usize,
  to: usize,
  step: usize,
  end: usize,
): void {
  let g = coupling;
  for (let o = to; o < to + end; o += layout.CELL_BYTES) {
    const fraction = v128.load(o + layout.BOLTZMANN * step);
    const complement = v128.load(o + layout.COMPLEMENT * step);
    writeRates<Of>(
      v128.load(g),
      fraction,
      complement,
      v128.load(o + layout.FACTOR * step),
      o,
      step,
    );
    g += couplingStride;
  }
}

function writeFractions(
  fraction: v128,
  complement: v128,
  factor: v128,
  to: usize,
  step: usize,
): void {
  v128.store(to + layout.BOLTZMANN * step, fraction);
  v128.store(to + layout.COMPLEMENT * step, complement);
  v128.store(to + layout.FACTOR * step, factor);
}

function writeRates<Of>(
  g: v128,
  fraction: v128,
  complement: v128,
  factor: v128,
  to: usize,
  step: usize,
): void {
  const share = div(g, complement);
  v128.store(to + layout.ABSORPTION * step, mul(share, fraction));
  if (idof<Of>() == idof<Rates>()) {
    v128.store(to + layout.BOTH * step, mul(share, add(factor, fraction)));
  } else {
    v128.store(to + layout.EMISSION * step, mul(share, factor));
  }
}
