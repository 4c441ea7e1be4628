import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { type FileHandle, open, realpath, rename, stat, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { type ByteOutput, writeFully } from "./byte-output.ts";
import { FileError } from "./file-error.ts";

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

/** Where the bytes go: a symbolic link stays and its target is replaced; devices cannot be. */
async function findPlace(path: string): Promise<{ target: string; special: boolean }> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      throw Object.assign(new Error("EISDIR: it is a folder"), { code: "EISDIR" });
    }
    if (!found.isFile()) return { target: path, special: true };
    return { target: await realpath(path), special: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return { target: path, special: false };
  }
}

/** Makes what was linked, renamed or removed in a folder outlast a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    // POSIX: EINVAL where a file system does not sync folders
    if ((error as NodeJS.ErrnoException).code !== "EINVAL") throw error;
  } finally {
    await handle.close();
  }
}
