import { openAsBlob } from "node:fs";
import { tableFromIPC } from "apache-arrow";
import { ParquetFile, type RecordBatch } from "parquet-wasm";
import { FileError } from "../arrow/file-error.ts";
import { numbersOf } from "../arrow/ipc-batches.ts";
import { IpcError } from "../arrow/ipc-error.ts";
import { decodeMessage, type IpcSchema } from "../arrow/ipc-metadata.ts";
import type { Contents, NumberBatch } from "../tables/contents.ts";

/** Rows in memory at a time. */
const BATCH_ROWS = 2 ** 16;

/**
 * Reads a Parquet file: its metadata and, of its columns, the `status` if there is one.
 *
 * @throws FileError if the system cannot read it, IpcError if its contents are not right.
 */
export async function readParquet(
  path: string,
  seeStatus: (status: Uint8Array) => void,
): Promise<Contents> {
  const { file, bytes } = await openParquet(path);
  const metadata = file.metadata();
  const schema = schemaOf(file);
  const contents: Contents = {
    format: "parquet",
    bytes,
    schema,
    rows: metadata.fileMetadata().numRows(),
    batches: metadata.numRowGroups(),
  };
  if (!schema.fields.some(({ name, type }) => name === "status" && type === "Uint8")) {
    return contents;
  }
  for await (const batch of batchesOf(path, file, ["status"])) {
    seeStatus(batch.getChild("status")!.toArray() as Uint8Array);
  }
  return contents;
}

/** Columns of numbers of a Parquet file, some rows at a time. */
export async function* parquetBatches(
  path: string,
  names: readonly string[],
): AsyncGenerator<NumberBatch, void> {
  const { file } = await openParquet(path);
  for await (const batch of batchesOf(path, file, names)) yield numbersOf(batch, names);
}

async function openParquet(path: string) {
  const blob = await openAsBlob(path).catch((cause: unknown) => {
    throw new FileError(`read ${path}`, cause);
  });
  const file = await ParquetFile.fromFile(blob).catch((cause: unknown) => {
    throw damaged(path, cause);
  });
  return { file, bytes: blob.size };
}

async function* batchesOf(path: string, file: ParquetFile, columns: readonly string[]) {
  try {
    const stream = await file.stream({ columns: [...columns], batchSize: BATCH_ROWS });
    for await (const batch of stream as AsyncIterable<RecordBatch>) {
      yield* tableFromIPC(batch.intoIPCStream()).batches;
    }
  } catch (cause) {
    throw damaged(path, cause);
  }
}

/** The schema with the metadata that Arrow's writers keep in `ARROW:schema`, and the file's own. */
function schemaOf(file: ParquetFile): IpcSchema {
  const stream = file.schema().intoIPCStream();
  // continuation and length come before the message
  const schema = decodeMessage(stream.subarray(8)).schema!;
  const own = file.metadata().fileMetadata().keyValueMetadata() as Map<string, string>;
  const metadata = new Map([...schema.metadata, ...own]);
  metadata.delete("ARROW:schema");
  return { ...schema, metadata };
}

function damaged(path: string, cause: unknown): IpcError {
  const { message } = cause as Error;
  return new IpcError("damaged", message.replace(/^Parquet error: /, "")).at(path);
}
