import * as layout from "../../../assembly/layout.ts";
import { head } from "./double-double.ts";
import { hyperbolic, nearest, powerOfTwo } from "./exp.ts";

/** 2^−x is normal below it. */
const DEEP = 1000;
/** 2^−1100 rounds to 0: beyond, the argument does not matter. */
const UNDERFLOW = 1100;

/** Writes 1/x to cells[at + VALUE], and as head + tail to about 80 bits to [at + HEAD], [at + TAIL]. */
export function invert(cells: Float64Array, at: number, x: number): void {
  const inverse = 1 / x;
  const inverseHead = head(inverse);
  const xHead = head(x);
  const remainder = 1 - inverseHead * xHead - inverseHead * (x - xHead);
  cells[at + layout.VALUE] = inverse;
  cells[at + layout.HEAD] = inverseHead;
  cells[at + layout.TAIL] = remainder * inverse;
}

/**
 * C e^(−ω/T), C (1 − e^(−ω/T)) and C to the cells of the occupation `at`: the first over C is within
 * 1.5 ulp, the second within 2.5, for any ω/T, through subnormals to 0. x = ω/T log₂e is formed to twice
 * double precision, as its rounding alone would cost ω/T ulp; with k the nearest integer and r = x − k
 * it is 2^−k (H − r)/(H + r), where C = H + r. `frequency` and `inverse` are cells holding HEAD, TAIL.
 */
export function boltzmann(
  cells: Float64Array,
  at: number,
  frequency: number,
  inverse: number,
): void {
  const frequencyHead = cells[frequency + layout.HEAD];
  const product = frequencyHead * cells[inverse + layout.HEAD];
  const correction =
    frequencyHead * cells[inverse + layout.TAIL] +
    cells[frequency + layout.TAIL] * cells[inverse + layout.VALUE];
  const inRange = product < UNDERFLOW;
  const x = inRange ? product : UNDERFLOW;
  const k = nearest(x);
  const r = x - k + (inRange ? correction : 0);
  // 2^−k in two factors, as it may be subnormal
  const kNormal = k < DEEP ? k : DEEP;
  const scale = powerOfTwo(-kNormal);
  const h = hyperbolic(r * r);
  const scaledH = scale * h;
  const scaledR = scale * r;
  cells[at + layout.BOLTZMANN] = (scaledH - scaledR) * powerOfTwo(kNormal - k);
  cells[at + layout.COMPLEMENT] = h - scaledH + (r + scaledR);
  cells[at + layout.FACTOR] = h + r;
}
