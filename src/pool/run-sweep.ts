import { createRequire } from "node:module";
import type { CompressedBody } from "../compress/buffers.ts";
import { chunkAt, type RowRange } from "../grid/chunks.ts";
import type { Sweep } from "../spec/sweep.ts";
import { isShort } from "./chunk-rows.ts";
import { chunkMaker } from "./chunk-maker.ts";
import { type ChunkViews, chunkViews } from "./chunk-views.ts";
import { chunksOf, type Job, jobOf, type RunOptions, type Task } from "./job.ts";

/** Consecutive rows of a sweep, evaluated. */
export interface Chunk extends RowRange, ChunkViews {
  /** The same compressed, where the run was asked for it. */
  readonly compressed?: CompressedBody | undefined;
  /** Hands the memory back to the workers; the views are invalid from then on. */
  release(): void;
}

/** Runs tasks somewhere; settles when a task's slot holds the results. */
interface Runner {
  readonly run: (task: Task) => Promise<CompressedBody | undefined>;
  readonly end: () => Promise<void>;
}

/**
 * The chunks of a sweep in row order. At most twice as many are in flight as there are threads: a
 * reader that does not release its chunks stops the workers. A chunk not released when the next is
 * asked for is released then. Leaving the loop ends the workers.
 *
 * @throws the error of a worker, or the signal's reason
 */
export async function* runSweep(sweep: Sweep, options: RunOptions): AsyncGenerator<Chunk, void> {
  const { signal } = options;
  signal?.throwIfAborted();
  const chunks = chunksOf(sweep, options);
  const { range, chunkRows, count } = chunks;
  const { job, threads } = jobOf(sweep, chunks, options);
  const short = count === 1 && isShort(sweep, chunkRows, options.backend);
  const { run, end } = short ? await inline(job) : await startThreads(job, threads);
  const free = job.map.slots.map((_, slot) => slot);
  const inFlight = new Map<number, { slot: number; done: ReturnType<typeof run> }>();
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
      const compressed = await Promise.race([done, aborted.promise]);
      signal?.throwIfAborted();
      let released = false;
      const release = () => {
        if (released) return;
        released = true;
        free.push(slot);
        dispatch();
      };
      const rows = chunkAt(range, chunkRows, k);
      yield { ...rows, ...chunkViews(job, slot, rows.rows), compressed, release };
      release();
    }
  } finally {
    aborted.forget();
    await end();
  }
}

/** One chunk is not worth a thread. */
async function inline(job: Job): Promise<Runner> {
  const make = await chunkMaker(job);
  return { run: async (task) => make(task), end: async () => {} };
}

async function startThreads(job: Job, threads: number): Promise<Runner> {
  const { startWorkers } = await import("./workers.ts");
  return startWorkers<Task, CompressedBody | undefined>(
    threads,
    createRequire(import.meta.url).resolve("#worker"),
    job,
  );
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
