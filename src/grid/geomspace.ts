import { scale, split } from "../math/binary-exponent.ts";
import { add, divide, multiply } from "../math/double-double.ts";
import { exp2, log2 } from "../math/exp2.ts";

/**
 * `count` values in geometric progression with both ends exact; `from` and `to` nonzero, finite
 * and of one sign. Value i is from · 2^(i·log₂(to/from)/(count − 1)) within 0.5001 ulp (1 ulp where it
 * is subnormal), from + − × ÷ √ alone: the same bits on every machine, which libm's pow is not.
 */
export function geomspace(from: number, to: number, count: number): (i: number) => number {
  const last = count - 1;
  if (last === 0) return () => from;
  const sign = Math.sign(from);
  const start = split(Math.abs(from));
  const end = split(Math.abs(to));
  const { high, low } = log2(start.fraction);
  const fractions = add(log2(end.fraction), { high: -high, low: -low });
  const exponents = { high: end.exponent - start.exponent, low: 0 };
  const step = divide(add(exponents, fractions), last);
  const first = { high: sign * start.fraction, low: 0 };
  return (i) => {
    if (i === 0) return from;
    if (i === last) return to;
    const { fraction, exponent } = exp2(multiply(step, { high: i, low: 0 }));
    return scale(multiply(fraction, first).high, exponent + start.exponent);
  };
}
