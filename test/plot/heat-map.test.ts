import { expect, test } from "vitest";
import { heatMap } from "../../src/plot/heat-map.ts";
import type { Table } from "../../src/plot/table.ts";
import { readSvg } from "./read-svg.ts";

function table(values: readonly number[]): Table {
  const columns = {
    x: Float64Array.of(0, 1, 2, 0, 1, 2),
    y: Float64Array.of(0, 0, 0, 1, 1, 1),
    q: Float64Array.from(values),
  };
  return {
    name: "map.arrow",
    rows: 6,
    columns: new Map(Object.entries(columns)),
    fields: Object.keys(columns).map((name) => ({ name })),
    axes: [
      { names: ["y"], log: false, scattered: false },
      { names: ["x"], log: false, scattered: false },
    ],
  };
}

/** Cells of the map by colour, in pixels. */
function cellsOf(svg: string) {
  const [map, bar] = readSvg(svg).root.querySelectorAll('[aria-label="cells"]');
  const colors = [...map.children].map((path) => ({
    fill: path.getAttribute("fill")!,
    cells: [...path.getAttribute("d")!.matchAll(/M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)/g)].map((m) =>
      m.slice(1).map(Number),
    ),
  }));
  return { colors, bar };
}

test("cells stand where their rows do, equal values share a colour", () => {
  const { colors } = cellsOf(heatMap(table([1, 2, 3, 1, 2, 4]), "x", "y", "q"));
  expect(colors.map(({ cells }) => cells.length)).toEqual([2, 2, 1, 1]);
  const [[left, bottom, right, top]] = colors[0].cells;
  expect([left, bottom, right]).toEqual([72, 432, 230.7]);
  expect(top).toBe((432 + 12) / 2);
  expect(colors[3].cells[0].slice(0, 2)).toEqual([389.3, 222]);
});

test("one sign: from dark to light", () => {
  const { colors } = cellsOf(heatMap(table([1, 2, 3, 4, 5, 6]), "x", "y", "q"));
  const fills = colors.map(({ fill }) => fill);
  // viridis
  expect([fills[0], fills[5]]).toEqual(["#440154", "#fde725"]);
});

test("both signs: white at zero, blue below, red above, as strong at equal distance", () => {
  const { colors } = cellsOf(heatMap(table([-1, 0, 4, 1, 2, 3]), "x", "y", "q"));
  const [minus, zero, , plus] = colors.map(({ fill }) => fill.match(/\d+/g)!.map(Number));
  expect(Math.min(...zero)).toBeGreaterThan(235);
  expect(minus[2]).toBeGreaterThan(minus[0]);
  expect(plus[0]).toBeGreaterThan(plus[2]);
});

test("rows without a number are left grey and counted; a map of none is grey", () => {
  const some = heatMap(table([1, NaN, 3, 4, 5, 6]), "x", "y", "q");
  expect(cellsOf(some).colors.flatMap(({ cells }) => cells)).toHaveLength(5);
  expect(readSvg(some).texts).toContain("grey: no result; 1 of 6 rows have no number");
  const none = heatMap(table([NaN, NaN, NaN, NaN, NaN, NaN]), "x", "y", "q");
  expect(cellsOf(none).colors).toEqual([]);
});

test("the legend spans the values and is labelled", () => {
  const picture = readSvg(heatMap(table([-2, 0, 6, 1, 2, 3]), "x", "y", "q"));
  expect(picture.root.querySelectorAll('[aria-label="cells"]')).toHaveLength(2);
  expect(picture.texts).toEqual(
    expect.arrayContaining(["−2.0", "6.0", "q", "x", "y", "map.arrow"]),
  );
});

test("one value everywhere", () => {
  const { colors } = cellsOf(heatMap(table([5, 5, 5, 5, 5, 5]), "x", "y", "q"));
  expect(colors).toHaveLength(1);
});
