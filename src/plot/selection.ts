import { valueText } from "./label.ts";
import { symbolOf } from "./symbol.ts";
import { columnOf, distinctValues, type Table, type TableAxis } from "./table.ts";

/** Rows to draw, in row order, and what to tell of those that are not. */
export interface Selection {
  readonly rows: Uint32Array;
  readonly notes: readonly string[];
}

/** The axis that a column moves along. */
export function axisOf({ axes }: Pick<Table, "axes">, column: string): TableAxis | undefined {
  return axes.find(({ names }) => names.includes(column));
}

/** The axis that lines over column `x` follow: against a result, the fastest. */
export function axisAlong(table: Pick<Table, "axes">, x: string): TableAxis | undefined {
  return axisOf(table, x) ?? table.axes.at(-1);
}

/** Whether rows are dots: no row is the next of another where several columns are scattered together. */
export function drawsDots(table: Pick<Table, "axes">, x: string): boolean {
  const along = axisAlong(table, x);
  return along?.scattered === true && along.names.length > 1;
}

/** Columns that stand for the axes which `free` columns leave over: those have to be held at one value. */
export function heldColumns(table: Pick<Table, "axes">, free: readonly string[]): string[] {
  return table.axes
    .filter(({ names }) => !names.some((name) => free.includes(name)))
    .map(({ names }) => names[0]);
}

/** The rows in which each of `held` has the middle one of its values. */
export function holdAtMiddle(table: Table, held: readonly string[]): Selection {
  const notes: string[] = [];
  let rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  for (const name of held) {
    const column = columnOf(table, name);
    const values = distinctValues(column);
    if (values.length < 2) continue;
    const middle = values[values.length >> 1];
    rows = rows.filter((row) => column[row] === middle);
    const all = values.length.toLocaleString("en-US");
    notes.push(`at ${symbolOf(name)} = ${valueText(middle)}, the middle one of ${all} values`);
  }
  return { rows, notes };
}

/** How many of the rows are not to be trusted, where that is known. */
export function statusNotes(table: Table, rows: Uint32Array): string[] {
  const status = table.columns.get("status");
  if (!status) return [];
  const flagged = rows.reduce((count, row) => (status[row] === 0 ? count : count + 1), 0);
  if (flagged === 0) return [];
  const [some, all] = [flagged, rows.length].map((count) => count.toLocaleString("en-US"));
  return [`${some} of ${all} rows have a status other than 0`];
}
