/** Lines of cells in columns, the last one ragged, each line indented by `indent` spaces. */
export function textTable(lines: readonly (readonly string[])[], indent = 0): string {
  const widths: number[] = [];
  for (const line of lines) {
    line.forEach((cell, c) => (widths[c] = Math.max(widths[c] ?? 0, cell.length)));
  }
  return lines
    .map((line) => {
      const cells = line.map((cell, c) => cell.padEnd(widths[c]));
      return `${" ".repeat(indent)}${cells.join("  ").trimEnd()}\n`;
    })
    .join("");
}
