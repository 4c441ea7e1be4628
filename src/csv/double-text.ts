/**
 * The shortest decimal that reads back as the same double, always with a point or an exponent: readers
 * take a column's type from its first rows, and `1` would make it one of integers.
 */
export function doubleText(value: number): string {
  if (Number.isFinite(value)) {
    if (!Number.isInteger(value)) return String(value);
    if (Object.is(value, -0)) return "-0.0";
    const text = String(value);
    return text.includes("e") ? text : `${text}.0`;
  }
  // what pandas, Polars, DuckDB and R take for a number
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "inf" : "-inf";
}
