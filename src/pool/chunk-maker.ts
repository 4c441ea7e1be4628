import { compressBuffers, type CompressedBody } from "../compress/buffers.ts";
import { loadCodec } from "../compress/codec.ts";
import { loadEngine } from "../engine/load-engine.ts";
import { chunkEvaluator } from "./chunk-evaluator.ts";
import { bytesOfViews, chunkViews } from "./chunk-views.ts";
import type { Job, Task } from "./job.ts";

/**
 * Evaluates tasks. The results stand in their slots; where the job says so, they are compressed as well,
 * into memory of the slot, which is what a task gives then.
 */
export async function chunkMaker(job: Job): Promise<(task: Task) => CompressedBody | undefined> {
  const evaluate = chunkEvaluator(job, await loadEngine(job));
  const { compress } = job;
  if (compress === undefined) {
    return (task) => {
      evaluate(task);
      return undefined;
    };
  }
  const codec = await loadCodec(compress.compression);
  return (task) => {
    evaluate(task);
    const buffers = bytesOfViews(chunkViews(job, task.slot, task.rows));
    return compressBuffers(buffers, codec, compress.memories[task.slot]);
  };
}
