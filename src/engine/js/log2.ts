import { powerOfTwo } from "./exp.ts";

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** 2^−e for x = m·2^e, 1 ≤ |m| < 2: a factor that brings x to the size of 1 without rounding. */
export function inverseExponent(x: number): number {
  double[0] = x;
  halves[1] = 0x7fe00000 - (halves[1] & 0x7ff00000);
  halves[0] = 0;
  return double[0];
}

/** The exponent e of a normal x = m·2^e > 0 with √½ < m ≤ √2. */
export function exponentOf(x: number): number {
  double[0] = x;
  const e = ((halves[1] >> 20) & 0x7ff) - 1023;
  return x * powerOfTwo(-e) > Math.SQRT2 ? e + 1 : e;
}

/**
 * log₂ m for √½ ≤ m ≤ √2, within 2 ulp: 2/ln 2 · artanh s with s = (m − 1)/(m + 1), |s| < 0.1716,
 * summed to s²¹.
 */
export function log2Reduced(m: number): number {
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let p = 1 / 21;
  p = p * z + 1 / 19;
  p = p * z + 1 / 17;
  p = p * z + 1 / 15;
  p = p * z + 1 / 13;
  p = p * z + 1 / 11;
  p = p * z + 1 / 9;
  p = p * z + 1 / 7;
  p = p * z + 1 / 5;
  p = p * z + 1 / 3;
  return 2.8853900817779268 * (s + s * (z * p));
}
