import type { Choice } from "./choice.ts";
import { labelOf, valueText } from "./label.ts";
import type { LegendEntry } from "./legend.ts";
import { type Line, linePanel } from "./line-panel.ts";
import { page } from "./page.ts";
import { dashes, distinct, ink, ordered } from "./palette.ts";
import { powerOf } from "./power.ts";
import {
  axisAlong,
  axisOf,
  drawsDots,
  heldColumns,
  holdAtMiddle,
  statusNotes,
} from "./selection.ts";
import { symbolOf } from "./symbol.ts";
import { columnOf, distinctValues, fieldsOf, type Table } from "./table.ts";
import { sample, thin } from "./thin.ts";

/** Lines of different colours that a reader can follow. */
const MOST_VALUES = 8;

/** The choice completed with `by` where the grid leaves no other: the slowest axis beside that of x. */
export function withBy(table: Pick<Table, "axes">, choice: Choice): Choice {
  if (choice.by !== undefined || choice.color !== undefined) return choice;
  const along = axisAlong(table, choice.x);
  // dots have no dashes to tell columns apart
  if (choice.y.length > 1 && drawsDots(table, choice.x)) return choice;
  const by = table.axes.find((axis) => axis !== along);
  return by ? { ...choice, by: by.names[0] } : choice;
}

/** Axes that lines of a complete choice do not follow. */
export function heldByLines(table: Pick<Table, "axes">, { x, by }: Choice): string[] {
  const along = axisAlong(table, x);
  return heldColumns(table, [...(along?.names ?? []), ...(by === undefined ? [] : [by])]);
}

/** The column by which rows that come in no order have to be sorted to make a line. */
export function columnToSortBy(table: Pick<Table, "axes">, { x }: Choice): string | undefined {
  const along = axisAlong(table, x);
  return along?.scattered === true && along.names.length === 1 ? along.names[0] : undefined;
}

/** Draws the lines of a complete choice as SVG. */
export function linePlot(table: Table, choice: Choice): string {
  const { x, y, by } = choice;
  const { rows: chosen, notes: held } = holdAtMiddle(table, heldByLines(table, choice));
  const dots = drawsDots(table, x);
  const order = columnToSortBy(table, choice);
  const rows = order === undefined ? chosen : sorted(chosen, columnOf(table, order));
  const groups = by === undefined ? [{ label: "", rows }] : groupsOf(table, by, rows);
  const colors = by === undefined ? distinct : ordered(groups.length);
  const notes = [...held];
  let rowsPerBin = 1;
  const lines = groups.flatMap((group, g) =>
    y.map((name, k): Line => {
      const [xs, ys] = [x, name].map((column) => pick(columnOf(table, column), group.rows));
      const line = dots ? sample(xs, ys) : thin(xs, ys);
      rowsPerBin = Math.max(rowsPerBin, line.rowsPerBin);
      const color = by === undefined ? colors[k] : colors[g];
      const dash = by === undefined ? undefined : dashes[k];
      return { x: line.x, y: line.y, color, dash, dots };
    }),
  );
  const byValue =
    by === undefined ? [] : groups.map(({ label }, g) => ({ label, color: colors[g] }));
  const byColumn = y.map((name, k): LegendEntry =>
    by === undefined
      ? { label: symbolOf(name), color: colors[k] }
      : { label: symbolOf(name), color: ink, dash: dashes[k] },
  );
  const values = by === undefined ? 0 : distinctValues(pick(columnOf(table, by), rows)).length;
  if (values > groups.length) {
    const all = values.toLocaleString("en-US");
    notes.push(`${groups.length} of ${all} values of ${symbolOf(by!)}, evenly picked`);
  }
  if (rowsPerBin > 1) {
    const some = rowsPerBin.toLocaleString("en-US");
    notes.push(
      dots ? `one row in ${some} drawn` : `least and greatest value of each ${some} rows of a line`,
    );
  }
  const log = axisOf(table, x)?.log ?? false;
  const xPower = log ? 0 : powerOf(lines.map((line) => line.x));
  const yPower = powerOf(lines.map((line) => line.y));
  const panel = linePanel({
    x: { label: labelOf(fieldsOf(table, [x]), xPower), log, power: xPower },
    y: { label: labelOf(fieldsOf(table, y), yPower), power: yPower },
    lines,
    legend: [...byValue, ...(by !== undefined && y.length === 1 ? [] : byColumn)],
  });
  const drawn = Uint32Array.from(groups.flatMap((group) => [...group.rows]));
  return page({ title: table.name, notes: [...notes, ...statusNotes(table, drawn)] }, [panel]);
}

interface Group {
  readonly label: string;
  readonly rows: Uint32Array;
}

/** The rows of each value of a column, or of as many as can be told apart. */
function groupsOf(table: Table, by: string, rows: Uint32Array): Group[] {
  const column = columnOf(table, by);
  const values = distinctValues(pick(column, rows));
  const count = Math.min(values.length, MOST_VALUES);
  return Array.from({ length: count }, (_, g) => {
    const value = values[Math.round((g * (values.length - 1)) / Math.max(1, count - 1))];
    return {
      label: `${symbolOf(by)} = ${valueText(value)}`,
      rows: rows.filter((row) => column[row] === value),
    };
  });
}

function sorted(rows: Uint32Array, column: Float64Array): Uint32Array {
  return rows.toSorted((a, b) => column[a] - column[b]);
}

function pick(column: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => column[row]);
}
