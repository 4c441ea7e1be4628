import { MetadataVersion } from "apache-arrow/enum";
import { FileBlock, Footer } from "apache-arrow/ipc/metadata/file";
import { BufferRegion, FieldNode, Message, RecordBatch } from "apache-arrow/ipc/metadata/message";
import type { Schema } from "apache-arrow/schema";
import { bytesOf } from "./bytes-of.ts";
import type { PlacedEncoder } from "./encoder.ts";
import type { IpcFormat } from "./format.ts";
import { bodyParts, roundedUp } from "./ipc-body.ts";

const MAGIC = Buffer.from("ARROW1");
/** Ends a stream: a continuation and a length of 0. */
const END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/**
 * Encodes an IPC stream, or the specification's IPC file: magic, padding, a whole stream, a footer.
 * (apache-arrow's own file writer leaves out the schema message, without which a file cut short
 * cannot be read.) Uncompressed; a batch's header follows from its rows alone.
 */
export function ipcEncoder(format: IpcFormat, schema: Schema): PlacedEncoder {
  const blocks: FileBlock[] = [];
  const headers = new Map<number, Uint8Array>();
  const start = frame(Message.from(schema));
  const head = format === "arrow" ? [padded(MAGIC), start] : [start];
  let position = bytesOf(head);

  function header(rows: number): Uint8Array {
    const known = headers.get(rows);
    if (known) return known;
    const made = frame(Message.from(...batchMetadata(schema, rows)));
    headers.set(rows, made);
    return made;
  }

  function skip(rows: number, bytes: number): void {
    const { byteLength } = header(rows);
    blocks.push(new FileBlock(byteLength, bytes - byteLength, position));
    position += bytes;
  }

  return {
    head: () => head,
    batch(chunk) {
      const parts = [header(chunk.rows), ...bodyParts(chunk)];
      skip(chunk.rows, bytesOf(parts));
      return parts;
    },
    skip,
    header,
    tail() {
      if (format === "stream") return [END];
      const footer = Footer.encode(new Footer(schema, MetadataVersion.V5, blocks, []));
      const length = new Uint8Array(4);
      new DataView(length.buffer).setInt32(0, footer.byteLength, true);
      return [END, footer, length, MAGIC];
    },
  };
}

/** What a message says of a batch of `rows` rows and of its body: no validity bitmaps, no gaps. */
function batchMetadata({ fields }: Schema, rows: number): [RecordBatch, number] {
  const regions: BufferRegion[] = [];
  let offset = 0;
  for (const f of fields) {
    const bytes = roundedUp(f.name === "status" ? rows : 8 * rows);
    regions.push(new BufferRegion(offset, 0), new BufferRegion(offset, bytes));
    offset += bytes;
  }
  const nodes = fields.map(() => new FieldNode(rows, 0));
  return [new RecordBatch(rows, nodes, regions, null), offset];
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
