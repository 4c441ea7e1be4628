import { expm1Reduced, nearest, powerOfTwo } from "./exp";
import { abs, add, larger, mul, neg, select, smaller, splat, sub } from "./lanes";
import * as layout from "./system-layout";

/** ln 2 in two parts; k times the first is exact for |k| < 2^21. */
const LN2_HEAD: f64 = 0.6931471803691238;
const LN2_TAIL: f64 = 1.9082149292705877e-10;
/** π/2 in three parts; k times one of the first two is exact for |k| < 2^20. */
const HALF_PI_HEAD: f64 = 1.5707963267341256;
const HALF_PI_MIDDLE: f64 = 6.077100506303966e-11;
const HALF_PI_TAIL: f64 = 2.0222662487959506e-21;
/** exp overflows above, and underflows below its negative. */
const EXP_RANGE: f64 = 760;

/** e^x within 2 ulp; NaN where x is infinite or NaN. */
export function exponential(x: v128): v128 {
  const y = smaller(splat(EXP_RANGE), larger(splat(-EXP_RANGE), x));
  const k = nearest(mul(y, splat(Math.LOG2E)));
  const p = expm1Reduced(sub(sub(y, mul(k, splat(LN2_HEAD))), mul(k, splat(LN2_TAIL))));
  // 2^k in two factors, as it may leave the range of doubles
  const kNormal = smaller(splat(1000), larger(splat(-1000), k));
  const scale = powerOfTwo(kNormal);
  const result = mul(add(scale, mul(scale, p)), powerOfTwo(sub(k, kNormal)));
  return add(result, sub(x, x));
}

/** Multiples of π/2 in x, and what is left: |r| ≤ π/4. */
function multiples(x: v128): v128 {
  return nearest(mul(x, splat(0.6366197723675814)));
}

function remainder(x: v128, k: v128): v128 {
  const head = sub(x, mul(k, splat(HALF_PI_HEAD)));
  return sub(sub(head, mul(k, splat(HALF_PI_MIDDLE))), mul(k, splat(HALF_PI_TAIL)));
}

/** sin r for |r| ≤ π/4: Taylor's series to r¹⁷. */
function sineReduced(r: v128): v128 {
  const z = mul(r, r);
  let p = splat(2.8114572543455206e-15);
  p = add(mul(p, z), splat(-7.647163731819816e-13));
  p = add(mul(p, z), splat(1.6059043836821613e-10));
  p = add(mul(p, z), splat(-2.505210838544172e-8));
  p = add(mul(p, z), splat(2.7557319223985893e-6));
  p = add(mul(p, z), splat(-1.984126984126984e-4));
  p = add(mul(p, z), splat(0.008333333333333333));
  p = add(mul(p, z), splat(-0.16666666666666666));
  return add(r, mul(r, mul(z, p)));
}

/** cos r for |r| ≤ π/4: Taylor's series to r¹⁸. */
function cosineReduced(r: v128): v128 {
  const z = mul(r, r);
  let p = splat(-1.5619206968586225e-16);
  p = add(mul(p, z), splat(4.779477332387385e-14));
  p = add(mul(p, z), splat(-1.1470745597729725e-11));
  p = add(mul(p, z), splat(2.08767569878681e-9));
  p = add(mul(p, z), splat(-2.755731922398589e-7));
  p = add(mul(p, z), splat(2.48015873015873e-5));
  p = add(mul(p, z), splat(-0.001388888888888889));
  p = add(mul(p, z), splat(0.041666666666666664));
  return add(sub(splat(1), mul(splat(0.5), z)), mul(mul(z, z), p));
}

/** sin (x + quarter π/2), within 3e−16; NaN for |x| > LARGEST_ANGLE. */
function turned(x: v128, quarter: f64): v128 {
  const k = multiples(x);
  const r = remainder(x, k);
  const turn = add(k, splat(quarter));
  const m = sub(turn, mul(splat(4), nearest(mul(turn, splat(0.25)))));
  const odd = f64x2.eq(abs(m), splat(1));
  const value = select(odd, cosineReduced(r), sineReduced(r));
  const negative = v128.or(f64x2.eq(m, splat(-1)), f64x2.eq(abs(m), splat(2)));
  const signed = select(negative, neg(value), value);
  return select(f64x2.le(abs(x), splat(layout.LARGEST_ANGLE)), signed, splat(NaN));
}

export function sine(x: v128): v128 {
  return turned(x, 0);
}

export function cosine(x: v128): v128 {
  return turned(x, 1);
}
