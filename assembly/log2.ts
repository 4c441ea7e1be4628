import { powerOfTwo } from "./exp";
import { add, div, mul, neg, select, splat, sub } from "./lanes";

const EXPONENT_BITS: i64 = 0x7ff0000000000000;
const TWICE_BIAS: i64 = 0x7fe0000000000000;
/** 2^52: or-ed with its bits, an integer below 2^52 becomes the double 2^52 + integer. */
const INTEGER: f64 = 4503599627370496;
const BIAS: f64 = 1023;

/** 2^−e for x = m·2^e, 1 ≤ |m| < 2: a factor that brings x to the size of 1 without rounding. */
export function inverseExponent(x: v128): v128 {
  return i64x2.sub(i64x2.splat(TWICE_BIAS), v128.and(x, i64x2.splat(EXPONENT_BITS)));
}

/** The exponent e of a normal x = m·2^e > 0 with √½ < m ≤ √2. */
export function exponentOf(x: v128): v128 {
  const biased = v128.or(i64x2.shr_u(x, 52), splat(INTEGER));
  const e = sub(biased, splat(INTEGER + BIAS));
  const above = f64x2.gt(mul(x, powerOfTwo(neg(e))), splat(Math.SQRT2));
  return select(above, add(e, splat(1)), e);
}

/**
 * log₂ m for √½ ≤ m ≤ √2, within 2 ulp: 2/ln 2 · artanh s with s = (m − 1)/(m + 1), |s| < 0.1716,
 * summed to s²¹.
 */
export function log2Reduced(m: v128): v128 {
  const s = div(sub(m, splat(1)), add(m, splat(1)));
  const z = mul(s, s);
  let p = splat(1.0 / 21.0);
  p = add(mul(p, z), splat(1.0 / 19.0));
  p = add(mul(p, z), splat(1.0 / 17.0));
  p = add(mul(p, z), splat(1.0 / 15.0));
  p = add(mul(p, z), splat(1.0 / 13.0));
  p = add(mul(p, z), splat(1.0 / 11.0));
  p = add(mul(p, z), splat(1.0 / 9.0));
  p = add(mul(p, z), splat(1.0 / 7.0));
  p = add(mul(p, z), splat(1.0 / 5.0));
  p = add(mul(p, z), splat(1.0 / 3.0));
  return mul(splat(2.8853900817779268), add(s, mul(s, mul(z, p))));
}
