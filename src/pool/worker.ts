import { workerData } from "node:worker_threads";
import { createEngine } from "../engine/engine.ts";
import { chunkEvaluator } from "./chunk-evaluator.ts";
import type { Job, Task } from "./job.ts";

const job = workerData as Job;
const evaluate = chunkEvaluator(job, createEngine(job));

/** The task of a piscina worker: the results stand in the shared memory when it returns. */
export default function run(task: Task): void {
  evaluate(task);
}
