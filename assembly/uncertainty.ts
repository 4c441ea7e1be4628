import { parametersOf, power } from "./bath";
import { at, get, set, word } from "./cells";
import { abs, add, div, mul, smaller, splat } from "./lanes";
import * as layout from "./layout";

/**
 * What the numbers that the kernel is made of may be off by, against exact arithmetic: each D¹²
 * relative to itself, and each product a · b* · D in all and beyond what its sources explain: products
 * of two errors, and what underflow took. Units of ε are those the functions state.
 */
export function fillUncertainties(words: usize, cells: usize): void {
  fillSourceErrors(words, cells);
  const ulps = elementUlps(words);
  const elementFloor = splat(ulps == 0 ? 0 : layout.ELEMENT_FLOOR);
  let entry = word(words, layout.RATE_TABLE);
  let rate = word(words, layout.RATE_CELLS);
  let to = word(words, layout.UNCERTAINTY_CELLS);
  const rates = word(words, layout.RATES);
  for (let k = 0; k < rates; k++) {
    const correlation = word(words, entry + 2);
    const source = sourceOf(words, correlation);
    const error = word(words, layout.SOURCE_ERROR_CELLS) + layout.SOURCE_SIZE * source;
    const occupation = word(words, layout.OCCUPATION_CELLS) + layout.OCCUPATION_SIZE * source;
    const absorbs = correlation - occupation == layout.ABSORPTION;
    const emitted = mul(get(cells, error + layout.RELATIVE), splat(absorbs ? 2 : 1));
    const relative = add(
      add(splat(2 * ulps * layout.EPSILON), emitted),
      splat(absorbs ? layout.ABSORPTION_ULPS * layout.EPSILON : 0),
    );
    const emission = get(cells, occupation + layout.EMISSION);
    const lost = add(
      get(cells, error + layout.LOST),
      absorbs ? mul(emission, splat(layout.UNDERFLOW)) : splat(0),
    );
    const a = magnitude(cells, word(words, entry));
    const b = magnitude(cells, word(words, entry + 1));
    const size = magnitude(cells, rate);
    const squared = add(mul(mul(relative, relative), size), mul(mul(a, b), lost));
    const floor = mul(
      mul(elementFloor, add(add(a, b), elementFloor)),
      add(get(cells, correlation), lost),
    );
    const own = add(add(squared, floor), splat(layout.UNDERFLOW));
    set(cells, to, add(mul(relative, size), own));
    set(cells, to + layout.OWN, own);
    entry += layout.RATE_WORDS;
    rate += layout.COMPLEX;
    to += layout.UNCERTAINTY_SIZE;
  }
}

function fillSourceErrors(words: usize, cells: usize): void {
  let to = word(words, layout.SOURCE_ERROR_CELLS);
  let occupation = word(words, layout.OCCUPATION_CELLS);
  const baths = word(words, layout.BATHS);
  const frequencies = word(words, layout.FREQUENCIES);
  for (let b = 0; b < baths; b++) {
    for (let f = 0; f < frequencies; f++) {
      const ulps = add(splat(layout.EMISSION_ULPS), spectrumUlps(words, cells, b));
      const rounding = mul(splat(layout.EPSILON), ulps);
      set(cells, to + layout.RELATIVE, add(rounding, frequencyError(words, cells, b, f)));
      const share = div(
        spectrumFloor(words, cells, b, f),
        get(cells, occupation + layout.COMPLEMENT),
      );
      set(cells, to + layout.LOST, mul(share, get(cells, occupation + layout.FACTOR)));
      to += layout.SOURCE_SIZE;
      occupation += layout.OCCUPATION_SIZE;
    }
  }
}

/** The number of the occupation that holds the correlation at this cell. */
export function sourceOf(words: usize, correlation: i32): i32 {
  return (correlation - word(words, layout.OCCUPATION_CELLS)) / layout.OCCUPATION_SIZE;
}

/** Units of ε an operator's element may be off by. */
export function elementUlps(words: usize): f64 {
  return word(words, layout.MODEL) == layout.MODEL_QUBIT_PAIR ? layout.ELEMENT_ULPS : 0;
}

/** |re| + |im| of the complex number at cell `index`. */
export function magnitude(cells: usize, index: i32): v128 {
  return add(abs(get(cells, index)), abs(get(cells, index + 1)));
}

/** Units of ε in g(ω) of bath b. */
function spectrumUlps(words: usize, cells: usize, b: i32): v128 {
  const spectrum = word(words, word(words, layout.SPECTRUM_TABLE) + b);
  if (spectrum == layout.SPECTRUM_FLAT) return splat(0);
  if (spectrum == layout.SPECTRUM_DRUDE) return splat(layout.DRUDE_ULPS);
  const exponent = parameter(words, cells, b, layout.EXPONENT);
  return add(splat(layout.POWER_ULPS), mul(splat(layout.EXPONENT_ULPS), exponent));
}

/** What underflow may have taken from g(ω) of bath b at frequency number f. */
function spectrumFloor(words: usize, cells: usize, b: i32, f: i32): v128 {
  const spectrum = word(words, word(words, layout.SPECTRUM_TABLE) + b);
  if (spectrum == layout.SPECTRUM_FLAT) return splat(0);
  const omega = frequencyValue(words, cells, f);
  const g = parameter(words, cells, b, layout.STRENGTH);
  if (spectrum == layout.SPECTRUM_DRUDE) {
    return mul(mul(g, omega), splat(layout.SMALLEST_NORMAL));
  }
  const uncut = mul(g, power(omega, parameter(words, cells, b, layout.EXPONENT)));
  return add(mul(uncut, splat(layout.UNDERFLOW)), splat(layout.UNDERFLOW));
}

/** A parameter of bath b, where a block is one pair. */
function parameter(words: usize, cells: usize, b: i32, which: i32): v128 {
  return v128.load(at(parametersOf(words, cells, b), which));
}

/**
 * Relative error of D from that of ω₋ of the pair: the numerator ω₁ω₂ − λ² of it is known to some
 * units of ε² ω₁ω₂. Other frequencies are known to twice double precision.
 */
function frequencyError(words: usize, cells: usize, b: i32, f: i32): v128 {
  if (word(words, layout.MODEL) != layout.MODEL_QUBIT_PAIR || f == 0) return splat(0);
  const parameters = word(words, layout.PARAMETER_CELLS);
  const plus = frequencyValue(words, cells, 0);
  const minus = frequencyValue(words, cells, 1);
  const share = mul(div(get(cells, parameters), plus), div(get(cells, parameters + 1), minus));
  const bath = word(words, layout.BATH_CELLS) + layout.BATH_SIZE * b;
  const ratio = mul(minus, get(cells, bath + layout.VALUE));
  const bounded = smaller(splat(layout.LARGEST_RATIO), ratio);
  const error = mul(splat(32 * layout.EPSILON * layout.EPSILON), add(splat(1), share));
  return mul(error, add(splat(layout.LARGEST_EXPONENT + 2), bounded));
}

function frequencyValue(words: usize, cells: usize, f: i32): v128 {
  const frequency = word(words, layout.FREQUENCY_CELLS) + layout.FREQUENCY_SIZE * f;
  return get(cells, frequency + layout.VALUE);
}

/** Units of ε an energy may be off by. */
export function energyUlps(words: usize): f64 {
  return word(words, layout.MODEL) == layout.MODEL_QUBIT_PAIR ? layout.ENERGY_ULPS : 0;
}
