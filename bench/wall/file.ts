import {
  closeSync,
  fsyncSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createEngine } from "../../src/engine/engine.ts";
import { createMemory, memoryMap, writeConstants } from "../../src/engine/memory.ts";
import { slotLayout } from "../../src/engine/slot.ts";
import { planOf } from "../../src/engine/sweep-plan.ts";
import { kernelModule } from "../../src/engine/wasm/module.ts";
import { chunkAt, chunkCount } from "../../src/grid/chunks.ts";
import { chunkEvaluator } from "../../src/pool/chunk-evaluator.ts";
import { MOST_CHUNK_ROWS as CHUNK_ROWS } from "../../src/pool/chunk-rows.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { gridSpec } from "./specs.ts";
import { inTurn, secondsOf } from "./timing.ts";

const ROWS = 1e7;

/** Seconds one thread needs to evaluate all rows, nothing written. */
function kernelSeconds(): number {
  const sweep = parseSpec(gridSpec("lindblad", ROWS));
  const plan = planOf(sweep);
  const layout = slotLayout(sweep, plan, CHUNK_ROWS);
  const map = memoryMap(plan, layout, 1);
  const memory = createMemory(map);
  writeConstants(memory, map, layout);
  const job = { axes: sweep.axes, plan, layout, map, memory, module: kernelModule() };
  const evaluate = chunkEvaluator(job, createEngine(job));
  const started = performance.now();
  const count = chunkCount(ROWS, CHUNK_ROWS);
  for (let k = 0; k < count; k++)
    evaluate({ slot: 0, ...chunkAt({ firstRow: 0, rows: ROWS }, CHUNK_ROWS, k) });
  return (performance.now() - started) / 1000;
}

/** Seconds to write and sync `bytes` bytes from memory to a new file, 4 MiB at a time. */
function writeSeconds(path: string, bytes: number): number {
  const block = Buffer.alloc(4 * 2 ** 20, 0x5a);
  const started = performance.now();
  const file = openSync(path, "wx");
  for (let done = 0; done < bytes;) {
    done += writeSync(file, block, 0, Math.min(block.length, bytes - done));
  }
  fsyncSync(file);
  closeSync(file);
  const seconds = (performance.now() - started) / 1000;
  rmSync(path);
  return seconds;
}

/** 10⁷ Lindblad rows to an Arrow file, beside the same bytes from memory and beside the kernels alone. */
export async function fileBench(folder: string, cli: string): Promise<readonly string[]> {
  const spec = join(folder, "lindblad.json");
  const output = join(folder, "lindblad.arrow");
  writeFileSync(spec, JSON.stringify(gridSpec("lindblad", ROWS)));
  let bytes = 0;
  const sweep = () => {
    const seconds = secondsOf(process.execPath, [cli, "sweep", spec, "-o", output, "--quiet"]);
    bytes = statSync(output).size;
    rmSync(output);
    return seconds;
  };
  sweep();
  const { file, write, kernel } = await inTurn(5, {
    file: sweep,
    write: () => writeSeconds(join(folder, "bytes"), bytes),
    kernel: kernelSeconds,
  });
  const cores = availableParallelism();
  const goal = Math.max(1.3 * write, (1.1 * kernel) / cores);
  return [
    `| 10⁷ Lindblad rows to an Arrow file, from the shell | ${file.toFixed(2)} s | ≤ ${goal.toFixed(2)} s |`,
    `| — the same ${(bytes / 1e6).toFixed(0)} MB from memory, written and synced | ${write.toFixed(2)} s | |`,
    `| — kernels and grid alone, one thread, divided by ${cores} cores | ${(kernel / cores).toFixed(2)} s | |`,
  ];
}
