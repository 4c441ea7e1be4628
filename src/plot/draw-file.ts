import type { Choice, FileToDraw } from "./choice.ts";
import { heatMap } from "./heat-map.ts";
import { columnToSortBy, heldByLines, linePlot, withBy } from "./line-plot.ts";
import { readTable } from "./read-table.ts";
import { heldColumns } from "./selection.ts";

/** Draws columns of an Arrow file as SVG; only those that the picture needs are read. */
export async function drawFile(
  file: FileToDraw,
  choice: Choice,
  signal: AbortSignal,
): Promise<string> {
  const { x, y, by, color } = withBy(file, choice);
  const held = color === undefined ? heldByLines(file, { x, y, by }) : heldColumns(file, [x, ...y]);
  const order = color === undefined ? columnToSortBy(file, { x, y }) : undefined;
  const needed = [x, ...y, by, color, order, ...held].filter((name) => name !== undefined);
  const status = file.schema.fields.filter(
    ({ name, type }) => name === "status" && type === "Uint8",
  );
  const names = new Set([...needed, ...status.map(({ name }) => name)]);
  const table = await readTable(file, [...names], signal);
  return color === undefined ? linePlot(table, { x, y, by }) : heatMap(table, x, y[0], color);
}
