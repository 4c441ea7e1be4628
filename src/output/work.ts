import type { Encoder } from "../arrow/encoder.ts";
import type { Chunks } from "../pool/job.ts";
import type { Sweep } from "../spec/sweep.ts";
import type { FileOptions } from "./file-options.ts";
import type { FinishedBatches } from "./finished-batches.ts";
import type { Part } from "./part.ts";

/** The batches of a file on the way. */
export interface Work {
  readonly part: Part;
  readonly sweep: Sweep;
  readonly chunks: Chunks;
  readonly encoder: Encoder;
  /** Batches that stand in the part. */
  readonly done: FinishedBatches;
  readonly options: FileOptions;
}
