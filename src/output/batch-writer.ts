import { writevSync } from "node:fs";
import { writeFullySync } from "../arrow/byte-output.ts";
import { bytesOf } from "../arrow/bytes-of.ts";
import { crcOf } from "../arrow/crc.ts";
import { bodyParts } from "../arrow/ipc-body.ts";
import { loadEngine } from "../engine/load-engine.ts";
import { chunkEvaluator } from "../pool/chunk-evaluator.ts";
import { chunkViews } from "../pool/chunk-views.ts";
import type { Job, Task } from "../pool/job.ts";
import { type StatusCounts, StatusTally } from "../pool/status-tally.ts";

/** A chunk to evaluate and to write as a batch. */
export interface BatchTask extends Task {
  /** The open file, of which every thread of the process may write any part. */
  readonly fd: number;
  /** Byte of the file at which the batch starts. */
  readonly at: number;
  /** The bytes before the columns. */
  readonly header: Uint8Array;
}

/** What has been written; or the system's error, in a form that survives the way between threads. */
export type BatchResult =
  | { readonly bytes: number; readonly crc: string; readonly status: StatusCounts }
  | { readonly error: SystemError };

export type SystemError = Pick<NodeJS.ErrnoException, "message" | "code" | "errno" | "syscall">;

/** Evaluates chunks and writes each to its place, from the memory in which it was made. */
export async function batchWriter(job: Job): Promise<(task: BatchTask) => BatchResult> {
  const evaluate = chunkEvaluator(job, await loadEngine(job));
  return (task) => {
    evaluate(task);
    const views = chunkViews(job, task.slot, task.rows);
    const parts = [task.header, ...bodyParts(views)];
    try {
      writeFullySync((rest, position) => writevSync(task.fd, rest, position), parts, task.at);
    } catch (cause) {
      const { message, code, errno, syscall } = cause as NodeJS.ErrnoException;
      return { error: { message, code, errno, syscall } };
    }
    const tally = new StatusTally();
    tally.add(views.status);
    return { bytes: bytesOf(parts), crc: crcOf(parts), status: tally.counts };
  };
}
