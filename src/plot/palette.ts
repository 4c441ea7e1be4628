import { scale } from "@observablehq/plot";

export const ink = "#1a1a1a";
export const faint = "#666";
/** Cells and rows without a result. */
export const blank = "#cfcfcf";

/** Eight colours that differ to colour-blind readers and in grey print: Okabe and Ito's, darker ones first. */
export const distinct = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#8c4b9e",
  "#1a1a1a",
  "#e69f00",
  "#56b4e9",
  "#cc79a7",
] as const;

/** Dashes that tell lines of one colour apart; the first is solid. */
export const dashes = ["", "7 3", "2 3", "8 3 2 3", "4 2", "1 2", "12 3", "6 2 1 2 1 2"] as const;

/** `count` colours in an order the eye sees, none too light to read on white. */
export function ordered(count: number): string[] {
  const colors = scale({
    color: { type: "linear", scheme: "viridis", domain: [0, Math.max(1, count - 1) * 1.15] },
  });
  return Array.from({ length: count }, (_, k) => String(colors.apply(k)));
}
