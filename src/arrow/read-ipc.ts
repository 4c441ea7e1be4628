import { type FileHandle, open } from "node:fs/promises";
import { type RecordBatch, RecordBatchReader, type Schema } from "apache-arrow";
import { FileError } from "./file-error.ts";
import type { Format } from "./format.ts";

/** Why a file cannot be read: it is no Arrow file at all, or one that was cut short or damaged. */
export class IpcError extends Error {
  override readonly name = "IpcError";
  readonly kind: "foreign" | "truncated" | "damaged";

  constructor(kind: IpcError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** An Arrow file that is being read. */
export interface IpcFile {
  readonly format: Format;
  readonly bytes: number;
  readonly schema: Schema;
  /** Batches in order, one in memory at a time. */
  readonly batches: AsyncIterable<RecordBatch>;
}

const MAGIC = "ARROW1";
/** Magic and padding, then at the end the footer's length and the magic. */
const SMALLEST_FILE = 18;
const CONTINUATION = -1;

/**
 * Opens an IPC file or an IPC stream for `use` and closes it afterwards.
 *
 * @throws FileError if the system cannot read it, IpcError if its contents are not right.
 */
export async function readIpc<T>(path: string, use: (file: IpcFile) => Promise<T>): Promise<T> {
  const handle = await open(path, "r").catch((cause: unknown) => {
    throw new FileError(`read ${path}`, cause);
  });
  try {
    const { format, bytes } = await identify(path, handle);
    // from here on apache-arrow throws whatever damaged bytes make it throw
    const reader = await RecordBatchReader.from(handle).catch(damaged(path));
    await reader.open().catch(damaged(path));
    if (!reader.schema) throw new IpcError("truncated", `${path} is cut short: it has no schema`);
    const file = { format, bytes, schema: reader.schema, batches: batchesOf(path, reader) };
    return await use(file);
  } finally {
    await handle.close();
  }
}

function damaged(path: string) {
  return (cause: unknown): never => {
    if ((cause as NodeJS.ErrnoException).code) throw new FileError(`read ${path}`, cause);
    const { message } = cause as Error;
    const short = /^Expected to read \d+/.test(message);
    throw short
      ? new IpcError("truncated", `${path} is cut short: ${message}`)
      : new IpcError("damaged", `${path} is damaged, or Arrow that qheat cannot read: ${message}`);
  };
}

async function* batchesOf(path: string, reader: RecordBatchReader): AsyncGenerator<RecordBatch> {
  const batches = (reader as AsyncIterable<RecordBatch>)[Symbol.asyncIterator]();
  for (;;) {
    const next = await batches.next().catch(damaged(path));
    if (next.done) return;
    yield next.value;
  }
}

async function identify(
  path: string,
  handle: FileHandle,
): Promise<{ format: Format; bytes: number }> {
  const found = await handle.stat();
  if (!found.isFile()) throw new IpcError("foreign", `${path} is not a file`);
  const bytes = found.size;
  const head = await readAt(handle, 0, 8);
  if (head.toString("latin1", 0, MAGIC.length) === MAGIC) {
    const tail = await readAt(handle, Math.max(0, bytes - 10), 10);
    if (bytes < SMALLEST_FILE || tail.toString("latin1", 4) !== MAGIC) {
      throw new IpcError("truncated", `${path} is cut short: an Arrow file without its end`);
    }
    const footer = tail.readInt32LE(0);
    if (footer <= 0 || footer > bytes - SMALLEST_FILE) {
      throw new IpcError("damaged", `${path} is damaged: its footer has ${footer} bytes`);
    }
    return { format: "arrow", bytes };
  }
  if (head.length < 8 || head.readInt32LE(0) !== CONTINUATION) {
    throw new IpcError("foreign", `${path} is not an Arrow IPC file or stream`);
  }
  return { format: "stream", bytes };
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
