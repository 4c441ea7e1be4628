import type { Choice } from "./choice.ts";
import { labelOf, valueText } from "./label.ts";
import type { LegendEntry } from "./legend.ts";
import { type Line, linePanel } from "./line-panel.ts";
import { page } from "./page.ts";
import { dashes, distinct, ink, ordered } from "./palette.ts";
import { powerOf } from "./power.ts";
import { axisOf, heldColumns, holdAtMiddle, statusNotes } from "./selection.ts";
import { symbolOf } from "./symbol.ts";
import { columnOf, distinctValues, fieldsOf, type Table } from "./table.ts";
import { thin } from "./thin.ts";

/** Lines of different colours that a reader can follow. */
const MOST_VALUES = 8;

/** The choice completed with `by` where the grid leaves no other: the slowest axis beside that of x. */
export function withBy(table: Pick<Table, "axes">, choice: Choice): Choice {
  if (choice.by !== undefined || choice.color !== undefined) return choice;
  // against a result, lines follow the fastest axis
  const along = axisOf(table, choice.x) ?? table.axes.at(-1);
  const by = table.axes.find((axis) => axis !== along);
  return by ? { ...choice, by: by.names[0] } : choice;
}

/** Axes that lines of a complete choice do not follow. */
export function heldByLines(table: Pick<Table, "axes">, { x, by }: Choice): string[] {
  const along = axisOf(table, x) ?? table.axes.at(-1);
  return heldColumns(table, [...(along?.names ?? []), ...(by === undefined ? [] : [by])]);
}

/** Draws the lines of a complete choice as SVG. */
export function linePlot(table: Table, choice: Choice): string {
  const { x, y, by } = choice;
  const { rows, notes: held } = holdAtMiddle(table, heldByLines(table, choice));
  const groups = by === undefined ? [{ label: "", rows }] : groupsOf(table, by, rows);
  const colors = by === undefined ? distinct : ordered(groups.length);
  const notes = [...held];
  let rowsPerBin = 1;
  const lines = groups.flatMap((group, g) =>
    y.map((name, k): Line => {
      const line = thin(
        pick(columnOf(table, x), group.rows),
        pick(columnOf(table, name), group.rows),
      );
      rowsPerBin = Math.max(rowsPerBin, line.rowsPerBin);
      const color = by === undefined ? colors[k] : colors[g];
      return { x: line.x, y: line.y, color, dash: by === undefined ? undefined : dashes[k] };
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
    notes.push(`least and greatest value of each ${some} rows of a line`);
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

function pick(column: Float64Array, rows: Uint32Array): Float64Array {
  return rows.length === column.length ? column : Float64Array.from(rows, (row) => column[row]);
}
