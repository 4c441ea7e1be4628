import { labelOf } from "./label.ts";
import { mapPanel } from "./map-panel.ts";
import { type Cells, meanCells } from "./mean-cells.ts";
import { page } from "./page.ts";
import { powerOf } from "./power.ts";
import { axisOf, heldColumns, holdAtMiddle, statusNotes } from "./selection.ts";
import { columnOf, fieldsOf, type Table } from "./table.ts";

/** Draws a column over two axes of the grid as SVG. */
export function heatMap(table: Table, x: string, y: string, color: string): string {
  const { rows, notes } = holdAtMiddle(table, heldColumns(table, [x, y]));
  const pick = (name: string) => {
    const column = columnOf(table, name);
    return rows.length === column.length ? column : Float64Array.from(rows, (row) => column[row]);
  };
  const side = (name: string) => ({ values: pick(name), log: axisOf(table, name)?.log ?? false });
  const values = pick(color);
  const [across, up] = [side(x), side(y)];
  const cells = meanCells(across, up, values);
  const labelled = (name: string, shown: Float64Array, log: boolean) => {
    const power = log ? 0 : powerOf([shown]);
    return { label: labelOf(fieldsOf(table, [name]), power), log, power };
  };
  const panels = mapPanel({
    x: labelled(x, cells.xEdges, across.log),
    y: labelled(y, cells.yEdges, up.log),
    color: labelled(color, cells.means, false),
    cells,
  });
  return page(
    {
      title: table.name,
      notes: [...notes, ...cellNotes(cells, values), ...statusNotes(table, rows)],
    },
    panels,
  );
}

function cellNotes({ means, rowsPerCell }: Cells, values: Float64Array): string[] {
  const most = rowsPerCell.toLocaleString("en-US");
  const mean = rowsPerCell > 1 ? [`each cell the mean of up to ${most} rows`] : [];
  const missing = values.reduce((count, value) => (Number.isNaN(value) ? count + 1 : count), 0);
  if (missing === 0) return mean;
  const [some, all] = [missing, values.length].map((count) => count.toLocaleString("en-US"));
  const grey = means.some((value) => Number.isNaN(value)) ? "grey: no result; " : "";
  return [...mean, `${grey}${some} of ${all} rows have no number`];
}
