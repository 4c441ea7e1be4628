import * as Plot from "@observablehq/plot";
import { bottomAxis, drawFitting, LABEL_MARGIN, sideAxis } from "./axes.ts";

import { type ColorScale, colorScale } from "./color-scale.ts";
import { document, svgElement } from "./document.ts";
import type { Cells } from "./mean-cells.ts";
import type { Panel } from "./page.ts";
import { blank, ink } from "./palette.ts";

/** One axis of a map. */
export interface MapAxis {
  readonly label: string;
  readonly log: boolean;
  /** The power of ten of which its ticks show multiples, where it is not 0. */
  readonly power: number;
}

/** A map of cells in a frame. */
export interface MapPanelOptions {
  readonly x: MapAxis;
  readonly y: MapAxis;
  readonly color: Omit<MapAxis, "log">;
  readonly cells: Cells;
}

const WIDTH = 560;
const HEIGHT = 480;
const BAR_WIDTH = 20;
const BAR_MARGIN = 8;
const BAR_STEPS = 128;
const margins = { marginTop: 12, marginBottom: 48 };

/** Draws cells as rectangles in the colour of their mean, grey where there is none, and what colours mean. */
export function mapPanel({ x, y, color, cells }: MapPanelOptions): Panel[] {
  const scale = colorScale(cells.means);
  const draw = (labelDistance: number) =>
    Plot.plot({
      document,
      width: WIDTH,
      height: HEIGHT,
      ...margins,
      marginLeft: labelDistance + LABEL_MARGIN,
      marginRight: 12,
      x: { type: x.log ? "log" : "linear", domain: ends(cells.xEdges) },
      y: { type: y.log ? "log" : "linear", domain: ends(cells.yEdges) },
      marks: [
        Plot.frame({ fill: blank, stroke: null }),
        rectangles(cells, scale),
        Plot.frame({ stroke: ink }),
        bottomAxis(x),
        sideAxis("left", y, labelDistance),
      ],
    });
  const bar = colorBar(scale, color);
  return [
    { drawing: drawFitting(draw), x: 0, y: 0, width: WIDTH, height: HEIGHT },
    { drawing: bar, x: WIDTH, y: 0, width: Number(bar.getAttribute("width")), height: HEIGHT },
  ];
}

function colorBar(scale: ColorScale, axis: MapPanelOptions["color"]): Element {
  const [from, to] = scale.domain;
  const step = (to - from) / BAR_STEPS;
  const edges = Float64Array.from({ length: BAR_STEPS + 1 }, (_, k) => from + k * step);
  const cells: Cells = {
    xEdges: Float64Array.of(0, 1),
    yEdges: edges,
    means: edges.subarray(0, BAR_STEPS).map((edge) => edge + step / 2),
    rowsPerCell: 1,
  };
  return drawFitting((labelDistance) =>
    Plot.plot({
      document,
      width: BAR_MARGIN + BAR_WIDTH + labelDistance + LABEL_MARGIN,
      height: HEIGHT,
      ...margins,
      marginLeft: BAR_MARGIN,
      marginRight: labelDistance + LABEL_MARGIN,
      x: { domain: [0, 1], axis: null },
      y: { domain: [from, to] },
      marks: [
        rectangles(cells, scale),
        Plot.frame({ stroke: ink }),
        sideAxis("right", axis, labelDistance),
      ],
    }),
  );
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
