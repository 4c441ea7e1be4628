import * as layout from "../../../assembly/layout.ts";
import { head, productError } from "./double-double.ts";

/** What log₂e is beyond its double. */
const LOG2E_TAIL = 2.0355273740931033e-17;

/** Writes the frequency value + tail to the cells of a frequency. */
export function writeFrequency(cells: Float64Array, at: number, value: number, tail: number): void {
  const product = value * Math.LOG2E;
  const rest = value * LOG2E_TAIL + tail * Math.LOG2E;
  const leading = head(product);
  const error = productError(value, Math.LOG2E, product) + rest;
  cells[at + layout.VALUE] = value;
  cells[at + layout.HEAD] = leading;
  cells[at + layout.TAIL] = product - leading + error;
}
