import { relative } from "node:path";
import { shellWords } from "../submit/shell-words.ts";
import type { Kept } from "../output/file-options.ts";

/** Says what an unfinished sweep has left, and the command that goes on from there. */
export function keptText({ folder, batches, of }: Kept, args: readonly string[]): string[] {
  const program = process.env["npm_command"] === "exec" ? "npx qheat" : "qheat";
  const command = ["sweep", ...args.filter((arg) => arg !== "--resume"), "--resume"];
  const again = args.includes("-") ? ", with the spec on stdin again" : "";
  return [
    `${batches} of ${of} batches are kept in ${relative(".", folder)}; to go on${again}:`,
    `  ${program} ${shellWords(command)}${again && " < SPEC"}`,
  ];
}
