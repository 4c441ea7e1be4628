import { type FileHandle, open } from "node:fs/promises";
import type { Contents } from "../tables/contents.ts";
import { decompressBuffer } from "../compress/buffers.ts";
import { loadCodec } from "../compress/codec.ts";
import type { Compression } from "../compress/compression.ts";
import { FileError } from "./file-error.ts";
import type { IpcFormat } from "./format.ts";
import { IpcError } from "./ipc-error.ts";
import { decodeFooter, decodeMessage, type IpcBatch, type IpcSchema } from "./ipc-metadata.ts";

/** What is in an Arrow file. */
export interface IpcContents extends Contents {
  readonly format: IpcFormat;
  /** Rows of the first batch, 0 where there is none. */
  readonly batchRows: number;
  /** Bytes of each batch, with its header. */
  readonly batchBytes: readonly number[];
}

const MAGIC = "ARROW1";
/** Magic and padding before the messages. */
const FILE_HEAD = 8;
/** The footer's length and the magic after the footer. */
const FILE_TAIL = 10;
const CONTINUATION = -1;
const LONGEST_METADATA = 1 << 28;
/** Arrow pads a buffer with so many bytes at most. */
const PADDING = 64;
/** Bytes of a status column in memory at a time. */
const STATUS_BYTES = 1 << 20;

/**
 * Reads an IPC file or an IPC stream from end to end: all of its metadata and, of its columns, the
 * `status` (in pieces, whose memory is used again) if there is one.
 *
 * @throws FileError if the system cannot read it, IpcError if its contents are not right.
 */
export async function readIpc(
  path: string,
  seeStatus: (status: Uint8Array) => void,
): Promise<IpcContents> {
  const handle = await open(path, "r").catch((cause: unknown) => {
    throw new FileError(`read ${path}`, cause);
  });
  try {
    const contents = await contentsOf(handle, seeStatus);
    checkRows(contents);
    return contents;
  } catch (error) {
    if (error instanceof IpcError) throw error.at(path);
    if (error instanceof RangeError) throw new IpcError("damaged", error.message).at(path);
    if ((error as NodeJS.ErrnoException).syscall) throw new FileError(`read ${path}`, error);
    throw error;
  } finally {
    await handle.close();
  }
}

async function contentsOf(
  handle: FileHandle,
  seeStatus: (status: Uint8Array) => void,
): Promise<IpcContents> {
  const { format, bytes } = await identify(handle);
  const messages = format === "arrow" ? fileMessages(handle, bytes) : streamMessages(handle, bytes);
  let schema: IpcSchema | undefined;
  let rows = 0;
  let batchRows = 0;
  let compression: Compression | undefined;
  const batchBytes: number[] = [];
  for await (const message of messages) {
    schema ??= message.schema;
    if (!message.batch) continue;
    if (!schema) throw new IpcError("damaged", "a batch comes before the schema");
    rows += message.batch.rows;
    if (batchBytes.length === 0) {
      batchRows = rows;
      compression = message.batch.compression;
    }
    batchBytes.push(message.bytes);
    const region = statusRegion(schema, message.batch);
    if (!region) continue;
    const start = message.body + region.offset;
    if (start + region.bytes > bytes) throw new IpcError("damaged", "a column leaves the file");
    for await (const status of statusPieces(handle, start, region.bytes, message.batch)) {
      seeStatus(status);
    }
  }
  if (!schema) throw new IpcError("truncated", "there is no schema");
  const batches = batchBytes.length;
  return { format, bytes, schema, rows, batches, batchRows, compression, batchBytes };
}

/** The status column of a batch, in pieces where it is not compressed. */
async function* statusPieces(
  handle: FileHandle,
  start: number,
  bytes: number,
  { rows, compression }: IpcBatch,
): AsyncGenerator<Uint8Array, void> {
  if (compression !== undefined) {
    const codec = await loadCodec(compression);
    const status = decompressBuffer(await readAt(handle, start, bytes), codec, rows + PADDING);
    if (status.byteLength < rows) throw new IpcError("damaged", "a batch lacks its status");
    yield status.subarray(0, rows);
    return;
  }
  for (let done = 0; done < rows; done += STATUS_BYTES) {
    yield readAt(handle, start + done, Math.min(STATUS_BYTES, rows - done));
  }
}

