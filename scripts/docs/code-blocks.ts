/** A fenced block of a Markdown page. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** What `<!-- not run: … -->` above it says. */
  readonly notRun: string | undefined;
  /** What must succeed for it to run: `<!-- needs: COMMAND -->` above it. */
  readonly needs: string | undefined;
  /** What readers have done before it: `<!-- setup: COMMAND -->` above it. */
  readonly setup: string | undefined;
  /** The `text` block that follows at once: what running this one prints. */
  readonly prints: string | undefined;
}

/** The code blocks of a page, in order; a `text` block that is what another prints is not one. */
export function codeBlocks(page: string): readonly CodeBlock[] {
  const pattern = /(?:^<!-- (not run|needs|setup): (.*) -->\n+)?^```(\w+)\n([^]*?)^```$/gm;
  const found = [...page.matchAll(pattern)];
  const blocks: CodeBlock[] = [];
  let before = 0;
  for (const [k, match] of found.entries()) {
    const [whole, mark, said, language, text] = match;
    const between = page.slice(before, match.index);
    const isOutput = language === "text" && k > 0 && between.trim() === "";
    before = match.index + whole.length;
    if (isOutput) continue;
    const next = found[k + 1];
    const follows = next?.[3] === "text" && page.slice(before, next.index).trim() === "";
    blocks.push({
      language,
      text,
      line: page.slice(0, match.index).split("\n").length,
      notRun: mark === "not run" ? said : undefined,
      needs: mark === "needs" ? said : undefined,
      setup: mark === "setup" ? said : undefined,
      prints: follows ? next[4] : undefined,
    });
  }
  return blocks;
}

/**
 * Whether a program printed what a page shows: `…` stands for anything within a line, or alone for
 * lines left out. Durations and speeds may differ.
 */
export function shows(page: string, printed: string): boolean {
  const pattern = untimed(page)
    .split("\n")
    .map((line) => (line === "…" ? "(?:.*\\n)*?" : `${line.split("…").map(escaped).join(".*")}\\n`))
    .join("")
    .replace(/\\n$/, "");
  return new RegExp(`^${pattern}$`).test(untimed(printed));
}

function untimed(text: string): string {
  return text.replaceAll(/\d[\d.,]* (s|ms|µs|rows\/s)\b/g, "0 $1");
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
