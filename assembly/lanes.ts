// Two rows at a time: a vector holds the same quantity of two rows, one a lane. Every operation is
// one IEEE 754 operation a lane, so that a row's bits do not depend on its neighbour.

export function splat(x: f64): v128 {
  return f64x2.splat(x);
}

export function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

export function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

export function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

export function div(a: v128, b: v128): v128 {
  return f64x2.div(a, b);
}

export function neg(a: v128): v128 {
  return f64x2.neg(a);
}

export function abs(a: v128): v128 {
  return f64x2.abs(a);
}

/** a < b ? b : a */
export function larger(a: v128, b: v128): v128 {
  return f64x2.pmax(a, b);
}

/** b < a ? b : a */
export function smaller(a: v128, b: v128): v128 {
  return f64x2.pmin(a, b);
}

/** mask ? a : b, lane by lane */
export function select(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** The mask of lanes with from ≤ x ≤ to. */
export function within(x: v128, from: f64, to: f64): v128 {
  return v128.and(f64x2.ge(x, splat(from)), f64x2.le(x, splat(to)));
}

/** Whether the mask is set in both lanes. */
export function all(mask: v128): bool {
  return i64x2.bitmask(mask) == 3;
}