/** A stream cut between two batches reads as a complete one, but for the rows it promises. */
function checkRows({ schema, rows }: Contents): void {
  const promised = schema.metadata.get("qheat.rows");
  if (promised === undefined || Number(promised) === rows) return;
  const kind = rows < Number(promised) ? "truncated" : "damaged";
  throw new IpcError(kind, `it has ${rows} of ${promised} rows`);
}

interface Message {
  readonly schema?: IpcSchema;
  readonly batch?: IpcBatch;
  /** Byte at which the body starts. */
  readonly body: number;
  /** Bytes of the message, from its prefix to the end of its body. */
  readonly bytes: number;
}

async function identify(handle: FileHandle): Promise<{ format: IpcFormat; bytes: number }> {
  const found = await handle.stat();
  if (!found.isFile()) throw new IpcError("foreign", "it is not a file");
  const bytes = found.size;
  const head = await readAt(handle, 0, Math.min(8, bytes));
  if (head.toString("latin1", 0, MAGIC.length) === MAGIC) return { format: "arrow", bytes };
  if (bytes >= 8 && head.readInt32LE(0) === CONTINUATION) return { format: "stream", bytes };
  throw new IpcError("foreign", "it is not an Arrow IPC file or stream");
}

async function* streamMessages(handle: FileHandle, bytes: number): AsyncGenerator<Message> {
  let position = 0;
  while (position < bytes) {
    if (position + 8 > bytes) throw new IpcError("truncated", "it ends within a message");
    const prefix = await readAt(handle, position, 8);
    if (prefix.readInt32LE(0) !== CONTINUATION) throw new IpcError("damaged", "no message starts");
    const length = prefix.readInt32LE(4);
    if (length === 0) return;
    const message = await messageAt(handle, position + 8, length, bytes);
    yield message;
    position = message.body + message.bodyBytes;
  }
}

async function* fileMessages(handle: FileHandle, bytes: number): AsyncGenerator<Message> {
  const tail = await readAt(handle, Math.max(0, bytes - FILE_TAIL), Math.min(FILE_TAIL, bytes));
  if (bytes < FILE_HEAD + FILE_TAIL || tail.toString("latin1", 4) !== MAGIC) {
    throw new IpcError("truncated", "an Arrow file without its end");
  }
  const length = tail.readInt32LE(0);
  if (length <= 0 || length > bytes - FILE_HEAD - FILE_TAIL) {
    throw new IpcError("damaged", `a footer of ${length} bytes`);
  }
  const footerStart = bytes - FILE_TAIL - length;
  const { schema, blocks } = decodeFooter(await readAt(handle, footerStart, length));
  if (schema) yield { schema, body: footerStart, bytes: 0 };
  for (const { offset, metadataBytes } of blocks) {
    // the block's length counts the message's prefix of 8 bytes
    yield messageAt(handle, offset + 8, metadataBytes - 8, footerStart);
  }
}

/** The message whose metadata of `length` bytes starts at `position`; all of it lies before `end`. */
async function messageAt(handle: FileHandle, position: number, length: number, end: number) {
  if (length <= 0 || length > LONGEST_METADATA) {
    throw new IpcError("damaged", `a message of ${length} bytes`);
  }
  if (position + length > end) throw new IpcError("truncated", "it ends within a message");
  const { bodyBytes, ...message } = decodeMessage(await readAt(handle, position, length));
  const body = position + length;
  if (body + bodyBytes > end) throw new IpcError("truncated", "it ends within a batch");
  return { ...message, body, bodyBytes, bytes: 8 + length + bodyBytes };
}

/** Where the status stands in a batch's body, if the batch is one whose columns can be told apart. */
function statusRegion({ fields }: IpcSchema, { rows, buffers, compression }: IpcBatch) {
  const index = fields.findIndex(({ name, type }) => name === "status" && type === "Uint8");
  const plain = fields.slice(0, index).every(({ type }) => /^(Int|Uint|Float)\d+$/.test(type));
  if (index < 0 || !plain) return undefined;
  // a validity bitmap and the values for each column
  const values = buffers[2 * index + 1];
  if (!values || values.bytes < (compression === undefined ? rows : 0)) {
    throw new IpcError("damaged", "a batch lacks its status");
  }
  return values;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new IpcError("truncated", "it ends while it is read");
  return buffer;
}
