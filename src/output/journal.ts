import { crcOf } from "../arrow/crc.ts";
import type { Identity } from "./identity.ts";
import type { StatusCounts } from "../pool/status-tally.ts";

/** A batch that stands in the data of a part. */
export interface BatchEntry {
  /** Its number, from 0. */
  readonly batch: number;
  /** Byte of the file at which it starts. */
  readonly at: number;
  readonly bytes: number;
  /** CRC-32 of those bytes. */
  readonly crc: string;
  /** Its rows by the value of their status. */
  readonly status: StatusCounts;
}

/** Data of the batches in the first `synced` bytes of the journal are known to be on disk. */
export interface SyncEntry {
  readonly synced: number;
}

/** What a journal holds. */
export interface Journal {
  /** What sweep it is of; undefined where the first line is damaged or not yet there. */
  readonly identity: Identity | undefined;
  /** By number of the batch; where it is told twice the later line counts. */
  readonly batches: ReadonlyMap<number, BatchEntry>;
  /** Bytes of the journal, the identity at least, that stay whatever happens to the data after them. */
  readonly synced: number;
}

/**
 * A line of a journal: the CRC-32 of a JSON text in hexadecimal, the text. The first line is the
 * identity, every other a batch or how far the data are synced. A line that is torn or damaged counts as
 * not there.
 */
export function journalLine(entry: Identity | BatchEntry | SyncEntry): string {
  const text = JSON.stringify(entry);
  return `${checksum(text)} ${text}\n`;
}

export function parseJournal(text: string): Journal {
  const [first, ...rest] = text.split("\n");
  const head = parseLine(first);
  const identity = head && "metadata" in head ? head : undefined;
  const batches = new Map<number, BatchEntry>();
  let synced = identity ? Buffer.byteLength(first) + 1 : 0;
  for (const line of rest) {
    const entry = parseLine(line);
    if (entry && "batch" in entry) batches.set(entry.batch, entry);
    else if (entry && "synced" in entry) synced = entry.synced;
  }
  return { identity, batches, synced };
}

function parseLine(line: string): Identity | BatchEntry | SyncEntry | undefined {
  const text = line.slice(9);
  return line.startsWith(`${checksum(text)} `)
    ? (JSON.parse(text) as Identity | BatchEntry | SyncEntry)
    : undefined;
}

function checksum(text: string): string {
  return crcOf([Buffer.from(text)]);
}
