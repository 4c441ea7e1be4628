import { scale } from "./binary-exponent.ts";
import { add, type DoubleDouble, multiply, squareRoot, twoSum } from "./double-double.ts";

const LN_2: DoubleDouble = { high: Math.LN2, low: 2.3190468138462996e-17 };

/** The steps in which 2^y is tabulated between 1 and 2. */
const STEPS = 64;

let table: readonly DoubleDouble[] | undefined;

/** 2^(j/STEPS) for j = 0 … STEPS − 1. */
function powers(): readonly DoubleDouble[] {
  if (table) return table;
  let root: DoubleDouble = { high: 2, low: 0 };
  for (let steps = 1; steps < STEPS; steps *= 2) root = squareRoot(root);
  const made: DoubleDouble[] = [{ high: 1, low: 0 }];
  for (let j = 1; j < STEPS; j++) made.push(multiply(made[j - 1], root));
  return (table = made);
}

/**
 * 2^y as fraction × 2^exponent, 0.99 < fraction < 2, for |y| < 2^20. The same bits on every machine;
 * relative error of the fraction below 2^-66.
 */
export function exp2(y: DoubleDouble): { fraction: DoubleDouble; exponent: number } {
  const step = Math.round(y.high * STEPS);
  const exponent = Math.floor(step / STEPS);
  // |z| ≤ ln 2 / (2 STEPS) < 2^-7: from z² on the terms of e^z − 1 need no second double.
  const z = multiply(twoSum(y.high - step / STEPS, y.low), LN_2);
  const t = z.high;
  const series = 1 / 24 + t * (1 / 120 + t * (1 / 720 + t * (1 / 5040)));
  const rest = z.low * (1 + t) + t * t * (1 / 2 + t * (1 / 6 + t * series));
  const base = powers()[step - STEPS * exponent];
  return { fraction: add(base, multiply(base, twoSum(t, rest))), exponent };
}

/** log₂ m for 1 ≤ m < 2, to 2^-65: Newton's iteration on `exp2`. */
export function log2(m: number): DoubleDouble {
  let x: DoubleDouble = { high: m - 1, low: 0 };
  // The first guess is within 0.09; each step squares that, so four reach 2^-65 and one confirms.
  for (let i = 0; i < 5; i++) {
    const { fraction, exponent } = exp2({ high: -x.high, low: -x.low });
    const scaled = multiply(fraction, { high: scale(m, exponent), low: 0 });
    const excess = add(scaled, { high: -1, low: 0 });
    x = add(x, { high: excess.high / LN_2.high, low: 0 });
  }
  return x;
}
