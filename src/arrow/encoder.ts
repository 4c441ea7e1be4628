import {
  AsyncByteQueue,
  type RecordBatch,
  RecordBatchStreamWriter,
  type Schema,
} from "apache-arrow";
import { csvEncoder } from "../csv/csv-encoder.ts";
import type { Format } from "./format.ts";
import { IpcFileWriter } from "./ipc-file.ts";

/** Record batches to bytes. The parts of a batch are views of its columns' own memory. */
export interface Encoder {
  head(): readonly Uint8Array[];
  batch(batch: RecordBatch): readonly Uint8Array[];
  tail(): readonly Uint8Array[];
}

/** What apache-arrow's writers put out, in order, for the caller to write and to wait for. */
class Parts extends AsyncByteQueue {
  take(): readonly Uint8Array[] {
    return this._values.splice(0);
  }
}

/** Encodes batches of `schema`; IPC files and streams eight-byte aligned, uncompressed. */
export function createEncoder(format: Format, schema: Schema): Encoder {
  if (format === "csv") return csvEncoder(schema);
  const writer = format === "arrow" ? new IpcFileWriter() : new RecordBatchStreamWriter();
  const parts = new Parts();
  writer.reset(parts, schema);
  return {
    head: () => parts.take(),
    batch(batch) {
      writer.write(batch);
      return parts.take();
    },
    tail() {
      writer.finish();
      return parts.take();
    },
  };
}
