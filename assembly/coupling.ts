import { parametersOf } from "./bath";
import { column, columnBytes, get, set, word } from "./cells";
import { abs, add, larger, mul, select, splat } from "./lanes";
import * as common from "./layout";
import * as layout from "./system-layout";

/** First word of bath b's record. */
export function bathRecord(words: usize, b: i32): i32 {
  return word(words, layout.BATH_TABLE) + layout.BATH_WORDS * b;
}

/**
 * lim D(ω), ω → 0, of bath b for the pairs up to byte `end`: g T where g(ω) ~ g ω, 0 where it falls
 * faster, NaN where there is none.
 */
export function fillLimit(words: usize, cells: usize, b: i32, limits: i32, end: usize): void {
  const step = columnBytes(words);
  const parameters = parametersOf(words, cells, b);
  const spectrum = word(words, word(words, common.SPECTRUM_TABLE) + b);
  const to = column(words, cells, limits + b);
  for (let i: usize = 0; i < end; i += common.CELL_BYTES) {
    const t = v128.load(parameters + common.TEMPERATURE * step + i);
    const g = v128.load(parameters + common.STRENGTH * step + i);
    const linear = mul(g, t);
    let limit = splat(NaN);
    if (spectrum == common.SPECTRUM_DRUDE) limit = linear;
    if (spectrum == common.SPECTRUM_POWER) {
      const exponent = v128.load(parameters + common.EXPONENT * step + i);
      const cold = v128.and(f64x2.eq(t, splat(0)), f64x2.gt(exponent, splat(0)));
      const none = v128.or(f64x2.gt(exponent, splat(1)), cold);
      limit = select(f64x2.eq(exponent, splat(1)), linear, select(none, splat(0), limit));
    }
    v128.store(to + i, select(f64x2.eq(g, splat(0)), splat(0), limit));
  }
}

/**
 * Q = ½ D ∘ S of bath b, element by element beside S: D(ω) at the frequency by which it lowers the system's
 * energy. S† ⊗ B can only be followed by S lowering, S ⊗ B† by S† raising; at ω = 0 half of each.
 * Where D has no limit at 0, an element that needs it is NaN. What is no more than rounding is 0.
 */
export function fillRates(words: usize, cells: usize, b: i32): void {
  const record = bathRecord(words, b);
  const negligible = mul(
    splat(layout.NEGLIGIBLE),
    get(cells, word(words, record + layout.RATE_NORM)),
  );
  const zero = splat(0);
  let at = word(words, record + layout.RATE_TABLE);
  const rates = word(words, record + layout.RATES);
  for (let k = 0; k < rates; k++) {
    const to = word(words, at);
    const element = word(words, at + 1);
    const label = get(cells, word(words, at + 2));
    const occupation = word(words, at + 3);
    const kind = word(words, at + 5);
    const re = get(cells, element);
    const im = get(cells, element + 1);
    const limit = get(cells, word(words, at + 4));
    const small = f64x2.le(larger(abs(re), abs(im)), negligible);
    let correlation = kind == layout.HERMITIAN ? limit : mul(splat(0.5), limit);
    if (occupation >= 0) {
      const down = kind == layout.ABSORBING ? zero : get(cells, occupation + common.EMISSION);
      const up = kind == layout.EMITTING ? zero : get(cells, occupation + common.ABSORPTION);
      const driven = select(f64x2.gt(label, zero), down, up);
      correlation = select(f64x2.eq(label, zero), correlation, driven);
    }
    const half = mul(splat(0.5), v128.andnot(correlation, small));
    set(cells, to + layout.HALF_CORRELATION, half);
    set(cells, to + layout.COUPLING, re);
    set(cells, to + layout.COUPLING + 1, im);
    set(cells, to + layout.RATE, mul(half, re));
    set(cells, to + layout.RATE + 1, mul(half, im));
    at += layout.RATE_WORDS;
  }
}

/** 0 in the lanes in which every rate is a number, else NaN. */
export function undefinedRates(words: usize, cells: usize): v128 {
  let sum = splat(0);
  const baths = word(words, common.BATHS);
  for (let b = 0; b < baths; b++) {
    const record = bathRecord(words, b);
    let at = word(words, record + layout.RATE_TABLE);
    const rates = word(words, record + layout.RATES);
    for (let k = 0; k < rates; k++) {
      const rate = word(words, at) + layout.RATE;
      sum = add(sum, mul(splat(0), add(get(cells, rate), get(cells, rate + 1))));
      at += layout.RATE_WORDS;
    }
  }
  return sum;
}
