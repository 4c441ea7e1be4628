import { parseHTML } from "linkedom";

const SVG = "http://www.w3.org/2000/svg";

/** The document pictures are made in, as there is no browser. */
export const document: Document = parseHTML(
  "<!doctype html><html><head></head><body></body></html>",
).document;

/** A new SVG element. */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
