import * as layout from "../../../assembly/layout.ts";
import { head } from "./double-double.ts";

/** Writes the frequency value + tail to the cells of a frequency. */
export function writeFrequency(cells: Float64Array, at: number, value: number, tail: number): void {
  const leading = head(value);
  cells[at + layout.VALUE] = value;
  cells[at + layout.HEAD] = leading;
  cells[at + layout.TAIL] = value - leading + tail;
}
