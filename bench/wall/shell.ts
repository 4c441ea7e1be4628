import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gridSpec } from "./specs.ts";
import { inTurn, secondsOf } from "./timing.ts";

/** One row and 10⁶ Lindblad rows to a file, the process's start included, against NumPy and pyarrow. */
export async function shellBench(folder: string, cli: string): Promise<readonly string[]> {
  const python = "bench/peers/.venv/bin/python";
  if (!existsSync(python)) {
    return ["| NumPy + pyarrow from the shell | skipped: run bench/peers/setup.sh | |"];
  }
  const lines: string[] = [];
  for (const [rows, name] of [
    [1, "1 row"],
    [1e6, "10⁶ Lindblad rows"],
  ] as const) {
    const spec = join(folder, `shell-${rows}.json`);
    const ours = join(folder, `shell-${rows}.arrow`);
    const theirs = join(folder, `numpy-${rows}.arrow`);
    writeFileSync(spec, JSON.stringify(gridSpec("lindblad", rows)));
    const { qheat, numpy } = await inTurn(7, {
      qheat: () => secondsOf(process.execPath, [cli, "sweep", spec, "-o", ours, "--quiet"]),
      numpy: () => secondsOf(python, ["bench/peers/numpy_arrow.py", String(rows), theirs]),
    });
    rmSync(ours);
    rmSync(theirs);
    lines.push(
      `| \`qheat sweep\` of ${name} to a file, from the shell | ${qheat.toFixed(3)} s | < ${numpy.toFixed(3)} s (NumPy + pyarrow) |`,
    );
  }
  return lines;
}
