import { Worker } from "node:worker_threads";
import type { RowRange } from "../grid/chunks.ts";
import type { Reply, WorkerInput } from "./serve.ts";
import { WorkerError } from "./worker-error.ts";

/** Tasks a worker holds: the next is there when one is done. */
const DEPTH = 2;

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
  /** Ends the workers, whatever they are at. */
  readonly end: () => Promise<void>;
}

interface Assignment<T, R> {
  readonly task: T;
  readonly resolve: (result: R | undefined) => void;
  readonly reject: (error: Error) => void;
  failed: boolean;
}

interface Thread<T, R> {
  readonly worker: Worker;
  /** What it was sent and has not answered; it is at the first. */
  readonly jobs: Assignment<T, R>[];
}

/**
 * Starts up to `threads` workers as tasks come, each running `file` with `data`. A worker that dies
 * or throws is replaced: its task goes to a fresh worker once, what else it had been sent goes back
 * to the queue.
 */
export function startWorkers<T extends RowRange, R>(
  threads: number,
  file: string,
  data: unknown,
): Workers<T, R> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const workerData: WorkerInput<unknown> = { stop, data };
  const queue: Assignment<T, R>[] = [];
  const pool = new Set<Thread<T, R>>();
  let ended = false;

  const start = (): Thread<T, R> => {
    const worker = new Worker(file, { workerData, execArgv: [] });
    const thread: Thread<T, R> = { worker, jobs: [] };
    let error: unknown;
    worker.on("message", (reply: Reply<R>) => {
      if (!pool.has(thread)) return;
      if ("failure" in reply) {
        // its instance of the kernels may be broken
        retire(thread, reply.failure);
        void worker.terminate();
        return;
      }
      thread.jobs.shift()!.resolve("result" in reply ? reply.result : undefined);
      assign();
    });
    worker.on("error", (cause: unknown) => (error = cause));
    worker.on("exit", (code) => {
      retire(thread, error ?? new Error(`it exited with code ${code}`));
    });
    pool.add(thread);
    return thread;
  };

  const retire = (thread: Thread<T, R>, cause: unknown) => {
    if (ended || !pool.delete(thread)) return;
    const [first, ...others] = thread.jobs.splice(0);
    queue.unshift(...others);
    if (first?.failed) first.reject(new WorkerError(first.task, cause));
    else if (first) {
      first.failed = true;
      queue.unshift(first);
    }
    assign();
  };

  const assign = () => {
    while (queue.length > 0) {
      if (Atomics.load(stop, 0) !== 0) {
        queue.shift()!.resolve(undefined);
        continue;
      }
      const thread = pool.size < threads ? start() : leastBusy(pool);
      if (thread.jobs.length >= DEPTH) return;
      const job = queue.shift()!;
      thread.jobs.push(job);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window
      thread.worker.postMessage(job.task);
    }
  };

  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        queue.push({ task, resolve, reject, failed: false });
        assign();
      }),
    stop() {
      Atomics.store(stop, 0, 1);
      assign();
    },
    async end() {
      ended = true;
      const workers = [...pool].map(({ worker }) => worker.terminate());
      pool.clear();
      await Promise.all(workers);
    },
  };
}

function leastBusy<T, R>(pool: ReadonlySet<Thread<T, R>>): Thread<T, R> {
  return [...pool].reduce((least, thread) =>
    thread.jobs.length < least.jobs.length ? thread : least,
  );
}
