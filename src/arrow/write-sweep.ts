import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import type { Schema } from "apache-arrow/schema";
import { csvMetadata, metadataPath } from "../csv/csv-metadata.ts";
import type { Chunk } from "../pool/run-sweep.ts";
import { writeAtomically } from "./atomic-file.ts";
import type { ByteOutput } from "./byte-output.ts";
import { createEncoder, type Parts } from "./encoder.ts";
import type { Format } from "./format.ts";

/** What has been written. */
export interface Written {
  readonly rows: number;
  readonly bytes: number;
}

/** Writes chunks as `format` to `output`, each straight from its own memory. */
export async function writeStream(
  format: Format,
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
  output: ByteOutput,
): Promise<Written> {
  const encoder = await createEncoder(format, schema);
  let rows = 0;
  let bytes = 0;
  const put = async (parts: Parts) => {
    await output.write(parts);
    for (const part of parts) bytes += part.byteLength;
  };
  try {
    await put(await encoder.head());
    for await (const chunk of chunks) {
      await put(await encoder.batch(chunk));
      rows += chunk.rows;
      // not after an error: the output may still hold on to the memory
      chunk.release();
    }
    await put(await encoder.tail());
  } catch (error) {
    encoder.abandon?.();
    throw error;
  }
  return { rows, bytes };
}

/**
 * Writes chunks as a file of `format` that appears as `path` only when it is complete. The metadata of
 * a CSV file, which has no place for it, follow in a file beside it.
 */
export async function writeFile(
  path: string,
  format: Format,
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
): Promise<Written> {
  if (format !== "csv") {
    return writeAtomically(path, (output) => writeStream(format, schema, chunks, output));
  }
  const hash = createHash("sha256");
  const written = await writeAtomically(path, (output) => {
    const write = (parts: Parts) => {
      for (const part of parts) hash.update(part);
      return output.write(parts);
    };
    return writeStream(format, schema, chunks, { write });
  });
  // a pipe or a device has no file beside it
  if (!(await stat(path)).isFile()) return written;
  const metadata = csvMetadata(path, schema, hash.digest("hex"));
  await writeAtomically(metadataPath(path), (output) => output.write([Buffer.from(metadata)]));
  return written;
}
