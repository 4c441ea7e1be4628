/** Multipliers and Weyl constants of Philox4x32. */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/**
 * Philox4x32-10 of J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw (SC11, "Parallel random numbers:
 * as easy as 1, 2, 3"): four words that look random, from a counter of four words and a key of two.
 */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = high(M0, c0);
    const low0 = Math.imul(M0, c0);
    const high1 = high(M1, c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = Math.imul(M1, c2) >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The high word of the product of two words; no sum here reaches 2^32. */
function high(a: number, b: number): number {
  const [a1, a0] = [a >>> 16, a & 0xffff];
  const [b1, b0] = [b >>> 16, b & 0xffff];
  const upper = a1 * b0 + ((a0 * b0) >>> 16);
  const lower = a0 * b1 + (upper & 0xffff);
  return a1 * b1 + (upper >>> 16) + (lower >>> 16);
}
