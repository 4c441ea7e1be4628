/** An unevaluated sum high + low with |low| ≤ ulp(high)/2: some 106 bits, from + − × ÷ √ alone. */
export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

/** a + b without error; |a| ≥ |b| or a = 0 (Dekker 1971). */
function fastTwoSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  return { high: sum, low: b - (sum - a) };
}

/** a + b without error (Knuth, TAOCP 2, 4.2.2). */
export function twoSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  const bRounded = sum - a;
  return { high: sum, low: a - (sum - bRounded) + (b - bRounded) };
}

/** 2^27 + 1: splits a double into two of 26 bits (Veltkamp); no overflow below 2^996. */
const SPLITTER = 134217729;

/** a × b without error, but for under- and overflow (Dekker 1971). */
export function twoProduct(a: number, b: number): DoubleDouble {
  const product = a * b;
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return {
    high: product,
    low: aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow,
  };
}

/** a + b to 2^-104 of |a| + |b|. */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const sum = twoSum(a.high, b.high);
  return fastTwoSum(sum.high, sum.low + (a.low + b.low));
}

/** a × b to 2^-102 of itself. */
export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const product = twoProduct(a.high, b.high);
  return fastTwoSum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

/** a ÷ b, b a double, to 2^-102 of itself. */
export function divide(a: DoubleDouble, b: number): DoubleDouble {
  const quotient = a.high / b;
  const product = twoProduct(quotient, b);
  return fastTwoSum(quotient, (a.high - product.high - product.low + a.low) / b);
}

/** √a to 2^-102 of itself, a > 0. */
export function squareRoot(a: DoubleDouble): DoubleDouble {
  const root = Math.sqrt(a.high);
  const square = twoProduct(root, root);
  return fastTwoSum(root, (a.high - square.high - square.low + a.low) / (2 * root));
}
