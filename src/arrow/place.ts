import { open, readlink, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** Where the bytes go: a symbolic link stays and its target is replaced; devices cannot be. */
export async function findPlace(
  path: string,
): Promise<{ readonly target: string; readonly special: boolean }> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      throw Object.assign(new Error("EISDIR: it is a folder"), { code: "EISDIR" });
    }
    if (!found.isFile()) return { target: path, special: true };
    return { target: await realpath(path), special: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return { target: await danglingTarget(path), special: false };
  }
}

/** What a link to nothing is to become a link to; the path itself where it is no link. */
async function danglingTarget(path: string): Promise<string> {
  let link: string;
  try {
    link = await readlink(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EINVAL") return path;
    throw error;
  }
  return danglingTarget(resolve(dirname(path), link));
}

/** Syncs a folder, so that the names in it outlast a power cut. */
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
