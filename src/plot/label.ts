import { powerText } from "./power.ts";
import { symbolOf } from "./symbol.ts";
import type { TableField } from "./table.ts";
import { plainText } from "./typeset.ts";

/** As much as fits along a frame's side. */
const LONGEST = 64;

/**
 * The label of an axis that shows the columns: symbols, what they are, and the unit with the power of
 * ten of which the axis shows multiples.
 */
export function labelOf(fields: readonly TableField[], power = 0): string {
  const symbols = fields.map(({ name }) => symbolOf(name)).join(", ");
  const units = new Set(fields.map(({ unit }) => unit ?? "1"));
  const [only] = units;
  const words = units.size > 1 || only === "1" ? [] : [only.replaceAll("*", "×")];
  if (power !== 0) words.unshift(powerText(power));
  const unit = words.length === 0 ? "" : ` (${words.join(" ")})`;
  const described = fields.length === 1 ? fields[0].description : undefined;
  const full = `${symbols}, ${described}${unit}`;
  return described === undefined || plainText(full).length > LONGEST ? `${symbols}${unit}` : full;
}

/** A number in a legend or a note: as many digits as tell values of a sweep apart. */
export function valueText(value: number): string {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}
