import { head } from "./double-double";
import { add, set, sub } from "./lanes";
import * as layout from "./layout";

/** Writes the frequency value + tail to the cells of a frequency. */
export function writeFrequency(cells: usize, at: i32, value: v128, tail: v128): void {
  const leading = head(value);
  set(cells, at + layout.VALUE, value);
  set(cells, at + layout.HEAD, leading);
  set(cells, at + layout.TAIL, add(sub(value, leading), tail));
}
