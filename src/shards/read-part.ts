import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { decompressBuffer } from "../compress/buffers.ts";
import { loadCodec } from "../compress/codec.ts";
import { FileError } from "../arrow/file-error.ts";
import { decodeMessage } from "../arrow/ipc-metadata.ts";
import { crcOf } from "../arrow/crc.ts";
import type { Manifest } from "./manifest.ts";
import { readFully } from "./read-fully.ts";
import { ShardError } from "./shard-error.ts";
import { StatusTally } from "../pool/status-tally.ts";

/** Consecutive rows as they stand in a part: the bytes of each column, `status` last. */
export interface RowBlock {
  readonly firstRow: number;
  readonly rows: number;
  readonly columns: readonly Uint8Array[];
}

/** Bytes read at a time where nothing is wanted but their hash. */
const PIECE = 1 << 22;

/**
 * Reads a part from end to end, once, and yields each batch after its CRC has been found right. What no
 * batch holds is found right by the file's hash, at the end.
 *
 * @throws ShardError at the first sign of damage
 */
export async function* readPart(path: string, manifest: Manifest): AsyncGenerator<RowBlock> {
  const wrong = (what: string) => new ShardError("damaged", `${basename(path)}: ${what}`);
  const handle = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw wrong("it is gone, and its manifest is there");
    throw new FileError(`read ${path}`, error);
  });
  try {
    const { size } = await handle.stat();
    if (size !== manifest.bytes) throw wrong(`it has ${size} of ${manifest.bytes} bytes`);
    const hash = createHash("sha256");
    const tally = new StatusTally();
    const read = async (position: number, length: number) => {
      const bytes = await readFully(handle, position, length);
      if (!bytes) throw wrong("it ends while it is read");
      hash.update(bytes);
      return bytes;
    };
    await read(0, manifest.head_bytes);
    let position = manifest.head_bytes;
    let firstRow = manifest.first_row;
    for (const [k, batch] of manifest.batches.entries()) {
      const bytes = await read(position, batch.bytes);
      const { rows } = batch;
      if (crcOf([bytes]) !== batch.crc32) {
        const where = `rows ${firstRow} to ${firstRow + rows - 1}`;
        throw wrong(`its batch ${k} (${where}) has not the CRC of its manifest`);
      }
      const columns = await columnsOf(bytes, rows);
      tally.add(columns.at(-1)!);
      yield { firstRow, rows, columns };
      position += batch.bytes;
      firstRow += rows;
    }
    for (; position < size; position += PIECE) {
      await read(position, Math.min(PIECE, size - position));
    }
    if (hash.digest("hex") !== manifest.sha256) {
      throw wrong("it has not the SHA-256 of its manifest");
    }
    if (JSON.stringify(tally.counts) !== JSON.stringify(manifest.status)) {
      throw wrong("its rows have not the status counts of its manifest");
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall) throw new FileError(`read ${path}`, error);
    throw error;
  } finally {
    await handle.close();
  }
}

/**
 * The values of each column of a batch's message.
 *
 * @throws RangeError if it is not one of `rows` rows
 */
export async function columnsOf(bytes: Uint8Array, rows: number): Promise<Uint8Array[]> {
  const prefix = 8;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getInt32(4, true);
  const { batch } = decodeMessage(bytes.subarray(prefix, prefix + length));
  const body = prefix + length;
  if (batch?.rows !== rows) throw new RangeError(`a batch has not ${rows} rows`);
  // a validity bitmap, which is empty, and the values for each column
  const values = batch.buffers.filter((_, b) => b % 2 === 1);
  const { compression } = batch;
  const codec = compression && (await loadCodec(compression));
  return values.map((buffer, c) => {
    const width = c === values.length - 1 ? 1 : Float64Array.BYTES_PER_ELEMENT;
    const start = body + buffer.offset;
    if (!codec) return bytes.subarray(start, start + rows * width);
    return decompressBuffer(bytes.subarray(start, start + buffer.bytes), codec, rows * width);
  });
}
