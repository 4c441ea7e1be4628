import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { crcText } from "../arrow/crc.ts";
import type { BatchEntry } from "./journal.ts";

/** Bytes in memory at a time. */
const PIECE = 1 << 20;

/** The batches whose bytes in `data` are those that the journal vouches for, by number. */
export async function verifyBatches(
  data: FileHandle,
  batches: ReadonlyMap<number, BatchEntry>,
  signal: AbortSignal | undefined,
): Promise<Map<number, BatchEntry>> {
  const good = new Map<number, BatchEntry>();
  const piece = Buffer.allocUnsafe(PIECE);
  for (const entry of batches.values()) {
    signal?.throwIfAborted();
    if ((await checksum(data, entry, piece)) === entry.crc) good.set(entry.batch, entry);
  }
  return good;
}

async function checksum(data: FileHandle, { at, bytes }: BatchEntry, piece: Buffer) {
  let crc = 0;
  for (let done = 0; done < bytes;) {
    const { bytesRead } = await data.read(piece, 0, Math.min(PIECE, bytes - done), at + done);
    if (bytesRead === 0) return undefined;
    crc = crc32(piece.subarray(0, bytesRead), crc);
    done += bytesRead;
  }
  return crcText(crc);
}
