import type { RenderFunction } from "@observablehq/plot";
import { svgElement } from "./document.ts";
import { plainText } from "./typeset.ts";

/** A line and what it shows. */
export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  readonly dash?: string | undefined;
}

const SAMPLE = 26;
const GAP = 16;
const LINE = 20;
/** A digit's width at 13 pixels, on the wide side: there is no font here to measure. */
const CHARACTER = 7;

/** The width that the legend takes beside a frame. */
export function legendWidth(entries: readonly LegendEntry[]): number {
  if (entries.length === 0) return GAP;
  const longest = Math.max(...entries.map(({ label }) => plainText(label).length));
  return GAP + SAMPLE + 8 + longest * CHARACTER + 6;
}

/** A mark that draws the legend to the right of the frame. */
export function legend(entries: readonly LegendEntry[]): RenderFunction {
  return (_index, _scales, _values, { width, marginRight, marginTop }) => {
    const left = width - marginRight + GAP;
    const lines = entries.flatMap(({ label, color, dash }, e) => {
      const y = marginTop + 10 + e * LINE;
      const stroke = {
        stroke: color,
        "stroke-width": 2,
        ...(dash && { "stroke-dasharray": dash }),
      };
      return [
        svgElement("line", { x1: left, x2: left + SAMPLE, y1: y, y2: y, ...stroke }),
        svgElement("text", { x: left + SAMPLE + 8, y, dy: "0.32em" }, label),
      ];
    });
    return svgElement("g", { "aria-label": "legend", "text-anchor": "start" }, ...lines);
  };
}
