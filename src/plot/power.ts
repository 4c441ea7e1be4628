/** Numbers from a thousandth on, and of five digits before the point, are read as they are. */
const LEAST = -3;
const GREATEST = 4;

/**
 * The power of ten of which an axis shows multiples, as 2.5 (10⁻⁸) is read faster than 0.000000025; 0
 * where the numbers are short as they are.
 */
export function powerOf(columns: readonly Float64Array[]): number {
  let most = 0;
  for (const column of columns) {
    for (const value of column) {
      const size = Math.abs(value);
      if (size > most && size < Infinity) most = size;
    }
  }
  if (most === 0) return 0;
  const power = Math.floor(Math.log10(most));
  return power < LEAST || power > GREATEST ? power : 0;
}

/** 10 to a power, as a label has it. */
export function powerText(power: number): string {
  const raised = String(power).replace(/./g, (sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)] ?? "⁻");
  return `10${raised}`;
}

/** A tick's number as a multiple of a power of ten. */
export function multipleText(tick: number, power: number): string {
  // twelve digits: neither the tick nor the power of ten is exact
  const multiple = Number((tick / 10 ** power).toPrecision(12));
  return String(multiple).replace("-", "−");
}
