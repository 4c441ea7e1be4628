import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";

/** First word of bath b's record. */
export function bathRecord(words: Int32Array, b: number): number {
  return words[layout.BATH_TABLE] + layout.BATH_WORDS * b;
}

/** lim D(ω), ω → 0, of bath b: g T where g(ω) ~ g ω, 0 where it falls faster, NaN where there is none. */
export function fillLimit(words: Int32Array, cells: Float64Array, b: number, limits: number): void {
  const parameters =
    words[common.PARAMETER_CELLS] + words[common.MODEL_PARAMETERS] + common.BATH_PARAMETERS * b;
  const t = cells[parameters + common.TEMPERATURE];
  const g = cells[parameters + common.STRENGTH];
  const exponent = cells[parameters + common.EXPONENT];
  const spectrum = words[words[common.SPECTRUM_TABLE] + b];
  let limit = NaN;
  if (g === 0) limit = 0;
  else if (spectrum === common.SPECTRUM_DRUDE) limit = g * t;
  else if (spectrum === common.SPECTRUM_POWER) {
    if (exponent === 1) limit = g * t;
    else if (exponent > 1 || (t === 0 && exponent > 0)) limit = 0;
  }
  cells[limits + b] = limit;
}

/**
 * Q = ½ D ∘ S of bath b, element by element beside S: D(ω) at the frequency by which it lowers the system's
 * energy. S† ⊗ B can only be followed by S lowering, S ⊗ B† by S† raising; at ω = 0 half of each.
 * Where D has no limit at 0, an element that needs it is NaN. What is no more than rounding is 0.
 */
export function fillRates(words: Int32Array, cells: Float64Array, b: number): void {
  const record = bathRecord(words, b);
  const negligible = layout.NEGLIGIBLE * cells[words[record + layout.RATE_NORM]];
  let at = words[record + layout.RATE_TABLE];
  for (let k = 0; k < words[record + layout.RATES]; k++) {
    const to = words[at];
    const re = cells[words[at + 1]];
    const im = cells[words[at + 1] + 1];
    const label = cells[words[at + 2]];
    const occupation = words[at + 3];
    const kind = words[at + 5];
    const size = Math.abs(re) < Math.abs(im) ? Math.abs(im) : Math.abs(re);
    let correlation = 0;
    if (size > negligible && occupation >= 0 && label !== 0) {
      const silent = label > 0 ? layout.ABSORBING : layout.EMITTING;
      const driven = label > 0 ? common.EMISSION : common.ABSORPTION;
      correlation = kind === silent ? 0 : cells[occupation + driven];
    } else if (size > negligible) {
      const limit = cells[words[at + 4]];
      correlation = kind === layout.HERMITIAN ? limit : 0.5 * limit;
    }
    const half = 0.5 * correlation;
    cells[to + layout.HALF_CORRELATION] = half;
    cells[to + layout.COUPLING] = re;
    cells[to + layout.COUPLING + 1] = im;
    cells[to + layout.RATE] = half * re;
    cells[to + layout.RATE + 1] = half * im;
    at += layout.RATE_WORDS;
  }
}

/** Whether a rate is no number. */
export function undefinedRates(words: Int32Array, cells: Float64Array): boolean {
  for (let b = 0; b < words[common.BATHS]; b++) {
    const record = bathRecord(words, b);
    let at = words[record + layout.RATE_TABLE];
    for (let k = 0; k < words[record + layout.RATES]; k++) {
      const rate = words[at] + layout.RATE;
      if (!Number.isFinite(cells[rate] + cells[rate + 1])) return true;
      at += layout.RATE_WORDS;
    }
  }
  return false;
}
