import { add, mul, splat, sub } from "./lanes";

/** Adding and subtracting it rounds |x| < 2^51 to the nearest integer, ties to even. */
const ROUND: f64 = 6755399441055744;

/** The nearest integer, ties to even; |x| < 2^51. */
export function nearest(x: v128): v128 {
  return sub(add(x, splat(ROUND)), splat(ROUND));
}

/** 2^k for an integer −1022 ≤ k ≤ 1023: k's low bits, biased, moved to where the exponent is. */
export function powerOfTwo(k: v128): v128 {
  return i64x2.shl(add(k, splat(ROUND + 1023)), 52);
}

/**
 * e^r − 1 for |r| ≤ 0.35: Taylor's series to r¹³, whose remainder is below 5e−18, by Estrin's
 * scheme. At most 1 ulp from the true value.
 */
export function expm1Reduced(r: v128): v128 {
  const r2 = mul(r, r);
  const r4 = mul(r2, r2);
  const r8 = mul(r4, r4);
  const a0 = add(splat(0.5), mul(r, splat(0.16666666666666666)));
  const a1 = add(splat(0.041666666666666664), mul(r, splat(0.008333333333333333)));
  const a2 = add(splat(0.001388888888888889), mul(r, splat(1.984126984126984e-4)));
  const a3 = add(splat(2.48015873015873e-5), mul(r, splat(2.7557319223985893e-6)));
  const a4 = add(splat(2.755731922398589e-7), mul(r, splat(2.505210838544172e-8)));
  const a5 = add(splat(2.08767569878681e-9), mul(r, splat(1.6059043836821613e-10)));
  const b0 = add(a0, mul(r2, a1));
  const b1 = add(a2, mul(r2, a3));
  const b2 = add(a4, mul(r2, a5));
  return add(r, mul(r2, add(add(b0, mul(r4, b1)), mul(r8, b2))));
}
