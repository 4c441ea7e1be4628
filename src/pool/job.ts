import { availableParallelism } from "node:os";
import { mostCompressed } from "../compress/buffers.ts";
import type { Compression } from "../compress/compression.ts";
import type { Backend, EngineInput } from "../engine/engine.ts";
import { createMemory, memoryMap, writeConstants } from "../engine/memory.ts";
import { slotLayout } from "../engine/slot.ts";
import { planOf } from "../engine/sweep-plan.ts";
import { lineModule } from "../engine/wasm/line-module.ts";
import { kernelModule } from "../engine/wasm/module.ts";
import { chunkCount, type RowRange } from "../grid/chunks.ts";
import { defaultChunkRows } from "./chunk-rows.ts";
import type { Axis, Sweep } from "../spec/sweep.ts";

/** What every worker of a sweep is given once. */
export interface Job extends EngineInput {
  readonly axes: readonly Axis[];
  /** How chunks are compressed where they are made, and the memory they go to by slot. */
  readonly compress?: {
    readonly compression: Compression;
    readonly memories: readonly Uint8Array[];
  };
}

/** One chunk to evaluate: rows `firstRow` … `firstRow` + `rows` − 1 into slot number `slot`. */
export interface Task extends RowRange {
  readonly slot: number;
}

/** How a sweep is run; none of it changes a bit of a row. */
export interface RunOptions {
  /** The rows to run, all unless given; chunks are cut from its first row on. */
  readonly range?: RowRange;
  /** Worker threads; as many as cores unless given. */
  readonly threads?: number;
  readonly backend?: Backend;
  readonly chunkRows?: number;
  /** Has chunks compressed where they are made, for files whose columns are. */
  readonly compress?: Compression | undefined;
  readonly signal?: AbortSignal;
}

/** A sweep cut into chunks. */
export interface Chunks {
  readonly range: RowRange;
  readonly chunkRows: number;
  readonly count: number;
}

export function chunksOf(
  sweep: Sweep,
  { range, chunkRows }: Pick<RunOptions, "range" | "chunkRows">,
): Chunks {
  const rows = range?.rows ?? sweep.rows;
  const most = Math.min(chunkRows ?? defaultChunkRows(sweep), rows);
  return {
    range: range ?? { firstRow: 0, rows },
    chunkRows: most,
    count: chunkCount(rows, most),
  };
}

/** The job of a sweep: plan and memory, with two slots a thread, and how many threads are of use. */
export function jobOf(
  sweep: Sweep,
  { range, chunkRows, count }: Chunks,
  options: Pick<RunOptions, "threads" | "backend" | "compress">,
): { readonly job: Job; readonly threads: number } {
  const threads = Math.min(options.threads ?? availableParallelism(), count);
  const plan = planOf(sweep);
  const layout = slotLayout(sweep, plan, chunkRows);
  const map = memoryMap(plan, layout, Math.min(2 * threads, count));
  const memory = createMemory(map);
  writeConstants(memory, map, layout);
  const module = options.backend === "js" ? undefined : kernelModule();
  const line = module && lineModule(plan.words, range.rows);
  const job: Job = { axes: sweep.axes, plan, layout, map, memory, module, line };
  if (options.compress === undefined) return { job, threads };
  const lengths = [...layout.columns.map(() => 8 * chunkRows), chunkRows];
  const memories = map.slots.map(
    () => new Uint8Array(new SharedArrayBuffer(mostCompressed(lengths))),
  );
  return { job: { ...job, compress: { compression: options.compress, memories } }, threads };
}
