import { availableParallelism } from "node:os";
import { createEngine, type Backend } from "../engine/engine.ts";
import { bufferOf, createMemory, memoryMap, writeConstants } from "../engine/memory.ts";
import { slotLayout } from "../engine/slot.ts";
import { planOf } from "../engine/sweep-plan.ts";
import { kernelModule } from "../engine/wasm/module.ts";
import { chunkAt, chunkCount, type RowRange } from "../grid/chunks.ts";
import type { Sweep } from "../spec/sweep.ts";
import { chunkEvaluator } from "./chunk-evaluator.ts";
import type { Job, Task } from "./job.ts";

/** Rows of a chunk: some 4 MB of columns, milliseconds of work, one record batch. */
export const CHUNK_ROWS = 65536;

/** Consecutive rows of a sweep, evaluated. */
export interface Chunk extends RowRange {
  /** Axis columns in spec order, then `sweep.columns`: views of exactly `rows` values. */
  readonly columns: readonly Float64Array[];
  readonly status: Uint8Array;
  /** Hands the memory back to the workers; the views are invalid from then on. */
  release(): void;
}

export interface RunOptions {
  /** The rows to run, all unless given; chunks are cut from its first row on. */
  readonly range?: RowRange;
  /** Worker threads; as many as cores unless given. */
  readonly threads?: number;
  readonly backend?: Backend;
  readonly chunkRows?: number;
  readonly signal?: AbortSignal;
}

/** Runs a task somewhere; settles when its slot holds the results. */
type Runner = (task: Task) => Promise<void>;

/**
 * The chunks of a sweep in row order. At most twice as many are in flight as there are threads: a
 * reader that does not release its chunks stops the workers. A chunk not released when the next is
 * asked for is released then. Leaving the loop ends the workers.
 *
 * @throws the error of a worker, or the signal's reason
 */
export async function* runSweep(sweep: Sweep, options: RunOptions): AsyncGenerator<Chunk, void> {
  const { signal, backend = "wasm" } = options;
  signal?.throwIfAborted();
  const range = options.range ?? { firstRow: 0, rows: sweep.rows };
  const chunkRows = Math.min(options.chunkRows ?? CHUNK_ROWS, range.rows);
  const count = chunkCount(range.rows, chunkRows);
  const threads = Math.min(options.threads ?? availableParallelism(), count);
  const plan = planOf(sweep);
  const layout = slotLayout(sweep, plan, chunkRows);
  const map = memoryMap(plan, layout, Math.min(2 * threads, count));
  const memory = createMemory(map);
  writeConstants(memory, map, layout);
  const module = backend === "wasm" ? kernelModule() : undefined;
  const job: Job = { axes: sweep.axes, plan, layout, map, memory, module };

  const { run, end } = count === 1 ? inline(job) : await startPool(job, threads);
  const free = map.slots.map((_, slot) => slot);
  const inFlight = new Map<number, { readonly slot: number; readonly done: Promise<void> }>();
  let next = 0;
  const dispatch = () => {
    while (next < count && free.length > 0) {
      const slot = free.pop()!;
      const done = run({ slot, ...chunkAt(range, chunkRows, next) });
      // awaited below, in order; until then a failure is not unhandled
      done.catch(() => {});
      inFlight.set(next++, { slot, done });
    }
  };
  const aborted = abortion(signal);
  try {
    dispatch();
    for (let k = 0; k < count; k++) {
      const { slot, done } = inFlight.get(k)!;
      inFlight.delete(k);
      await Promise.race([done, aborted.promise]);
      signal?.throwIfAborted();
      let released = false;
      const release = () => {
        if (released) return;
        released = true;
        free.push(slot);
        dispatch();
      };
      const { firstRow, rows } = chunkAt(range, chunkRows, k);
      const start = map.slots[slot];
      yield {
        firstRow,
        rows,
        columns: layout.columns.map(
          (offset) => new Float64Array(bufferOf(memory), start + offset, rows),
        ),
        status: new Uint8Array(bufferOf(memory), start + layout.status, rows),
        release,
      };
      release();
    }
  } finally {
    aborted.forget();
    await end();
  }
}

/** One chunk is not worth a thread. */
function inline(job: Job): { run: Runner; end: () => Promise<void> } {
  const evaluate = chunkEvaluator(job, createEngine(job));
  return { run: async (task) => evaluate(task), end: async () => {} };
}

async function startPool(job: Job, threads: number) {
  const { startWorkers } = await import("./workers.ts");
  return startWorkers(job, threads);
}

/** A promise that rejects with the signal's reason once it aborts. */
function abortion(signal: AbortSignal | undefined) {
  let forget = () => {};
  const promise = new Promise<never>((_, reject) => {
    if (signal === undefined) return;
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    forget = () => signal.removeEventListener("abort", abort);
  });
  promise.catch(() => {});
  return { promise, forget: () => forget() };
}
