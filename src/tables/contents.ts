import type { Compression } from "../compress/compression.ts";
import type { Format } from "../arrow/format.ts";
import type { IpcSchema } from "../arrow/ipc-metadata.ts";

/** What is in a file of a table. */
export interface Contents {
  readonly format: Format;
  readonly bytes: number;
  readonly schema: IpcSchema;
  readonly rows: number;
  /** Record batches, or row groups; 0 where a format has none. */
  readonly batches: number;
  /** How the columns of an Arrow file are compressed, by its first batch; undefined where they are not. */
  readonly compression?: Compression | undefined;
}

/** Columns of some rows that follow each other, by name; what has no value is NaN. */
export type NumberBatch = ReadonlyMap<string, Float64Array>;
