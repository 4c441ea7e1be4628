import { add, mul, splat, sub } from "./lanes";

/** Adding and subtracting it rounds |x| < 2^51 to the nearest integer, ties to even. */
export const ROUND: f64 = 6755399441055744;

/** The nearest integer, ties to even; |x| < 2^51. */
export function nearest(x: v128): v128 {
  return sub(add(x, splat(ROUND)), splat(ROUND));
}

/** 2^k for an integer −1022 ≤ k ≤ 1023: k's low bits, biased, moved to where the exponent is. */
export function powerOfTwo(k: v128): v128 {
  return i64x2.shl(add(k, splat(ROUND + 1023)), 52);
}

/** 2^−k for an integer −1023 ≤ k ≤ 1022 from k + ROUND, whose low bits are those of k. */
export function inversePowerOfTwo(shifted: v128): v128 {
  return i64x2.shl(i64x2.sub(i64x2.splat(1023), shifted), 52);
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

/**
 * H = r coth(r ln2 / 2) for |r| ≤ ½ of r², within 0.65 ulp: 2^−r = (H − r)/(H + r) without a division
 * where a ratio is all that is asked for. Its polynomial, fitted by Remez's exchange, is within 4e−18.
 */
export function hyperbolic(r2: v128): v128 {
  const r4 = mul(r2, r2);
  const a = add(splat(0.11552453009332377), mul(r2, splat(-0.0009250684777216313)));
  const b = add(splat(1.0582188537314709e-5), mul(r2, splat(-1.2710235321120992e-7)));
  const c = add(b, mul(r4, splat(1.5283891522988644e-9)));
  return add(splat(2.8853900817779268), mul(r2, add(a, mul(r4, c))));
}
