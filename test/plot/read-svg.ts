import { parseHTML } from "linkedom";

/** An SVG's elements, and what can be read off them. */
export interface Picture {
  readonly root: Element;
  /** Texts in the order they are drawn, indices and all. */
  readonly texts: readonly string[];
  /** Points of each line that shows data, a subpath at each gap, in pixels. */
  readonly lines: readonly (readonly (readonly Point[])[])[];
}

type Point = readonly [x: number, y: number];

export function readSvg(svg: string): Picture {
  const root = parseHTML(`<html><body>${svg}</body></html>`).document.querySelector("svg")!;
  const texts = [...root.querySelectorAll("text")].map((text) => text.textContent ?? "");
  const lines = [...root.querySelectorAll('[aria-label="line"] path')].map((path) =>
    subpaths(path.getAttribute("d") ?? ""),
  );
  return { root, texts, lines };
}

/** Absolute M and L alone, as lines of data have them. */
function subpaths(d: string): Point[][] {
  return d
    .split("M")
    .filter((part) => part !== "")
    .map((part) =>
      part
        .replace("Z", "")
        .split("L")
        .map((pair): Point => {
          const [x, y] = pair.split(",").map(Number);
          return [x, y];
        }),
    );
}

/** Pixels to numbers along an axis of the first frame, from its ticks. */
export function axisReader({ root }: Picture, axis: "x" | "y"): (pixel: number) => number {
  const ticks = [...root.querySelector(`[aria-label="${axis}-axis tick label"]`)!.children].map(
    (text) => {
      const [x, y] = /translate\(([-\d.]+),([-\d.]+)\)/
        .exec(text.getAttribute("transform") ?? "")!
        .slice(1)
        .map(Number);
      return [axis === "x" ? x : y, Number(text.textContent.replace("−", "-"))] as const;
    },
  );
  const [[p0, v0], [p1, v1]] = [ticks[0], ticks.at(-1)!];
  return (pixel) => v0 + ((pixel - p0) / (p1 - p0)) * (v1 - v0);
}
