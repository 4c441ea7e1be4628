import * as Plot from "@observablehq/plot";
import { multipleText } from "./power.ts";

interface Labelled {
  readonly label: string;
  readonly log?: boolean;
  /** The power of ten of which the ticks show multiples, where it is not 0; the label says so. */
  readonly power?: number | undefined;
}

const centered = { labelAnchor: "center", labelArrow: "none" } as const;

/** Room beyond the label of a y axis, to the edge of the drawing. */
export const LABEL_MARGIN = 12;
const LABEL_DISTANCE = 60;
/** The margin at the side of a y axis unless its tick labels are long. */
export const SIDE_MARGIN = LABEL_DISTANCE + LABEL_MARGIN;
/** Pixels of a digit, and of a point or comma, at 13 pixels; there is no font here to measure. */
const DIGIT = 7.25;
const POINT = 3.65;
/** A tick and the gap after it, the gap before the label and the label's height. */
const AROUND_TICK_LABELS = 26;

/** An axis with its label centered below. */
export function bottomAxis(axis: Labelled): Plot.Markish {
  return Plot.axisX({ ...centered, label: axis.label, labelOffset: 42, ...format(axis) });
}

/** An axis at the side with its label centered `distance` from the frame. */
export function sideAxis(anchor: "left" | "right", axis: Labelled, distance: number): Plot.Markish {
  return Plot.axisY({
    ...centered,
    anchor,
    label: axis.label,
    labelOffset: distance,
    ...format(axis),
  });
}

/** Draws with the label of the y axis as far from the frame as the longest of its tick labels needs. */
export function drawFitting(draw: (labelDistance: number) => Element): Element {
  const drawing = draw(LABEL_DISTANCE);
  const ticks = drawing.querySelectorAll('[aria-label="y-axis tick label"] text');
  const widths = Array.from(ticks, ({ textContent }) => widthOf(textContent ?? ""));
  const needed = Math.ceil(Math.max(0, ...widths) + AROUND_TICK_LABELS);
  return needed > LABEL_DISTANCE ? draw(needed) : drawing;
}

function widthOf(number: string): number {
  const points = number.replace(/[^.,]/g, "").length;
  return points * POINT + (number.length - points) * DIGIT;
}

function format({ log, power }: Labelled) {
  // Plot's own logarithmic ticks are in thousandths and thousands: `10m`, `10k`
  if (log) return { tickFormat: "~g" };
  if (!power) return {};
  return { tickFormat: (tick: number) => multipleText(tick, power) };
}
