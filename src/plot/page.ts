import { document, svgElement } from "./document.ts";
import { faint, ink } from "./palette.ts";
import { plainText, typeset } from "./typeset.ts";

/** A drawing and where its top left corner stands under the page's head. */
export interface Panel {
  readonly drawing: Element;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What stands around the drawings. */
export interface PageText {
  readonly title: string;
  readonly subtitle?: string;
  /** What a reader must know of how the picture was made, a line each. */
  readonly notes?: readonly string[];
}

const MARGIN = 16;
const LINE = 17;
const fontFamily = "Helvetica, Arial, 'Liberation Sans', sans-serif";

/** One SVG of the panels under a title and over notes, on white whatever lies behind it. */
export function page({ title, subtitle, notes = [] }: PageText, panels: readonly Panel[]): string {
  const head = MARGIN + 22 + (subtitle === undefined ? 0 : LINE);
  const width = Math.max(...panels.map((panel) => panel.x + panel.width));
  const body = Math.max(...panels.map((panel) => panel.y + panel.height));
  const height = head + body + notes.length * LINE + (notes.length > 0 ? MARGIN : 4);
  const root = svgElement(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      fill: ink,
      color: ink,
      "font-family": fontFamily,
    },
    svgElement("title", {}, plainText(title)),
    svgElement("rect", { width, height, fill: "white" }),
    line(title, MARGIN + 6, { "font-size": 15, "font-weight": 600 }),
  );
  if (subtitle !== undefined) {
    root.append(line(subtitle, MARGIN + 6 + LINE + 2, { "font-size": 12, fill: faint }));
  }
  for (const { drawing, x, y } of panels) {
    root.append(groupOf(drawing, `translate(${x},${head + y})`));
  }
  notes.forEach((note, n) => {
    root.append(line(note, head + body + (n + 1) * LINE, { "font-size": 12, fill: faint }));
  });
  typeset(root);
  roundNumbers(root);
  return `${root.outerHTML}\n`;
}

function line(text: string, y: number, attributes: Record<string, string | number>): SVGElement {
  return svgElement("text", { x: MARGIN, y, ...attributes }, text);
}

/** Observable Plot's style sheet makes a nested drawing as large as the page; a group has no size. */
function groupOf(drawing: Element, transform: string): SVGElement {
  const group = svgElement("g", { transform, "font-size": 13, "text-anchor": "middle" });
  drawing.querySelector("style")?.remove();
  group.append(...drawing.childNodes);
  return group;
}

/** A hundredth of a pixel is finer than any print, and a third of the size. */
function roundNumbers(root: Element): void {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const { name, value } of element.attributes) {
      const rounded = value.replace(/-?\d+\.\d{3,}(?![\d.]*em|%)/g, (n) =>
        String(+(+n).toFixed(2)),
      );
      if (rounded !== value) element.setAttribute(name, rounded);
    }
  }
}

/** An SVG as a page of its own for a browser. */
export function htmlPage(title: string, svg: string): string {
  const heading = document.createElement("title");
  heading.textContent = plainText(title);
  return `<!doctype html>\n<meta charset="utf-8">\n${heading.outerHTML}\n<body style="background: white">\n${svg}`;
}
