import { add, mul, splat, sub } from "./lanes";

const SPLITTER: f64 = 134217729; // 2^27 + 1

/** The leading 26 bits of a, |a| < 2^996 (Veltkamp). */
export function head(a: v128): v128 {
  const c = mul(splat(SPLITTER), a);
  return sub(c, sub(c, a));
}

/** a·b − product, exactly, where product = a·b rounded (Dekker). */
export function productError(a: v128, b: v128, product: v128): v128 {
  const aHead = head(a);
  const aTail = sub(a, aHead);
  const bHead = head(b);
  const bTail = sub(b, bHead);
  return add(
    add(add(sub(mul(aHead, bHead), product), mul(aHead, bTail)), mul(aTail, bHead)),
    mul(aTail, bTail),
  );
}

/** a + b − sum, exactly, where sum = a + b rounded (Knuth). */
export function sumError(a: v128, b: v128, sum: v128): v128 {
  const bPart = sub(sum, a);
  return add(sub(a, sub(sum, bPart)), sub(b, bPart));
}
