import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJournal } from "../../src/output/journal.ts";

/** Batches that the journals of a folder's parts tell of. */
export function finishedBatches(folder: string): number {
  const sizes = readdirSync(folder)
    .filter((name) => name.includes(".part"))
    .map((part) => parseJournal(textOf(join(folder, part, "journal"))).batches.size);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** A part may be renamed, or get its final name, at any moment. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
