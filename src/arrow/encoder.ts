import type { Schema } from "apache-arrow/schema";
import type { Compression } from "../compress/compression.ts";
import type { Chunk } from "../pool/run-sweep.ts";
import type { Format } from "./format.ts";
import { compressedIpcEncoder, ipcEncoder } from "./ipc-encoder.ts";

/** Bytes in pieces, in order. */
export type Parts = readonly Uint8Array[];

/** What a format is: a file as a head, the bytes of each chunk in row order, and a tail. */
export interface Encoder {
  head(): Parts | Promise<Parts>;
  /** The bytes of the next chunk. They may be views of its memory: used before it is released. */
  batch(chunk: Chunk): Parts | Promise<Parts>;
  tail(): Parts | Promise<Parts>;
  /** Lets go of what it holds where the file will not be finished. */
  abandon?(): void;
  /**
   * Takes note of a next chunk of `rows` rows whose `bytes` stand in the file already, so that the
   * tail comes out right. A format that has it can be resumed; one whose tail must have seen every
   * value has it not.
   */
  skip?(rows: number, bytes: number): void;
  /**
   * The bytes before the columns of a chunk of `rows` rows. A format that has it puts nothing after
   * them but the columns as they are in memory, each padded with zeros to eight bytes: such chunks
   * are written in place by the workers, in any order.
   */
  header?(rows: number): Uint8Array;
}

/** The encoder of a format whose batches can be written in any order. */
export type PlacedEncoder = Encoder & Required<Pick<Encoder, "skip" | "header">>;

/** The encoder of `format` for files of `schema`; `compress` is for Arrow's alone. */
export async function createEncoder(
  format: Format,
  schema: Schema,
  compress?: Compression,
): Promise<Encoder> {
  if (format === "csv") return (await import("../csv/csv-encoder.ts")).csvEncoder(schema);
  if (format === "parquet") {
    return (await import("../parquet/parquet-encoder.ts")).parquetEncoder(schema);
  }
  return compress === undefined
    ? ipcEncoder(format, schema)
    : compressedIpcEncoder(format, schema, compress);
}
