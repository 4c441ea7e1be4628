import { head } from "./double-double";
import { add, sub } from "./lanes";
import * as layout from "./layout";

/** Writes the frequency value + tail to the columns of a frequency, `step` bytes apart. */
export function writeFrequency(to: usize, step: usize, value: v128, tail: v128): void {
  const leading = head(value);
  v128.store(to + layout.VALUE * step, value);
  v128.store(to + layout.HEAD * step, leading);
  v128.store(to + layout.TAIL * step, add(sub(value, leading), tail));
}
