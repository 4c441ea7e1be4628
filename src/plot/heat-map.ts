import { labelOf } from "./label.ts";
import { mapPanel } from "./map-panel.ts";
import { type Cells, meanCells } from "./mean-cells.ts";
import { page } from "./page.ts";
import { axisOf, heldColumns, holdAtMiddle, statusNotes } from "./selection.ts";
import { columnOf, type Table } from "./table.ts";

/** Draws a column over two axes of the grid as SVG. */
export function heatMap(table: Table, x: string, y: string, color: string): string {
  const { rows, notes } = holdAtMiddle(table, heldColumns(table, [x, y]));
  const pick = (name: string) => {
    const column = columnOf(table, name);
    return rows.length === column.length ? column : Float64Array.from(rows, (row) => column[row]);
  };
  const side = (name: string) => ({ values: pick(name), log: axisOf(table, name)?.log ?? false });
  const values = pick(color);
  const cells = meanCells(side(x), side(y), values);
  const labelled = (name: string) => ({
    label: labelOf(table.fields.filter((field) => field.name === name)),
    log: axisOf(table, name)?.log ?? false,
  });
  const panels = mapPanel({ x: labelled(x), y: labelled(y), color: labelled(color), cells });
  return page(
    {
      title: table.name,
      notes: [...notes, ...cellNotes(cells, values), ...statusNotes(table, rows)],
    },
    panels,
  );
}

function cellNotes({ means, xPerCell, yPerCell }: Cells, values: Float64Array): string[] {
  const mean = xPerCell * yPerCell > 1 ? [`mean of ${xPerCell} × ${yPerCell} rows a cell`] : [];
  const missing = values.reduce((count, value) => (Number.isNaN(value) ? count + 1 : count), 0);
  if (missing === 0) return mean;
  const [some, all] = [missing, values.length].map((count) => count.toLocaleString("en-US"));
  const grey = means.some((value) => Number.isNaN(value)) ? "grey: no result; " : "";
  return [...mean, `${grey}${some} of ${all} rows have no number`];
}
