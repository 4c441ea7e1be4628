/**
 * The order at which an error vanishes with h: log₂ of the factor by which halving h shrinks it.
 */
export function orderOfConvergence(error: (h: number) => number, h: number): number {
  return Math.log2(error(h) / error(h / 2));
}

/** |x − y| / |y|. */
export function relative(x: number, y: number): number {
  return Math.abs(x - y) / Math.abs(y);
}
