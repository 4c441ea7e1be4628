import { head, productError } from "./double-double";
import { add, mul, splat, sub } from "./lanes";
import * as layout from "./layout";

/** What log₂e is beyond its double. */
const LOG2E_TAIL: f64 = 2.0355273740931033e-17;

/** Writes the frequency value + tail to the columns of a frequency, `step` bytes apart. */
export function writeFrequency(to: usize, step: usize, value: v128, tail: v128): void {
  const log2e = splat(Math.LOG2E);
  const product = mul(value, log2e);
  const rest = add(mul(value, splat(LOG2E_TAIL)), mul(tail, log2e));
  const leading = head(product);
  v128.store(to + layout.VALUE * step, value);
  v128.store(to + layout.HEAD * step, leading);
  const error = add(productError(value, log2e, product), rest);
  v128.store(to + layout.TAIL * step, add(sub(product, leading), error));
}
