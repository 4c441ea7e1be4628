import { workerData } from "node:worker_threads";

/** What a worker is started with: a flag that tells it to begin nothing more, and its own data. */
export interface WorkerInput<D> {
  readonly stop: Int32Array;
  readonly data: D;
}

/** What a worker answers to a task: its result, or that it was told to begin nothing more. */
export type Reply<R> = { readonly result: R } | "stopped";

/**
 * The handler of a piscina worker: answers a task with what `handlerOf` of the worker's data makes of
 * it. An error ends the thread, as its instance of the kernels may be broken, and rejects the task.
 */
export async function serve<T, R>(
  handlerOf: (data: never) => ((task: T) => R) | Promise<(task: T) => R>,
): Promise<(task: T) => Reply<R> | Promise<never>> {
  const { stop, data } = workerData as WorkerInput<never>;
  const handle = await handlerOf(data);
  return (task) => {
    if (Atomics.load(stop, 0) !== 0) return "stopped";
    try {
      return { result: handle(task) };
    } catch (error) {
      process.nextTick(() => {
        throw error;
      });
      return new Promise(() => {});
    }
  };
}
