import { runSweep } from "../../src/pool/run-sweep.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { gridSpec } from "./specs.ts";
import { inTurn } from "./timing.ts";

const ROWS = 4e8;

/** Two worker threads against one on a numeric sweep, their start included, results read and let go. */
export async function threadsBench(): Promise<readonly string[]> {
  const sweep = parseSpec(gridSpec("redfield", ROWS));
  async function seconds(threads: number): Promise<number> {
    const started = performance.now();
    let sum = 0;
    for await (const chunk of runSweep(sweep, { threads })) {
      sum += chunk.columns[2][0];
      chunk.release();
    }
    if (!(sum > 0)) throw new Error("the sweep gave no populations");
    return (performance.now() - started) / 1000;
  }
  const { one, two } = await inTurn(3, { one: () => seconds(1), two: () => seconds(2) });
  return [
    `| 4 · 10⁸ Redfield rows, two threads against one | ${(one / two).toFixed(2)} × (${one.toFixed(2)} s, ${two.toFixed(2)} s) | ≥ 1.85 × |`,
  ];
}
