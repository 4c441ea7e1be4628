import { createHash } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { writeFully } from "../arrow/byte-output.ts";
import type { Parts } from "../arrow/encoder.ts";
import { FileError } from "../arrow/file-error.ts";
import { crcOf } from "../arrow/crc.ts";
import { asideName } from "./create-once.ts";
import type { Manifest } from "./manifest.ts";

/** What is known of a part from its bytes. */
export type PartDigest = Pick<Manifest, "bytes" | "sha256" | "head_bytes" | "batches">;

/** The journal beside an attempt: a line with the CRC-32 and the length of each batch, written after it. */
export function journalOf(aside: string): string {
  return `${aside}.journal`;
}

/**
 * One attempt at a part: a file of its own that no other attempt writes to, and its journal. Whatever
 * ends the attempt, another one may copy from it the batches that fit their CRCs.
 *
 * Not a `Part` of `src/output`, which belongs to one process and refuses a second one for as long as the
 * first gives signs of life. A cluster starts a task again elsewhere when it has lost sight of a node
 * that may live on: neither attempt may wait for the other, fail on it, or take its file away, so each
 * has its own, and the first that is done links it to the name.
 */
export class Attempt {
  readonly aside: string;
  readonly #part: string;
  readonly #file: FileHandle;
  readonly #journal: FileHandle;
  readonly #hash = createHash("sha256");
  readonly #batches: Manifest["batches"] = [];
  #headBytes = 0;
  #bytes = 0;

  static async start(part: string): Promise<Attempt> {
    const aside = asideName(part);
    try {
      return new Attempt(part, aside, await open(aside, "wx"), await open(journalOf(aside), "wx"));
    } catch (error) {
      throw new FileError(`write ${part}`, error);
    }
  }

  private constructor(part: string, aside: string, file: FileHandle, journal: FileHandle) {
    this.#part = part;
    this.aside = aside;
    this.#file = file;
    this.#journal = journal;
  }

  get batches(): number {
    return this.#batches.length;
  }

  /** Resolves when the bytes are written, so that their memory may be used again. */
  async head(parts: Parts): Promise<void> {
    await this.#write(parts);
    this.#headBytes = this.#bytes;
  }

  async batch(rows: number, parts: Parts): Promise<void> {
    const before = this.#bytes;
    const crc32 = crcOf(parts);
    await this.#write(parts);
    this.#batches.push({ rows, bytes: this.#bytes - before, crc32 });
    await this.#during(this.#journal.write(`${crc32} ${this.#bytes - before}\n`));
  }

  /** Writes the end and closes the file, which is on disk then. */
  async finish(tail: Parts): Promise<PartDigest> {
    await this.#write(tail);
    await this.#during(this.#file.sync());
    await this.#during(this.#file.close());
    await this.#during(this.#journal.close());
    return {
      bytes: this.#bytes,
      sha256: this.#hash.digest("hex"),
      head_bytes: this.#headBytes,
      batches: this.#batches,
    };
  }

  /** Leaves off after an error; what is worth nothing to another attempt is removed. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => {}); // closed, or the first error is the one to tell
    await this.#journal.close().catch(() => {});
    if (this.#batches.length === 0) await removeAttempt(this.aside);
  }

  async #write(parts: Parts): Promise<void> {
    for (const part of parts) {
      this.#hash.update(part);
      this.#bytes += part.byteLength;
    }
    const writev = async (rest: Parts) => (await this.#file.writev(rest)).bytesWritten;
    await this.#during(writeFully(writev, parts));
  }

  async #during<T>(step: Promise<T>): Promise<T> {
    try {
      return await step;
    } catch (cause) {
      throw new FileError(`write ${this.#part}`, cause);
    }
  }
}

/** Removes an attempt's files, the journal last: without one, a file is no attempt to copy from. */
export async function removeAttempt(aside: string): Promise<void> {
  await unlink(aside).catch(() => {}); // another attempt has removed it
  await unlink(journalOf(aside)).catch(() => {});
}
