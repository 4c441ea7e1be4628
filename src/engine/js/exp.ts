/** 2^k for −1022 ≤ k ≤ 1023, exact, at index k + 1022. */
const powers = new Float64Array(2046);
powers[1022] = 1;
for (let k = 1; k <= 1023; k++) powers[1022 + k] = powers[1021 + k] * 2;
for (let k = 1; k <= 1022; k++) powers[1022 - k] = powers[1023 - k] / 2;

/** 2^k for an integer −1022 ≤ k ≤ 1023. */
export function powerOfTwo(k: number): number {
  return powers[k + 1022];
}

/** Adding and subtracting it rounds |x| < 2^51 to the nearest integer, ties to even. */
const ROUND = 6755399441055744;

/** The nearest integer, ties to even; |x| < 2^51. */
export function nearest(x: number): number {
  return x + ROUND - ROUND;
}

/**
 * e^r − 1 for |r| ≤ 0.35: Taylor's series to r¹³, whose remainder is below 5e−18, by Estrin's
 * scheme. At most 1 ulp from the true value.
 */
export function expm1Reduced(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const r8 = r4 * r4;
  const a0 = 0.5 + r * 0.16666666666666666;
  const a1 = 0.041666666666666664 + r * 0.008333333333333333;
  const a2 = 0.001388888888888889 + r * 1.984126984126984e-4;
  const a3 = 2.48015873015873e-5 + r * 2.7557319223985893e-6;
  const a4 = 2.755731922398589e-7 + r * 2.505210838544172e-8;
  const a5 = 2.08767569878681e-9 + r * 1.6059043836821613e-10;
  const b0 = a0 + r2 * a1;
  const b1 = a2 + r2 * a3;
  const b2 = a4 + r2 * a5;
  return r + r2 * (b0 + r4 * b1 + r8 * b2);
}

/**
 * H = r coth(r ln2 / 2) for |r| ≤ ½ of r², within 0.65 ulp: 2^−r = (H − r)/(H + r) without a division
 * where a ratio is all that is asked for. Its polynomial, fitted by Remez's exchange, is within 4e−18.
 */
export function hyperbolic(r2: number): number {
  const r4 = r2 * r2;
  const a = 0.11552453009332377 + r2 * -0.0009250684777216313;
  const b = 1.0582188537314709e-5 + r2 * -1.2710235321120992e-7;
  const c = b + r4 * 1.5283891522988644e-9;
  return 2.8853900817779268 + r2 * (a + r4 * c);
}
