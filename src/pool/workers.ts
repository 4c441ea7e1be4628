import { createRequire } from "node:module";
import { Piscina } from "piscina";
import type { Job, Task } from "./job.ts";

/** Starts `threads` workers, each with the job and its own instance of the kernels. */
export function startWorkers(job: Job, threads: number) {
  const pool = new Piscina<Task, void>({
    filename: createRequire(import.meta.url).resolve("#worker"),
    minThreads: threads,
    maxThreads: threads,
    workerData: job,
  });
  // A worker's death outside a task surfaces through the tasks it takes down with it.
  let failure: unknown;
  pool.on("error", (error) => (failure ??= error));
  return {
    run: async (task: Task): Promise<void> => {
      try {
        await pool.run(task);
      } catch (error) {
        throw failure ?? error;
      }
    },
    end: () => pool.destroy(),
  };
}
