import {
  type Data,
  Float64,
  makeData,
  RecordBatch,
  type Schema,
  Struct,
  Uint8,
} from "apache-arrow";
import type { Chunk } from "../pool/run-sweep.ts";

/** A record batch over the chunk's own memory: valid until `chunk.release()`. */
export function recordBatch(schema: Schema, chunk: Chunk): RecordBatch {
  return assemble(schema, chunk.columns, chunk.status);
}

/** A record batch over a copy, which outlives the chunk. */
export function ownedBatch(schema: Schema, chunk: Chunk): RecordBatch {
  // slice copies out of shared memory into memory of its own
  const columns = chunk.columns.map((column) => column.slice());
  return assemble(schema, columns, chunk.status.slice());
}

function assemble(schema: Schema, columns: readonly Float64Array[], status: Uint8Array) {
  const length = status.length;
  const children: Data[] = columns.map((data) =>
    makeData({ type: new Float64(), length, nullCount: 0, data }),
  );
  children.push(makeData({ type: new Uint8(), length, nullCount: 0, data: status }));
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length, nullCount: 0, children }));
}
