import type { Schema } from "apache-arrow/schema";
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { writeAtomically } from "../arrow/atomic-file.ts";
import { createEncoder, type Parts } from "../arrow/encoder.ts";
import type { Compression } from "../compress/compression.ts";
import type { Format } from "../arrow/format.ts";
import type { Chunk } from "../pool/run-sweep.ts";
import { writeCsvMetadata } from "./write-csv-metadata.ts";
import { type Written, writeStream } from "./write-stream.ts";

/** How chunks are written. */
interface WriteOptions {
  readonly compress?: Compression | undefined;
  readonly onProgress?: (rows: number) => void;
}

/**
 * Writes chunks as a file of `format` that appears as `path` only when it is complete, and of which
 * nothing is kept otherwise. The metadata of a CSV file, which has no place for it, follow in a file
 * beside it.
 */
export async function writeChunks(
  path: string,
  format: Format,
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
  { compress, onProgress }: WriteOptions = {},
): Promise<Written> {
  const encoder = await createEncoder(format, schema, compress);
  const hash = createHash("sha256");
  const written = await writeAtomically(path, (output) => {
    const write = (parts: Parts) => {
      if (format === "csv") for (const part of parts) hash.update(part);
      return output.write(parts);
    };
    return writeStream(encoder, chunks, { write }, onProgress);
  });
  // a pipe or a device has no file beside it
  if (format === "csv" && (await stat(path)).isFile()) {
    await writeCsvMetadata(path, schema, hash.digest("hex"));
  }
  return written;
}
