import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { type ByteOutput, writeFully } from "./byte-output.ts";
import { FileError } from "./file-error.ts";
import { findPlace, syncFolder } from "./place.ts";

/** Temporary files, removed even where `process.exit` ends everything. */
const unfinished = new Set<string>();
process.on("exit", () => {
  for (const path of unfinished) rmSync(path, { force: true });
});

/**
 * Lets `write` fill a file that appears as `path` only when it is complete and on disk: written
 * aside, synced, renamed, and the folder synced. On any error nothing is left behind and whatever was
 * at `path` stays. A pipe or a device at `path` is written to as it is.
 *
 * @throws FileError if the file cannot be written; whatever `write` throws of its own.
 */
export async function writeAtomically<T>(
  path: string,
  write: (output: ByteOutput) => Promise<T>,
): Promise<T> {
  const during = <R>(step: Promise<R>): Promise<R> =>
    step.catch((cause: unknown) => {
      throw new FileError(`write ${path}`, cause);
    });
  const place = await during(findPlace(path));
  if (place.special) {
    const handle = await during(open(place.target, "w"));
    return fill(handle, write, during);
  }
  // two attempts at one file may run at the same time, on one host or on several
  const name = `.qheat-${hostname()}-${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
  const folder = dirname(place.target);
  const temporary = join(folder, name);
  const handle = await during(open(temporary, "wx"));
  unfinished.add(temporary);
  try {
    const result = await fill(handle, write, during, () => handle.sync());
    await during(rename(temporary, place.target));
    await during(syncFolder(folder));
    return result;
  } catch (error) {
    await unlink(temporary).catch(() => {}); // the first error is the one to tell
    throw error;
  } finally {
    unfinished.delete(temporary);
  }
}

type During = <R>(step: Promise<R>) => Promise<R>;

async function fill<T>(
  handle: FileHandle,
  write: (output: ByteOutput) => Promise<T>,
  during: During,
  sync?: () => Promise<void>,
): Promise<T> {
  const writev = async (parts: readonly Uint8Array[]) => (await handle.writev(parts)).bytesWritten;
  let result: T;
  try {
    result = await write({ write: (parts) => during(writeFully(writev, parts)) });
    if (sync) await during(sync());
  } catch (error) {
    await handle.close().catch(() => {});
    throw error;
  }
  await during(handle.close());
  return result;
}
