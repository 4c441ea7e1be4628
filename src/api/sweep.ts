import { type RecordBatch, type Schema, Table } from "apache-arrow";
import { extensions, type Format, formatOf, formatsText, notCompressed } from "../arrow/format.ts";
import { ownedBatch } from "../arrow/record-batch.ts";
import { sweepSchema } from "../arrow/schema.ts";
import { type Compression, compressions } from "../compress/compression.ts";
import type { Backend } from "../engine/engine.ts";
import { writeFile } from "../output/write-file.ts";
import type { Written } from "../output/write-stream.ts";
import { type Chunk, runSweep } from "../pool/run-sweep.ts";
import { isKnown, unreadPoints } from "../spec/known-points.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import { checkOptions, count, engineOptions, flag, oneOf } from "./check-options.ts";

/** How a sweep is run; none of it changes a bit of the results. */
export interface SweepOptions {
  /** Worker threads, 1 or more; as many as there are cores by default. */
  readonly threads?: number;
  /** `wasm` by default; `js` is the plain twin, with the same bits. */
  readonly backend?: Backend;
  /** Rows in a record batch, 1 or more; the last one may have fewer. */
  readonly chunkRows?: number;
  /** Aborts the sweep: whatever is awaited rejects with the signal's reason, the workers end. */
  readonly signal?: AbortSignal;
  /** Called after each record batch with the rows done so far and the rows in all. */
  readonly onProgress?: (rowsDone: number, rowsTotal: number) => void;
}

/** A sweep that is ready to run. Each use of it — a loop, `toTable`, `toFile` — runs it afresh. */
export interface SweepResult extends AsyncIterable<RecordBatch> {
  /**
   * Axis columns in spec order, then the results (Float64), then `status` (Uint8); fields carry
   * `unit`, `description` and `equation` (numbers of arXiv:2301.13544), the schema `qheat.spec`,
   * `qheat.rows`, `qheat.version` and `qheat.kernel`.
   */
  readonly schema: Schema;
  /** Rows in all, 1 or more: row-major, the last axis fastest. */
  readonly rows: number;
  /** Record batches in row order, each with memory of its own; leaving the loop ends the workers. */
  [Symbol.asyncIterator](): AsyncGenerator<RecordBatch, void, undefined>;
  /** All rows in memory: 8 bytes a row and column, and 1 for `status`. */
  toTable(): Promise<Table>;
  /**
   * Writes all rows to `path`, which appears only when it is complete and on disk. Until then finished
   * batches are kept beside it, in the folder `PATH.part`; an abort finishes the batches in hand.
   *
   * @param options.format `arrow` (IPC file), `stream` (IPC stream), `parquet` or `csv`; by the
   *   extension if not given: `.arrow`, `.arrows`, `.parquet` or `.csv`. The metadata of a CSV file stand beside it, in
   *   `PATH-metadata.json`.
   * @param options.compress `zstd` or `lz4`: compresses the columns of an Arrow file or stream.
   * @param options.resume goes on from what an earlier run of the same sweep has finished, to the very
   *   bytes of an uninterrupted run; does nothing where the file is finished.
   * @returns rows and bytes of the file, how many rows have which status (none where the whole file was
   *   there), and how many an earlier run had finished.
   * @throws RangeError (rejects) if an option is not valid or there is no format for the file;
   *   FileError if it cannot be written; ResumeError if another process is
   *   writing it, if batches of an earlier run would be lost, or if they are of another sweep;
   *   WorkerError if rows cannot be evaluated.
   */
  toFile(path: string, options?: FileSettings): Promise<Written>;
}

/** How `toFile` writes. */
export interface FileSettings {
  readonly format?: Format;
  /** Compresses the columns of an Arrow file or stream, one by one. */
  readonly compress?: Compression;
  readonly resume?: boolean;
}

const sweepOptions = {
  ...engineOptions,
  threads: count,
  chunkRows: count,
  signal: { text: "an AbortSignal", allowed: (value: unknown) => value instanceof AbortSignal },
  onProgress: { text: "a function", allowed: (value: unknown) => typeof value === "function" },
};

const fileSettings = {
  format: oneOf(Object.keys(extensions)),
  compress: oneOf(compressions),
  resume: flag,
};

/**
 * Sweeps a spec: the steady state (2.3), the heat currents (2.11), (2.12) and a status for each row.
 * Energies and temperatures share one unit (ħ = k_B = 1), a spectral function is a rate, a current
 * q_X is energy × rate and counts from bath X into the system.
 *
 * @param spec the spec as an object, or as YAML or JSON text.
 * @throws SpecError at once if the spec is not valid; RangeError if an option is not.
 */
export function sweep(spec: unknown, options: SweepOptions = {}): SweepResult {
  const parsed = parseSpec(spec);
  checkOptions(options, sweepOptions);
  const { onProgress, ...run } = options;
  if (!parsed.axes.every(isKnown)) throw unreadPoints(parsed.points!.file);
  const schema = sweepSchema(parsed);
  const { rows } = parsed;

  async function* chunks(): AsyncGenerator<Chunk, void> {
    run.signal?.throwIfAborted();
    for await (const chunk of runSweep(parsed, run)) {
      const done = chunk.firstRow + chunk.rows;
      yield chunk;
      onProgress?.(done, rows);
    }
  }

  async function* batches(): AsyncGenerator<RecordBatch, void, undefined> {
    for await (const chunk of chunks()) {
      const batch = ownedBatch(schema, chunk);
      chunk.release();
      yield batch;
    }
  }

  return {
    schema,
    rows,
    [Symbol.asyncIterator]: batches,
    async toTable() {
      const all: RecordBatch[] = [];
      for await (const batch of batches()) all.push(batch);
      return new Table(schema, all);
    },
    async toFile(path, settings = {}) {
      checkOptions(settings, fileSettings);
      const { format = formatOf(path), compress, resume = false } = settings;
      if (!format) throw new RangeError(`no format for ${path}: there are ${formatsText}`);
      const wrong = compress && notCompressed(format);
      if (wrong) throw new RangeError(`compress: ${wrong}`);
      run.signal?.throwIfAborted();
      let done = 0;
      return writeFile(
        { path, format, sweep: parsed, schema },
        { ...run, compress, resume, onProgress: (more) => onProgress?.((done += more), rows) },
      );
    },
  };
}
