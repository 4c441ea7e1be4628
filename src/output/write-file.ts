import type { Schema } from "apache-arrow/schema";
import { createEncoder } from "../arrow/encoder.ts";
import { FileError } from "../arrow/file-error.ts";
import type { Format } from "../arrow/format.ts";
import { findPlace } from "../arrow/place.ts";
import { runSweep } from "../pool/run-sweep.ts";
import type { Sweep } from "../spec/sweep.ts";
import type { FileOptions } from "./file-options.ts";
import { writeChunks } from "./write-chunks.ts";
import { ResumeError } from "./resume-error.ts";
import { writeResumable } from "./write-resumable.ts";
import type { Written } from "./write-stream.ts";

/** A sweep and the file it goes to. */
export interface SweepFile {
  readonly path: string;
  readonly format: Format;
  readonly sweep: Sweep;
  readonly schema: Schema;
}

/**
 * Runs a sweep into a file that appears under its name only when it is complete and on disk. Where the
 * format can be resumed, finished batches are kept beside it until then.
 *
 * @throws ResumeError if what is there must be dealt with first, FileError if the file cannot be
 *   written, WorkerError if rows cannot be evaluated, the signal's reason
 */
export async function writeFile(file: SweepFile, options: FileOptions): Promise<Written> {
  const { path, format, sweep, schema } = file;
  try {
    const { target, special } = await findPlace(path);
    const encoder = await createEncoder(format, schema, options.compress);
    if (!special && encoder.skip) {
      return await writeResumable({ ...file, path: target }, encoder, options);
    }
    if (options.resume) {
      const what = special ? `${path} is no regular file and` : `a ${format} file`;
      throw new ResumeError("unsupported", `${what} cannot be resumed`);
    }
    return await writeChunks(path, format, schema, runSweep(sweep, options), {
      compress: options.compress,
      onProgress: (rows) => options.onProgress?.(rows, false),
    });
  } catch (error) {
    const { syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined || error instanceof FileError) throw error;
    throw new FileError(`write ${path}`, error);
  }
}
