/** Bits after the point of the fixed-point numbers below. */
const BITS = 1400n;
const ONE = 1n << BITS;

/** A finite double as an exact fixed-point number (doubles down to 2^−1074 fit). */
export function toFixed(x: number): bigint {
  let [mantissa, exponent] = [x, 0];
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent -= 1;
  }
  return (BigInt(mantissa) << BITS) >> BigInt(-exponent);
}

/** The double nearest to a fixed-point number, to well below an ulp. */
export function toDouble(x: bigint): number {
  const negative = x < 0n;
  const size = negative ? -x : x;
  const length = size.toString(2).length;
  const shift = Math.max(0, length - 64);
  const value = Number(size >> BigInt(shift)) * 2 ** (shift - Number(BITS) + 700) * 2 ** -700;
  return negative ? -value : value;
}

/** e^x for a fixed-point x ≤ 1. */
export function bigExp(x: bigint): bigint {
  const halvings = 40n + BigInt(Math.max(0, (x < 0n ? -x : x).toString(2).length - Number(BITS)));
  const y = x >> halvings;
  let sum = ONE;
  let term = ONE;
  for (let k = 1n; term !== 0n; k++) {
    term = (term * y) / (k << BITS);
    sum += term;
  }
  for (let k = 0n; k < halvings; k++) sum = (sum * sum) >> BITS;
  return sum;
}

/** e^(−a/b) of two positive doubles, the quotient exact. */
export function bigBoltzmann(a: number, b: number): bigint {
  return bigExp(-((toFixed(a) << BITS) / toFixed(b)));
}

export const fixedOne = ONE;

/** |value − exact| in units in the last place of exact. */
export function ulps(value: number, exact: bigint): number {
  const rounded = Math.abs(toDouble(exact));
  const ulp = Math.max(2 ** (Math.floor(Math.log2(rounded)) - 52), 2 ** -1074);
  const difference = toFixed(value) - exact;
  return toDouble(difference < 0n ? -difference : difference) / ulp;
}
