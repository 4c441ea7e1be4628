const SPLITTER = 134217729; // 2^27 + 1

/** The leading 26 bits of a, |a| < 2^996 (Veltkamp). */
export function head(a: number): number {
  const c = SPLITTER * a;
  return c - (c - a);
}

/** a·b − product, exactly, where product = a·b rounded (Dekker). */
export function productError(a: number, b: number, product: number): number {
  const aHead = head(a);
  const aTail = a - aHead;
  const bHead = head(b);
  const bTail = b - bHead;
  return aHead * bHead - product + aHead * bTail + aTail * bHead + aTail * bTail;
}

/** a + b − sum, exactly, where sum = a + b rounded (Knuth). */
export function sumError(a: number, b: number, sum: number): number {
  const bPart = sum - a;
  return a - (sum - bPart) + (b - bPart);
}
