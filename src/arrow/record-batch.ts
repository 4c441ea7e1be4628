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

/** A record batch over a copy of the chunk, which outlives it. */
export function ownedBatch(schema: Schema, chunk: Chunk): RecordBatch {
  const length = chunk.rows;
  // slice copies out of shared memory into memory of its own
  const children: Data[] = chunk.columns.map((column) =>
    makeData({ type: new Float64(), length, nullCount: 0, data: column.slice() }),
  );
  const status = chunk.status.slice();
  children.push(makeData({ type: new Uint8(), length, nullCount: 0, data: status }));
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length, nullCount: 0, children }));
}
