import { sobolDirections } from "./sobol-directions.ts";

/** Names one axis may have in a Sobol' design. */
export const SOBOL_DIMENSIONS = sobolDirections.length;

/** Points of a Sobol' design with 32 bits. */
export const SOBOL_POINTS = 2 ** 32;

/**
 * Coordinate `dimension` (from 0) of the points of the Sobol' sequence as 32 bits, in the order of
 * Antonov and Saleev (Gray code), the first point being 0: that of SciPy's `qmc.Sobol` unscrambled.
 * Any 2^m points from a multiple of 2^m on have one in each of 2^m equal intervals.
 */
export function sobol(dimension: number): (i: number) => number {
  const directions = directionsOf(dimension);
  return (i) => {
    let bits = 0;
    let gray = (i ^ (i >>> 1)) >>> 0;
    for (let bit = 0; gray !== 0; bit++, gray >>>= 1) if (gray & 1) bits ^= directions[bit];
    return bits >>> 0;
  };
}

/** v₁ … v₃₂ with v_k = m_k / 2^k, by the recurrence of the dimension's polynomial. */
function directionsOf(dimension: number): Uint32Array {
  const [polynomial, ...m] = sobolDirections[dimension];
  const directions = new Uint32Array(32);
  if (polynomial === 1) return directions.map((_, k) => 2 ** (31 - k));
  const degree = m.length;
  for (let k = 0; k < 32; k++) {
    if (k < degree) {
      directions[k] = m[k] * 2 ** (31 - k);
      continue;
    }
    let v = directions[k - degree] ^ (directions[k - degree] >>> degree);
    for (let j = 1; j < degree; j++) if ((polynomial >>> (degree - j)) & 1) v ^= directions[k - j];
    directions[k] = v;
  }
  return directions;
}
