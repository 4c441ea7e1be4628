import { Piscina } from "piscina";
import type { RowRange } from "../grid/chunks.ts";
import type { Reply, WorkerInput } from "./serve.ts";
import { WorkerError } from "./worker-error.ts";

/** Threads that work on tasks, each of them on some rows. */
export interface Workers<T extends RowRange, R> {
  /**
   * Resolves to what a worker makes of the task, or to undefined where it was stopped before it began.
   *
   * @throws WorkerError (rejects) where two workers failed at it
   */
  readonly run: (task: T) => Promise<R | undefined>;
  /** Lets the workers finish what they are at; tasks that are not begun resolve to undefined. */
  readonly stop: () => void;
  /** Ends the workers, whatever they are at; what they were at resolves to undefined. */
  readonly end: () => Promise<void>;
}

// Piscina requires its file before it imports it. Node 20 ends the whole process where a thread is
// terminated while it requires an ES module.
const importOnly = process.allowedNodeEnvironmentFlags.has("--experimental-require-module")
  ? ["--no-experimental-require-module"]
  : [];

/**
 * Starts `threads` workers, each running `file` with `data`. A worker has one task at a time: where it
 * dies, that task is at fault, and goes to a fresh worker of its own once.
 */
export function startWorkers<T extends RowRange, R>(
  threads: number,
  file: string,
  data: unknown,
): Workers<T, R> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const workerData: WorkerInput<unknown> = { stop, data };
  const poolOf = (count: number) => {
    const workers = new Piscina<T, Reply<R>>({
      filename: file,
      minThreads: count,
      maxThreads: count,
      concurrentTasksPerWorker: 1,
      execArgv: importOnly,
      workerData,
    });
    // A worker that dies without a task did not start: piscina starts no other, and its queue stands.
    const waiting = new Set<(cause: Error) => void>();
    workers.on("error", (cause: Error) => {
      for (const reject of waiting) reject(cause);
    });
    const attempt = (task: T) =>
      new Promise<R | undefined>((resolve, reject) => {
        waiting.add(reject);
        workers
          .run(task)
          .then((reply) => resolve(reply === "stopped" ? undefined : reply.result), reject)
          .finally(() => waiting.delete(reject));
      });
    return { attempt, end: () => workers.destroy() };
  };
  const pool = poolOf(threads);
  let ended: Promise<void> | undefined;

  // its own pool: the other workers may be as worn out as the one that died
  const afresh = async (task: T) => {
    const fresh = poolOf(1);
    try {
      return await fresh.attempt(task);
    } finally {
      await fresh.end();
    }
  };

  return {
    async run(task) {
      try {
        return await pool.attempt(task).catch((error: unknown) => {
          if (ended) throw error;
          return afresh(task);
        });
      } catch (cause) {
        if (ended) return undefined;
        throw new WorkerError(task, cause);
      }
    },
    stop() {
      Atomics.store(stop, 0, 1);
    },
    async end() {
      await (ended ??= pool.end());
    },
  };
}
