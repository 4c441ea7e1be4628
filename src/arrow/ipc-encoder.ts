import { MetadataVersion } from "apache-arrow/enum";
import { CompressionType } from "apache-arrow/fb/compression-type";
import { FileBlock, Footer } from "apache-arrow/ipc/metadata/file";
import {
  BodyCompression,
  BufferRegion,
  FieldNode,
  Message,
  RecordBatch,
} from "apache-arrow/ipc/metadata/message";
import type { Schema } from "apache-arrow/schema";
import { compressBuffers, mostCompressed } from "../compress/buffers.ts";
import { loadCodec } from "../compress/codec.ts";
import type { Compression } from "../compress/compression.ts";
import { bytesOfViews } from "../pool/chunk-views.ts";
import type { Chunk } from "../pool/run-sweep.ts";
import { bytesOf } from "./bytes-of.ts";
import type { Encoder, Parts, PlacedEncoder } from "./encoder.ts";
import type { IpcFormat } from "./format.ts";
import { bodyParts, roundedUp } from "./ipc-body.ts";

const MAGIC = Buffer.from("ARROW1");
/** Ends a stream: a continuation and a length of 0. */
const END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/**
 * Encodes an IPC stream, or the specification's IPC file: magic, padding, a whole stream, a footer.
 * (apache-arrow's own file writer leaves out the schema message, without which a file cut short
 * cannot be read.) Uncompressed: a batch's header follows from its rows alone.
 */
export function ipcEncoder(format: IpcFormat, schema: Schema): PlacedEncoder {
  const headers = new Map<number, Uint8Array>();
  const header = (rows: number) => {
    let made = headers.get(rows);
    if (!made) {
      const lengths = schema.fields.map(({ name }) =>
        roundedUp(name === "status" ? rows : 8 * rows),
      );
      headers.set(rows, (made = batchHeader(rows, lengths, null)));
    }
    return made;
  };
  const { skip, ...ends } = framing(format, schema, (rows) => header(rows).byteLength);
  return {
    ...ends,
    batch(chunk) {
      const parts = [header(chunk.rows), ...bodyParts(chunk)];
      skip(chunk.rows, bytesOf(parts));
      return parts;
    },
    skip,
    header,
  };
}

/**
 * The same with the buffers of each batch compressed one by one. (apache-arrow's own writer puts the
 * compressed length before a buffer, where the format has the one before.) A batch's header has the same
 * length for any rows.
 */
export function compressedIpcEncoder(
  format: IpcFormat,
  schema: Schema,
  compress: Compression,
): Encoder & Required<Pick<Encoder, "skip">> {
  const type = compress === "zstd" ? CompressionType.ZSTD : CompressionType.LZ4_FRAME;
  const compression = new BodyCompression(type);
  const header = (rows: number, lengths: readonly number[]) =>
    batchHeader(rows, lengths, compression);
  const { byteLength } = header(
    1,
    schema.fields.map(() => 1),
  );
  const { skip, ...ends } = framing(format, schema, () => byteLength);
  return {
    ...ends,
    async batch(chunk) {
      const { bytes, lengths } = chunk.compressed ?? (await compressedHere(chunk, compress));
      const parts = [header(chunk.rows, lengths), bytes];
      skip(chunk.rows, bytesOf(parts));
      return parts;
    },
    skip,
  };
}

/** A chunk that was not made by a sweep's workers. */
async function compressedHere(chunk: Chunk, compress: Compression) {
  const buffers = bytesOfViews(chunk);
  const memory = new Uint8Array(mostCompressed(buffers.map(({ byteLength }) => byteLength)));
  return compressBuffers(buffers, await loadCodec(compress), memory);
}

/** What stands before and after the batches. */
function framing(format: IpcFormat, schema: Schema, headerBytes: (rows: number) => number) {
  const blocks: FileBlock[] = [];
  const start = frame(Message.from(schema));
  const head = format === "arrow" ? [padded(MAGIC), start] : [start];
  let position = bytesOf(head);
  return {
    head: () => head,
    skip: (rows: number, bytes: number): void => {
      const byteLength = headerBytes(rows);
      blocks.push(new FileBlock(byteLength, bytes - byteLength, position));
      position += bytes;
    },
    tail: (): Parts => {
      if (format === "stream") return [END];
      const footer = Footer.encode(new Footer(schema, MetadataVersion.V5, blocks, []));
      const length = new Uint8Array(4);
      new DataView(length.buffer).setInt32(0, footer.byteLength, true);
      return [END, footer, length, MAGIC];
    },
  };
}

/**
 * The message before a batch of `rows` rows whose columns have so many bytes: no validity bitmaps, and
 * each column where the one before it ends.
 */
function batchHeader(
  rows: number,
  lengths: readonly number[],
  compression: BodyCompression | null,
): Uint8Array {
  const regions: BufferRegion[] = [];
  let offset = 0;
  for (const bytes of lengths) {
    regions.push(new BufferRegion(offset, 0), new BufferRegion(offset, bytes));
    offset += roundedUp(bytes);
  }
  const nodes = lengths.map(() => new FieldNode(rows, 0));
  return frame(Message.from(new RecordBatch(rows, nodes, regions, compression), offset));
}

/** A message as it stands in a stream: continuation, length, metadata, zeros up to the alignment. */
function frame(message: Message): Uint8Array {
  const metadata = Message.encode(message);
  const framed = new Uint8Array(roundedUp(8 + metadata.byteLength));
  framed.set(metadata, 8);
  const prefix = new DataView(framed.buffer);
  prefix.setInt32(0, -1, true);
  prefix.setInt32(4, framed.byteLength - 8, true);
  return framed;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(roundedUp(bytes.byteLength));
  whole.set(bytes);
  return whole;
}
