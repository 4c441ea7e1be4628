import * as Plot from "@observablehq/plot";
import { document } from "./document.ts";
import { bottomAxis, drawFitting, LABEL_MARGIN, sideAxis } from "./axes.ts";
import { legend, type LegendEntry, legendWidth } from "./legend.ts";
import type { Panel } from "./page.ts";
import { ink } from "./palette.ts";

/** A line through points; a NaN is a gap. */
export interface Line {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly color: string;
  readonly dash?: string | undefined;
  /** Whether the points are drawn, and nothing that joins them. */
  readonly dots?: boolean;
}

/** One axis of a frame. Without `domain` it spans what is drawn. */
export interface AxisOptions {
  readonly label: string;
  readonly domain?: readonly [number, number] | undefined;
  readonly log?: boolean;
  /** The power of ten of which its ticks show multiples, where it is not 0. */
  readonly power?: number;
}

/** A stretch of the x axis, shaded. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly color: string;
}

/** A remark at a point. */
export interface Remark {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly dx: number;
  readonly dy: number;
  readonly anchor?: "start" | "middle" | "end";
  /** Whether the point itself is marked. */
  readonly dot?: boolean;
}

/** Lines in a frame. */
export interface LinePanelOptions {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly lines: readonly Line[];
  readonly legend: readonly LegendEntry[];
  readonly bands?: readonly Band[];
  readonly remarks?: readonly Remark[];
  readonly height?: number;
  /** Room at the right, where panels one above the other have to align. */
  readonly marginRight?: number;
}

export const WIDTH = 760;

/** Draws lines, with a legend at the right. */
export function linePanel(options: LinePanelOptions): Panel {
  const { x, y, lines, bands = [], remarks = [], height = 400 } = options;
  const marginRight = options.marginRight ?? legendWidth(options.legend);
  const draw = (labelDistance: number) =>
    Plot.plot({
      document,
      width: WIDTH,
      height,
      marginTop: 12,
      marginRight,
      marginBottom: x.label === "" ? 28 : 48,
      marginLeft: labelDistance + LABEL_MARGIN,
      x: axis(x),
      y: { ...axis(y), nice: y.domain === undefined },
      marks: [
        Plot.rectX(bands, { x1: "from", x2: "to", fill: "color" }),
        Plot.gridX({ stroke: ink, strokeOpacity: 0.1 }),
        Plot.gridY({ stroke: ink, strokeOpacity: 0.1 }),
        crossesZero(lines) ? Plot.ruleY([0], { stroke: ink, strokeOpacity: 0.6 }) : null,
        lines.map(drawLine),
        remarks.map((remark) => [
          remark.dot ? Plot.dot([remark], { x: "x", y: "y", r: 3.5, fill: ink }) : null,
          Plot.text([remark], {
            x: "x",
            y: "y",
            text: "text",
            dx: remark.dx,
            dy: remark.dy,
            textAnchor: remark.anchor ?? "start",
          }),
        ]),
        Plot.frame({ stroke: ink }),
        bottomAxis(x),
        sideAxis("left", y, labelDistance),
        legend(options.legend),
      ],
    });
  return { drawing: drawFitting(draw), x: 0, y: 0, width: WIDTH, height };
}

function drawLine({ x, y, color, dash, dots }: Line): Plot.Markish {
  const data = { length: x.length };
  if (dots) return Plot.dot(data, { x, y, fill: color, r: 1.5 });
  return Plot.line(data, {
    x,
    y,
    stroke: color,
    strokeWidth: 2,
    ...(dash && { strokeDasharray: dash }),
  });
}

function axis({ domain, log }: AxisOptions) {
  return { type: log ? ("log" as const) : ("linear" as const), ...(domain && { domain }) };
}

function crossesZero(lines: readonly Line[]): boolean {
  return lines.some(({ y }) => y.some((value) => value < 0));
}
