import type { Compression } from "../compress/compression.ts";
import { IpcError } from "./ipc-error.ts";
import { FlatTable, sizeAt } from "./flat-table.ts";

/** A column of an Arrow file. */
export interface IpcField {
  readonly name: string;
  /** `Float64`, `Uint8`, …, or what the specification calls any other type. */
  readonly type: string;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The schema of an Arrow file. */
export interface IpcSchema {
  readonly fields: readonly IpcField[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** What a message of an IPC stream says of the body after it. */
export interface IpcMessage {
  readonly schema?: IpcSchema;
  readonly batch?: IpcBatch;
  readonly bodyBytes: number;
}

/** A record batch: its rows, and where in the body each buffer stands. */
export interface IpcBatch {
  readonly rows: number;
  readonly buffers: readonly { readonly offset: number; readonly bytes: number }[];
  /** How each buffer is compressed; undefined where they are not. */
  readonly compression: Compression | undefined;
}

/** Where a message stands in an IPC file. */
export interface IpcBlock {
  readonly offset: number;
  readonly metadataBytes: number;
}

// Numbers of fields and of types: Message.fbs, Schema.fbs and File.fbs of the Arrow specification
const SCHEMA_HEADER = 1;
const BATCH_HEADER = 3;
const INT = 2;
const FLOAT = 3;
const codecs: readonly (Compression | undefined)[] = ["lz4", "zstd"];
const BY_BUFFER = 0;
const typeNames = (
  "none Null Int Float Binary Utf8 Bool Decimal Date Time Timestamp Interval List Struct Union " +
  "FixedSizeBinary FixedSizeList Map Duration LargeBinary LargeUtf8 LargeList RunEndEncoded " +
  "BinaryView Utf8View ListView LargeListView"
).split(" ");

/** Decodes a message's metadata; throws a RangeError on bytes that are none. */
export function decodeMessage(bytes: Uint8Array): IpcMessage {
  const message = FlatTable.root(bytes);
  const bodyBytes = message.size(3);
  const type = message.uint8(1);
  const header = message.table(2);
  if (header && type === SCHEMA_HEADER) return { schema: schemaOf(header), bodyBytes };
  if (header && type === BATCH_HEADER) return { batch: batchOf(header), bodyBytes };
  return { bodyBytes };
}

/** Decodes a file's footer; throws a RangeError on bytes that are none. */
export function decodeFooter(bytes: Uint8Array): {
  schema: IpcSchema | undefined;
  blocks: readonly IpcBlock[];
} {
  const footer = FlatTable.root(bytes);
  const schema = footer.table(1);
  return {
    schema: schema && schemaOf(schema),
    blocks: footer.structs(3, 24).map((block) => ({
      offset: sizeAt(block, 0),
      metadataBytes: block.getInt32(8, true),
    })),
  };
}

function schemaOf(schema: FlatTable): IpcSchema {
  const fields = schema.tables(1).map((field) => ({
    name: field.text(0),
    type: typeOf(field),
    metadata: pairsOf(field, 6),
  }));
  return { fields, metadata: pairsOf(schema, 2) };
}

function typeOf(field: FlatTable): string {
  const number = field.uint8(2);
  const type = field.table(3);
  if (field.table(4)) return "Dictionary";
  if (type && number === INT) return `${type.uint8(1) ? "Int" : "Uint"}${type.int32(0)}`;
  if (type && number === FLOAT) return `Float${16 << (type.int16(0) & 3)}`;
  return typeNames[number] ?? `type ${number}`;
}

function batchOf(batch: FlatTable): IpcBatch {
  return {
    rows: batch.size(0),
    buffers: batch.structs(2, 16).map((buffer) => ({
      offset: sizeAt(buffer, 0),
      bytes: sizeAt(buffer, 8),
    })),
    compression: compressionOf(batch.table(3)),
  };
}

function compressionOf(compression: FlatTable | undefined): Compression | undefined {
  if (!compression) return undefined;
  const name = codecs[compression.uint8(0)];
  if (name !== undefined && compression.uint8(1) === BY_BUFFER) return name;
  throw new IpcError("unreadable", "its columns are compressed in an unknown way");
}

function pairsOf(table: FlatTable, field: number): ReadonlyMap<string, string> {
  return new Map(table.tables(field).map((pair) => [pair.text(0), pair.text(1)]));
}
