import type { Progress } from "./progress.ts";
import { stderr } from "./stderr.ts";

/** The progress line of `rows` rows, where somebody sees it: stderr is a terminal, and not `quiet`. */
export async function terminalProgress(
  rows: number,
  quiet: boolean,
): Promise<Progress | undefined> {
  if (quiet || !stderr().isTTY) return undefined;
  const { startProgress } = await import("./progress.ts");
  return startProgress(rows);
}
