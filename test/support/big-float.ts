/** m · 2^e. */
export interface Big {
  readonly m: bigint;
  readonly e: number;
}

const zero: Big = { m: 0n, e: 0 };

function bitLength(m: bigint): number {
  return m === 0n ? 0 : 4 * (m < 0n ? -m : m).toString(16).length;
}

/** A finite double, exactly. */
export function exactly(x: number): Big {
  if (x === 0) return zero;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 2047n);
  const fraction = bits & ((1n << 52n) - 1n);
  const m = exponent === 0 ? fraction : fraction | (1n << 52n);
  return { m: x < 0 ? -m : m, e: Math.max(exponent, 1) - 1075 };
}

/** The double nearest to a number, to well below an ulp; through subnormals to 0. */
export function toNumber({ m, e }: Big): number {
  const negative = m < 0n;
  const size = negative ? -m : m;
  const drop = Math.max(0, bitLength(size) - 64);
  let value = Number(size >> BigInt(drop));
  let exponent = e + drop;
  while (exponent < -900 && value !== 0) {
    value *= 2 ** -500;
    exponent += 500;
    if (exponent < -3000) return 0;
  }
  value *= 2 ** Math.min(exponent, 900);
  if (exponent > 900) value *= 2 ** (exponent - 900);
  return negative ? -value : value;
}

/** Arithmetic with mantissas of some `bits` bits: exact to 2^(2 − bits) of each result. */
export function bigArithmetic(bits: number) {
  const rounded = (m: bigint, e: number): Big => {
    const drop = bitLength(m) - bits;
    return drop <= 8 ? { m, e } : { m: m >> BigInt(drop), e: e + drop };
  };
  const add = (a: Big, b: Big): Big => {
    if (a.m === 0n) return b;
    if (b.m === 0n) return a;
    const [high, low] = a.e >= b.e ? [a, b] : [b, a];
    const shift = high.e - low.e;
    // what is that far below does not count
    if (shift > 2 * bits + 64 && bitLength(low.m) + low.e < bitLength(high.m) + high.e - bits - 8) {
      return high;
    }
    return rounded((high.m << BigInt(shift)) + low.m, low.e);
  };
  const negated = (a: Big): Big => ({ m: -a.m, e: a.e });
  const sub = (a: Big, b: Big) => add(a, negated(b));
  const mul = (a: Big, b: Big) => rounded(a.m * b.m, a.e + b.e);
  const div = (a: Big, b: Big): Big => {
    const shift = bits + 16 + Math.max(0, bitLength(b.m) - bitLength(a.m));
    return rounded((a.m << BigInt(shift)) / b.m, a.e - shift - b.e);
  };
  const sqrt = (a: Big): Big => {
    if (a.m === 0n) return zero;
    let shift = 2 * bits;
    if ((a.e - shift) % 2 !== 0) shift += 1;
    const m = a.m << BigInt(shift);
    let root = 1n << BigInt(Math.ceil(bitLength(m) / 2) + 1);
    for (;;) {
      const next = (root + m / root) >> 1n;
      if (next >= root) break;
      root = next;
    }
    return rounded(root, (a.e - shift) / 2);
  };
  const one: Big = { m: 1n, e: 0 };
  /** e^x; the argument's magnitude below 2^40. */
  const exp = (x: Big): Big => {
    if (x.m === 0n) return one;
    const halvings = Math.max(0, bitLength(x.m) + x.e) + 16;
    const point = bits + 2 * halvings + 32;
    const shift = x.e - halvings + point;
    const y = shift >= 0 ? x.m << BigInt(shift) : x.m >> BigInt(-shift);
    let term = 1n << BigInt(point);
    let sum = term;
    for (let k = 1n; term !== 0n && term !== -1n; k++) {
      term = ((term * y) >> BigInt(point)) / k;
      sum += term;
    }
    let result: Big = { m: sum, e: -point };
    const wide = bits + 2 * halvings + 32;
    for (let k = 0; k < halvings; k++) {
      const m = result.m * result.m;
      const drop = Math.max(0, bitLength(m) - wide);
      result = { m: m >> BigInt(drop), e: 2 * result.e + drop };
    }
    return rounded(result.m, result.e);
  };
  /** ln x of a normal double, by Halley's iteration. */
  const ln = (x: Big): Big => {
    let y = exactly(Math.log(toNumber(x)));
    for (let correct = 48; correct < bits; correct *= 3) {
      const e = exp(y);
      y = add(y, div(mul({ m: 2n, e: 0 }, sub(x, e)), add(x, e)));
    }
    return y;
  };
  const isNegative = (a: Big) => a.m < 0n;
  const magnitude = (a: Big): Big => (a.m < 0n ? negated(a) : a);
  const less = (a: Big, b: Big) => isNegative(sub(a, b));
  return { zero, one, add, sub, mul, div, sqrt, exp, ln, negated, magnitude, less };
}

export type BigArithmetic = ReturnType<typeof bigArithmetic>;
