import type { Schema } from "apache-arrow/schema";
import {
  Compression,
  Encoding,
  type RecordBatch,
  Table,
  transformParquetStream,
  WriterPropertiesBuilder,
} from "parquet-wasm";
import type { Encoder, Parts } from "../arrow/encoder.ts";
import { ipcEncoder } from "../arrow/ipc-encoder.ts";
import type { Chunk } from "../pool/run-sweep.ts";

/** Rows of a row group: some 10 MB of a sweep, so that readers can work on several at a time. */
const GROUP_ROWS = 2 ** 18;

/**
 * Encodes chunks of a sweep of `schema` as Parquet with arrow-rs: a row group, with the least and the
 * greatest value of each column, whenever `GROUP_ROWS` rows are there. All metadata stand in the file's
 * `ARROW:schema`, the spec also by itself. The bytes follow from the rows.
 */
export function parquetEncoder(schema: Schema): Encoder {
  const ipc = ipcEncoder("stream", schema);
  const batches = handover<RecordBatch>();
  const parts: Uint8Array[] = [];
  const written = collect(transformParquetStream(batches.stream, propertiesOf(schema)), parts);
  written.catch(() => {}); // awaited with the next chunk
  return {
    head: () => [],
    async batch(chunk) {
      // asked for when the batch before it is encoded
      await Promise.race([batches.wanted(), written]);
      batches.give(copied(ipc, chunk));
      return parts.splice(0);
    },
    async tail() {
      batches.end();
      await written;
      return parts.splice(0);
    },
    abandon: () => batches.end(),
  };
}

function propertiesOf({ metadata }: Schema) {
  return (
    new WriterPropertiesBuilder()
      .setCompression(Compression.ZSTD)
      .setMaxRowGroupSize(GROUP_ROWS)
      // one alone: arrow-rs writes several in an order that differs from file to file
      .setKeyValueMetadata(new Map([["qheat.spec", metadata.get("qheat.spec")!]]))
      // of doubles that are no two alike the exponents are: a quarter smaller than plain, and faster
      .setDictionaryEnabled(false)
      .setEncoding(Encoding.BYTE_STREAM_SPLIT)
      .setColumnEncoding("status", Encoding.PLAIN)
      .build()
  );
}

/** A chunk in the memory of the encoder, by way of an IPC stream. */
function copied(ipc: Encoder, chunk: Chunk): RecordBatch {
  const stream = [...(ipc.head() as Parts), ...(ipc.batch(chunk) as Parts)];
  const [batch] = Table.fromIPCStream(Buffer.concat(stream)).recordBatches();
  return batch;
}

/** A stream whose items are given one at a time, when each is wanted. */
function handover<T>() {
  let controller!: ReadableStreamDefaultController<T>;
  let want = () => {};
  let wanted = new Promise<void>((resolve) => (want = resolve));
  const stream = new ReadableStream<T>(
    {
      start: (c) => {
        controller = c;
      },
      pull: () => want(),
    },
    { highWaterMark: 0 },
  );
  let ended = false;
  return {
    stream,
    wanted: () => wanted,
    give(item: T) {
      wanted = new Promise<void>((resolve) => (want = resolve));
      controller.enqueue(item);
    },
    end() {
      if (!ended) controller.close();
      ended = true;
    },
  };
}

async function collect(stream: Promise<ReadableStream>, parts: Uint8Array[]): Promise<void> {
  for await (const part of (await stream) as AsyncIterable<Uint8Array>) parts.push(part);
}
