import { parentPort, workerData } from "node:worker_threads";

/** What a worker is started with: a flag that tells it to begin nothing more, and its own data. */
export interface WorkerInput<D> {
  readonly stop: Int32Array;
  readonly data: D;
}

/** What a worker answers to each task, in their order. */
export type Reply<R> =
  { readonly result: R } | { readonly failure: unknown } | { readonly skipped: true };

/** Answers every task that this worker is sent with what `handlerOf` of its data makes of it. */
export function serve(handlerOf: (data: never) => (task: never) => unknown): void {
  const { stop, data } = workerData as WorkerInput<never>;
  const handle = handlerOf(data);
  const answer = (task: unknown): Reply<unknown> => {
    if (Atomics.load(stop, 0) !== 0) return { skipped: true };
    try {
      return { result: handle(task as never) };
    } catch (failure) {
      return { failure };
    }
  };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window
  parentPort!.on("message", (task: unknown) => parentPort!.postMessage(answer(task)));
}
