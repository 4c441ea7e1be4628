import { svgElement } from "./document.ts";

/** `{T}_{A}`, `{T}` or `ρ_{11}`: a symbol in braces is italic, what follows `_` is an index. */
const SYMBOL = /\{([^{}]+)\}(?:_\{([^{}]+)\})?/g;

const INDEX_SIZE = 0.72;
const INDEX_DROP = 0.25;

/** Label text without its markup, e.g. to guess its length or to read it aloud. */
export function plainText(label: string): string {
  return label.replace(
    SYMBOL,
    (_, base: string, index: string | undefined) => base + (index ?? ""),
  );
}

/** Sets the symbols in the text elements under `root` in italics, with their indices lowered. */
export function typeset(root: Element): void {
  for (const text of root.querySelectorAll("text")) {
    const label = text.textContent ?? "";
    if (plainText(label) === label) continue;
    text.replaceChildren(...runs(label));
    // else some viewers drop the spaces between the runs
    text.setAttribute("xml:space", "preserve");
  }
}

function runs(label: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let lowered = false;
  const add = (run: string, attributes: Record<string, string>) => {
    if (run === "") return;
    // dy moves all that follows, so what comes after an index has to be raised again
    const raised = lowered ? { dy: `${-INDEX_DROP}em` } : {};
    nodes.push(svgElement("tspan", { ...raised, ...attributes }, run));
    lowered = false;
  };
  let end = 0;
  for (const match of label.matchAll(SYMBOL)) {
    const [all, base, index] = match;
    add(label.slice(end, match.index), {});
    add(base, { "font-style": "italic" });
    if (index !== undefined) {
      const dy = `${(INDEX_DROP / INDEX_SIZE).toFixed(4)}em`;
      add(index, { dy, "font-size": `${INDEX_SIZE * 100}%` });
      lowered = true;
    }
    end = match.index + all.length;
  }
  add(label.slice(end), {});
  return nodes;
}
