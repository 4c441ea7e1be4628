import { rmSync } from "node:fs";
import { type FileHandle, mkdir, open, rename, rmdir, unlink, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeFully } from "../arrow/byte-output.ts";
import type { Parts } from "../arrow/encoder.ts";
import { syncFolder } from "../arrow/place.ts";
import { DATA, JOURNAL, ownParts, readJournal } from "./find-parts.ts";
import type { Identity } from "./identity.ts";
import { type BatchEntry, journalLine } from "./journal.ts";
import { freePartName, ownPartName } from "./part-name.ts";
import { ResumeError } from "./resume-error.ts";

/** Between two signs of life, and two syncs of the journal: what a power cut may cost. */
const BEAT_MS = 5_000;

/** Bytes after which a sync begins at once, so that the disk works while batches are computed. */
const SYNC_BYTES = 16 * 2 ** 20;

/** Parts without a finished batch, which hold nothing worth keeping where `process.exit` ends all. */
const empty = new Set<string>();
process.on("exit", () => {
  for (const folder of empty) rmSync(folder, { recursive: true, force: true });
});

/**
 * A file that is being made: a folder beside its final name with the data, byte for byte as in the
 * finished file but for the batches still missing, and a journal of the batches that are there.
 *
 * The folder's name says whose it is, and only that process works in it. To take a part over is to
 * rename its folder, which of several processes one succeeds in. What the former owner still writes,
 * if it was taken for dead and is not, does no harm: the same bytes at the same place.
 */
export class Part {
  readonly folder: string;
  readonly data: FileHandle;
  readonly #path: string;
  readonly #journal: FileHandle;
  readonly #beat: NodeJS.Timeout;
  #lines = "";
  #appending: Promise<void> | undefined;
  #beating: Promise<void> | undefined;
  #failure: Error | undefined;
  #journalBytes: number;
  #unsynced = 0;
  #journalDue = Date.now() + BEAT_MS;
  /** Up to here the journal tells of batches whose data are known to be on disk. */
  #durableBytes: number;

  private constructor(
    path: string,
    folder: string,
    data: FileHandle,
    journal: FileHandle,
    journalBytes: number,
  ) {
    this.#path = path;
    this.folder = folder;
    this.data = data;
    this.#journal = journal;
    this.#journalBytes = journalBytes;
    this.#durableBytes = journalBytes;
    this.#beat = setInterval(() => this.#startBeat(), BEAT_MS);
    this.#beat.unref();
  }

  /** A new part of the file at `path`. */
  static async create(path: string, identity: Identity): Promise<Part> {
    const folder = join(dirname(path), ownPartName(basename(path)));
    await mkdir(folder);
    empty.add(folder);
    let part: Part | undefined;
    try {
      part = await Part.#open(path, folder, "wx+");
      await part.#append(journalLine(identity));
      part.#durableBytes = part.#journalBytes;
      return part;
    } catch (error) {
      await (part ? part.release() : remove(folder));
      throw error;
    }
  }

