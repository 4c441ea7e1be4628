import { loadEngine } from "../engine/load-engine.ts";
import { chunkEvaluator } from "./chunk-evaluator.ts";
import type { Job } from "./job.ts";
import { serve } from "./serve.ts";

// the results of a task stand in the shared memory when it is answered
export default serve(async (job: Job) => chunkEvaluator(job, await loadEngine(job)));
