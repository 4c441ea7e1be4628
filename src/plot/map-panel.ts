import * as Plot from "@observablehq/plot";
import { bottomAxis, leftAxis } from "./axes.ts";
import { type ColorScale, colorScale } from "./color-scale.ts";
import { document, svgElement } from "./document.ts";
import type { Cells } from "./mean-cells.ts";
import type { Panel } from "./page.ts";
import { blank, ink } from "./palette.ts";

/** A map of cells in a frame. */
export interface MapPanelOptions {
  readonly x: { readonly label: string; readonly log: boolean };
  readonly y: { readonly label: string; readonly log: boolean };
  readonly color: { readonly label: string };
  readonly cells: Cells;
}

const WIDTH = 560;
const HEIGHT = 480;
const BAR_WIDTH = 104;
const BAR_STEPS = 128;
const margins = { marginTop: 12, marginBottom: 48 };

/** Draws cells as rectangles in the colour of their mean, grey where there is none, and what colours mean. */
export function mapPanel({ x, y, color, cells }: MapPanelOptions): Panel[] {
  const scale = colorScale(cells.means);
  const drawing = Plot.plot({
    document,
    width: WIDTH,
    height: HEIGHT,
    ...margins,
    marginLeft: 72,
    marginRight: 12,
    x: { type: x.log ? "log" : "linear", domain: ends(cells.xEdges) },
    y: { type: y.log ? "log" : "linear", domain: ends(cells.yEdges) },
    marks: [
      Plot.frame({ fill: blank, stroke: null }),
      rectangles(cells, scale),
      Plot.frame({ stroke: ink }),
      bottomAxis(x),
      leftAxis(y),
    ],
  });
  return [
    { drawing, x: 0, y: 0, width: WIDTH, height: HEIGHT },
    { drawing: colorBar(scale, color.label), x: WIDTH, y: 0, width: BAR_WIDTH, height: HEIGHT },
  ];
}

function colorBar(scale: ColorScale, label: string): Element {
  const [from, to] = scale.domain;
  const step = (to - from) / BAR_STEPS;
  const edges = Float64Array.from({ length: BAR_STEPS + 1 }, (_, k) => from + k * step);
  const cells: Cells = {
    xEdges: Float64Array.of(0, 1),
    yEdges: edges,
    means: edges.subarray(0, BAR_STEPS).map((edge) => edge + step / 2),
    xPerCell: 1,
    yPerCell: 1,
  };
  return Plot.plot({
    document,
    width: BAR_WIDTH,
    height: HEIGHT,
    ...margins,
    marginLeft: 8,
    marginRight: 76,
    x: { domain: [0, 1], axis: null },
    y: { domain: [from, to] },
    marks: [
      rectangles(cells, scale),
      Plot.frame({ stroke: ink }),
      Plot.axisY({
        anchor: "right",
        label,
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: 66,
      }),
    ],
  });
}

/** All cells of a colour are one path: a map of 200 × 200 is a megabyte, and has no seams. */
function rectangles(
  { xEdges, yEdges, means }: Cells,
  { colorOf }: ColorScale,
): Plot.RenderFunction {
  return (_index, scales) => {
    const left = pixels(xEdges, scales.x);
    const bottom = pixels(yEdges, scales.y);
    const columns = xEdges.length - 1;
    const paths = new Map<string, string[]>();
    means.forEach((mean, cell) => {
      if (Number.isNaN(mean)) return;
      const i = cell % columns;
      const j = (cell - i) / columns;
      const [x0, y0] = [left[i], bottom[j]];
      const rectangle = `M${x0} ${y0}H${left[i + 1]}V${bottom[j + 1]}H${x0}z`;
      const color = colorOf(mean);
      const path = paths.get(color);
      if (path) path.push(rectangle);
      else paths.set(color, [rectangle]);
    });
    const children = [...paths].map(([fill, path]) =>
      svgElement("path", { fill, d: path.join("") }),
    );
    return svgElement("g", { "aria-label": "cells", "shape-rendering": "crispEdges" }, ...children);
  };
}

function pixels(edges: Float64Array, scale: ((value: number) => number) | undefined): number[] {
  return Array.from(edges, (edge) => Number(scale!(edge).toFixed(1)));
}

function ends(edges: Float64Array): [number, number] {
  return edges.length < 2 ? [0, 1] : [edges[0], edges[edges.length - 1]];
}
