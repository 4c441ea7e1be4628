import { createRequire } from "node:module";
import { setImmediate } from "node:timers/promises";
import { isShort } from "../pool/chunk-rows.ts";
import { type Chunks, type Job, jobOf } from "../pool/job.ts";
import type { Workers } from "../pool/workers.ts";
import type { Sweep } from "../spec/sweep.ts";
import { type BatchResult, type BatchTask, batchWriter } from "./batch-writer.ts";
import type { FileOptions } from "./file-options.ts";

/** Where batches are evaluated and written. */
export interface Writers {
  readonly job: Job;
  readonly run: (task: BatchTask) => Promise<BatchResult | undefined>;
  /** Begins nothing more. */
  readonly stop: () => void;
  readonly end: () => Promise<void>;
}

/** Batches that the calling thread tries itself, at most: of more it is known that threads pay. */
const MOST_HERE = 32;

/** The first batches tell little: V8 is still compiling the kernels. */
const FIRST_BATCHES = 4;

/**
 * Starts what evaluates and writes the batches of a sweep: threads, which need a while until they are
 * ready, or the calling thread as long as that is likely to be done before they were.
 */
export async function startWriters(
  sweep: Sweep,
  chunks: Chunks,
  options: FileOptions,
): Promise<Writers> {
  const { job, threads } = jobOf(sweep, chunks, options);
  const most = options.callerWorks === true ? MOST_HERE : 1;
  const here = isShort(sweep, chunks.chunkRows, options.backend) && chunks.count <= most;
  return here ? inCaller(job, threads, chunks.count) : { job, ...(await inThreads(job, threads)) };
}

async function inThreads(job: Job, threads: number): Promise<Workers<BatchTask, BatchResult>> {
  const { startWorkers } = await import("../pool/workers.ts");
  const file = createRequire(import.meta.url).resolve("#batch-worker");
  return startWorkers(threads, file, job);
}

async function inCaller(job: Job, threads: number, batches: number): Promise<Writers> {
  const write = await batchWriter(job);
  // two threads take about as much work to start as this process has taken
  const { user, system } = process.cpuUsage();
  const worthwhile = (user + system) / 1e6;
  let done = 0;
  let shortest = Infinity;
  let stopped = false;
  let workers: ReturnType<typeof inThreads> | undefined;

  function writeHere(task: BatchTask): BatchResult {
    const started = process.hrtime();
    const result = write(task);
    const [seconds, nanoseconds] = process.hrtime(started);
    shortest = Math.min(shortest, seconds + nanoseconds / 1e9);
    done++;
    if (done >= FIRST_BATCHES && shortest * (batches - done) > worthwhile) {
      workers ??= inThreads(job, threads);
    }
    return result;
  }

  return {
    job,
    async run(task) {
      if (stopped) return undefined;
      if (workers) return (await workers).run(task);
      const result = writeHere(task);
      await setImmediate(); // signals are heard, the journal is written
      return result;
    },
    stop() {
      stopped = true;
      void workers?.then(
        (threadsOf) => threadsOf.stop(),
        () => {}, // `run` tells
      );
    },
    async end() {
      await (await workers?.catch(() => undefined))?.end();
    },
  };
}
