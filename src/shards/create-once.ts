import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { link, open, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { syncFolder } from "../arrow/place.ts";
import { FileError } from "../arrow/file-error.ts";

/** A name beside `path` that no other attempt, on this host or another, has: `.plan.json.HOST-PID-….tmp`. */
export function asideName(path: string): string {
  const attempt = `${hostname()}-${process.pid}-${randomBytes(6).toString("hex")}`;
  return join(dirname(path), `.${basename(path)}.${attempt}.tmp`);
}

/**
 * Gives the file `aside`, which is on disk, the name `path` as well, unless there is such a file: of
 * those that race one is first, and all of them see a whole file afterwards. The first may have removed
 * the others' `aside` by then.
 *
 * @returns whether this call was first.
 */
export async function linkOnce(aside: string, path: string): Promise<boolean> {
  try {
    await link(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || (code === "ENOENT" && existsSync(path))) return false;
    throw error;
  }
  await syncFolder(dirname(path));
  return true;
}

/**
 * Creates a file with this text, unless there is one; it appears whole and on disk.
 *
 * @returns whether it was created.
 * @throws FileError
 */
export async function createOnce(path: string, text: string): Promise<boolean> {
  const aside = asideName(path);
  try {
    const handle = await open(aside, "wx");
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await linkOnce(aside, path);
  } catch (error) {
    throw new FileError(`write ${path}`, error);
  } finally {
    await unlink(aside).catch(() => {}); // gone, or never made
  }
}