  /**
   * Takes a part over whose owner is gone, and of whose journal `synced` bytes are sure; undefined where
   * another process was faster.
   */
  static async claim(path: string, found: string, synced: number): Promise<Part | undefined> {
    const folder = join(dirname(path), ownPartName(basename(path)));
    try {
      await rename(found, folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
    try {
      const part = await Part.#open(path, folder, "r+");
      part.#durableBytes = Math.min(synced, part.#journalBytes);
      // ends the line that its former owner may have left torn
      part.#lines = "\n";
      // else a later failure would cost what the former owner has left unsynced, too
      part.#unsynced = part.#journalBytes - part.#durableBytes;
      part.#startBeat();
      return part;
    } catch (error) {
      await rename(folder, found).catch(() => {});
      throw error;
    }
  }

  static async #open(path: string, folder: string, flags: "wx+" | "r+"): Promise<Part> {
    ownParts.add(folder);
    const opened: FileHandle[] = [];
    try {
      opened.push(await open(join(folder, DATA), flags));
      opened.push(await open(join(folder, JOURNAL), "a"));
      const [data, journal] = opened;
      const { size } = await journal.stat();
      return new Part(path, folder, data, journal, size);
    } catch (error) {
      for (const handle of opened) await handle.close().catch(() => {});
      ownParts.delete(folder);
      throw error;
    }
  }

  /** Writes bytes to their place in the data. */
  async write(parts: Parts, at: number): Promise<void> {
    let position = at;
    await writeFully(async (rest) => {
      const { bytesWritten } = await this.data.writev(rest, position);
      position += bytesWritten;
      return bytesWritten;
    }, parts);
  }

  /** Notes that a batch stands in the data. Throws what went wrong with the part since the last. */
  async record(entry: BatchEntry): Promise<void> {
    if (this.#failure) throw this.#failure;
    empty.delete(this.folder);
    await this.#append(journalLine(entry));
    this.#unsynced += entry.bytes;
    if (this.#unsynced >= SYNC_BYTES) this.#startBeat();
    if (this.#failure) throw this.#failure;
  }

  /**
   * Syncs the data, `bytes` long, and gives them the final name. What `before` does is done when the
   * data are complete and have it not yet.
   */
  async commit(bytes: number, before: (data: string) => Promise<void>): Promise<void> {
    await this.#settle();
    if (this.#failure) throw this.#failure;
    await this.data.truncate(bytes);
    // the journal is not: it is of no use once the data have their name
    await this.#syncData((data) => data.sync());
    await this.data.close();
    const data = join(this.folder, DATA);
    await before(data);
    await rename(data, this.#path);
    await syncFolder(dirname(this.#path));
    await this.#journal.close();
    await remove(this.folder);
  }

  /**
   * Leaves the part for whoever takes it over, and says where it is and how many batches its journal tells
   * of; one without a batch is removed.
   */
  async release(): Promise<{ readonly folder: string; readonly batches: number } | undefined> {
    await this.#settle();
    // what went wrong is told already, and the journal vouches for each batch by itself
    await this.#syncBatches().catch(() => {});
    await this.#syncJournal().catch(() => {});
    await this.data.close().catch(() => {});
    await this.#journal.close().catch(() => {});
    // a journal that cannot be read now may be later
    const journal = await readJournal(this.folder).catch(() => undefined);
    const batches = empty.has(this.folder) ? 0 : journal?.batches.size;
    if (batches === 0) {
      await remove(this.folder);
      return undefined;
    }
    ownParts.delete(this.folder);
    const free = join(dirname(this.folder), freePartName(basename(this.#path)));
    try {
      await rename(this.folder, free);
      return batches === undefined ? undefined : { folder: free, batches };
    } catch (error) {
      // taken over by another process: it is no longer ours to tell of
      const gone = (error as NodeJS.ErrnoException).code === "ENOENT";
      return gone || batches === undefined ? undefined : { folder: this.folder, batches };
    }
  }

  /** Appends what has come together while the append before was under way. */
  #append(text: string): Promise<void> {
    this.#lines += text;
    this.#appending ??= this.#appendLines().finally(() => (this.#appending = undefined));
    return this.#appending;
  }

  async #appendLines(): Promise<void> {
    while (this.#lines !== "") {
      const bytes = Buffer.from(this.#lines);
      this.#lines = "";
      await this.#journal.appendFile(bytes);
      this.#journalBytes += bytes.byteLength;
    }
  }

  /** Waits for what is under way. */
  async #settle(): Promise<void> {
    clearInterval(this.#beat);
    await this.#beating;
    await this.#appending?.catch(() => {});
  }

  #startBeat(): void {
    this.#beating ??= this.#live().finally(() => (this.#beating = undefined));
  }

  /** A sign of life, and a sync. */
  async #live(): Promise<void> {
    try {
      const now = new Date();
      await utimes(join(this.folder, JOURNAL), now, now);
      await this.#syncBatches();
      if (now.getTime() >= this.#journalDue) await this.#syncJournal();
    } catch (error) {
      const gone = (error as NodeJS.ErrnoException).code === "ENOENT";
      this.#failure = gone
        ? new ResumeError("busy", `another process has taken over ${this.#path}`)
        : (error as Error);
    }
  }

  /** Seldom: behind data on their way to a disk it takes as long as they do. */
  async #syncJournal(): Promise<void> {
    await this.#journal.datasync();
    this.#journalDue = Date.now() + BEAT_MS;
  }

  /** Syncs the data of new batches, and notes how far. */
  async #syncBatches(): Promise<void> {
    if (this.#unsynced === 0) return;
    await this.#syncData((data) => data.datasync());
    await this.#noteSync();
  }

  /**
   * Syncs the data. What a failed sync has lost, a later one does not tell of: the journal then forgets
   * the batches since the last that succeeded, in an earlier run if need be.
   */
  async #syncData(sync: (data: FileHandle) => Promise<void>): Promise<void> {
    const bytes = this.#journalBytes;
    this.#unsynced = 0;
    try {
      await sync(this.data);
    } catch (error) {
      // from here on no batch is noted
      this.#failure = error as Error;
      await this.#appending?.catch(() => {});
      await this.#journal.truncate(this.#durableBytes);
      this.#journalBytes = this.#durableBytes;
      await this.#noteSync();
      throw error;
    }
    this.#durableBytes = bytes;
  }

  #noteSync(): Promise<void> {
    return this.#append(journalLine({ synced: this.#durableBytes }));
  }
}

/** Removes a part that holds nothing more. One that cannot be removed is seen and removed by the next run. */
async function remove(folder: string): Promise<void> {
  empty.delete(folder);
  ownParts.delete(folder);
  // by its names: Node's own removal of a folder takes three times as many calls
  await unlink(join(folder, DATA)).catch(() => {});
  await unlink(join(folder, JOURNAL)).catch(() => {});
  await rmdir(folder).catch(() => {});
}
