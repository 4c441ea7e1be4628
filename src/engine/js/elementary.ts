import * as layout from "../../../assembly/system-layout.ts";
import { expm1Reduced, nearest, powerOfTwo } from "./exp.ts";

/** ln 2 in two parts; k times the first is exact for |k| < 2^21. */
const LN2_HEAD = 0.6931471803691238;
const LN2_TAIL = 1.9082149292705877e-10;
/** π/2 in three parts; k times one of the first two is exact for |k| < 2^20. */
const HALF_PI_HEAD = 1.5707963267341256;
const HALF_PI_MIDDLE = 6.077100506303966e-11;
const HALF_PI_TAIL = 2.0222662487959506e-21;
/** exp overflows above, and underflows below its negative. */
const EXP_RANGE = 760;

/** e^x within 2 ulp; NaN where x is infinite or NaN. */
export function exponential(x: number): number {
  const y = x < -EXP_RANGE ? -EXP_RANGE : x > EXP_RANGE ? EXP_RANGE : x;
  const k = nearest(y * Math.LOG2E);
  const p = expm1Reduced(y - k * LN2_HEAD - k * LN2_TAIL);
  // 2^k in two factors, as it may leave the range of doubles
  const kNormal = k < -1000 ? -1000 : k > 1000 ? 1000 : k;
  const scale = powerOfTwo(kNormal);
  return (scale + scale * p) * powerOfTwo(k - kNormal) + (x - x);
}

/** Multiples of π/2 in x, and what is left: |r| ≤ π/4. */
function multiples(x: number): number {
  return nearest(x * 0.6366197723675814);
}

function remainder(x: number, k: number): number {
  return x - k * HALF_PI_HEAD - k * HALF_PI_MIDDLE - k * HALF_PI_TAIL;
}

/** sin r for |r| ≤ π/4: Taylor's series to r¹⁷. */
function sineReduced(r: number): number {
  const z = r * r;
  let p = 2.8114572543455206e-15;
  p = p * z - 7.647163731819816e-13;
  p = p * z + 1.6059043836821613e-10;
  p = p * z - 2.505210838544172e-8;
  p = p * z + 2.7557319223985893e-6;
  p = p * z - 1.984126984126984e-4;
  p = p * z + 0.008333333333333333;
  p = p * z - 0.16666666666666666;
  return r + r * (z * p);
}

/** cos r for |r| ≤ π/4: Taylor's series to r¹⁸. */
function cosineReduced(r: number): number {
  const z = r * r;
  let p = -1.5619206968586225e-16;
  p = p * z + 4.779477332387385e-14;
  p = p * z - 1.1470745597729725e-11;
  p = p * z + 2.08767569878681e-9;
  p = p * z - 2.755731922398589e-7;
  p = p * z + 2.48015873015873e-5;
  p = p * z - 0.001388888888888889;
  p = p * z + 0.041666666666666664;
  return 1 - 0.5 * z + z * z * p;
}

/** sin (x + quarter π/2), within 3e−16; NaN for |x| > LARGEST_ANGLE. */
function turned(x: number, quarter: number): number {
  if (!(Math.abs(x) <= layout.LARGEST_ANGLE)) return NaN;
  const k = multiples(x);
  const r = remainder(x, k);
  const turn = k + quarter;
  const m = turn - 4 * nearest(turn * 0.25);
  const value = Math.abs(m) === 1 ? cosineReduced(r) : sineReduced(r);
  return m === -1 || Math.abs(m) === 2 ? -value : value;
}

export function sine(x: number): number {
  return turned(x, 0);
}

export function cosine(x: number): number {
  return turned(x, 1);
}
