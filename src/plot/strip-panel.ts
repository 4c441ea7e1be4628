import * as Plot from "@observablehq/plot";
import { bottomAxis, SIDE_MARGIN } from "./axes.ts";
import { document } from "./document.ts";
import { type AxisOptions, WIDTH } from "./line-panel.ts";
import type { Panel } from "./page.ts";
import { ink } from "./palette.ts";

/** A stretch of the x axis in the row of `name`. */
export interface Strip {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly color: string;
  readonly text: string;
}

/** Strips under a frame, a row for each name. */
export interface StripPanelOptions {
  readonly x: AxisOptions & { readonly domain: readonly [number, number] };
  readonly names: readonly string[];
  readonly strips: readonly Strip[];
  readonly marginRight: number;
}

const ROW = 22;
/** Pixels that a strip's text needs. */
const TEXT_WIDTH = 150;

/** Draws strips with their texts in them, or before them where they are short; names at the right. */
export function stripPanel({ x, names, strips, marginRight }: StripPanelOptions): Panel {
  const height = names.length * ROW + 60;
  const perPixel = (x.domain[1] - x.domain[0]) / (WIDTH - SIDE_MARGIN - marginRight);
  const long = strips.filter(({ from, to }) => to - from > TEXT_WIDTH * perPixel);
  const short = strips.filter((strip) => !long.includes(strip));
  const drawing = Plot.plot({
    document,
    width: WIDTH,
    height,
    marginTop: 12,
    marginRight,
    marginBottom: 48,
    marginLeft: SIDE_MARGIN,
    x: { domain: x.domain },
    y: { domain: names, padding: 0.15 },
    marks: [
      Plot.gridX({ stroke: ink, strokeOpacity: 0.1 }),
      Plot.barX(strips, { x1: "from", x2: "to", y: "name", fill: "color" }),
      Plot.text(long, {
        x: "from",
        y: "name",
        text: "text",
        textAnchor: "start",
        dx: 8,
        fill: "white",
      }),
      Plot.text(short, { x: "from", y: "name", text: "text", textAnchor: "end", dx: -8 }),
      Plot.frame({ stroke: ink }),
      bottomAxis(x),
      Plot.axisY({ anchor: "right", label: null, tickSize: 0 }),
    ],
  });
  return { drawing, x: 0, y: 0, width: WIDTH, height };
}
