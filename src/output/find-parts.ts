import { readdir, readFile, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Journal, parseJournal } from "./journal.ts";
import { type Owner, ownerOf } from "./part-name.ts";

/** The files in a part's folder: the file to be, and the journal of what stands in it. */
export const DATA = "data";
export const JOURNAL = "journal";

/** An owner is taken for dead when it has given no sign of life for so long; it gives one in five seconds. */
const SILENCE_MS = 60_000;

/** A part found beside a file's name. */
export interface FoundPart {
  readonly folder: string;
  readonly owner: Owner | undefined;
  readonly alive: boolean;
}

/** Folders of the parts in which this very thread works. */
export const ownParts = new Set<string>();

/** The parts beside `path`. */
export async function findParts(path: string): Promise<readonly FoundPart[]> {
  const file = basename(path);
  const parent = dirname(path);
  const found: FoundPart[] = [];
  for (const name of await readdir(parent)) {
    const owner = ownerOf(file, name);
    if (owner === null) continue;
    const folder = join(parent, name);
    found.push({ folder, owner, alive: owner !== undefined && (await isAlive(folder, owner)) });
  }
  return found;
}

/** The journal of a part; one that is not there is empty. */
export async function readJournal(folder: string): Promise<Journal> {
  return parseJournal((await unlessMissing(readFile(join(folder, JOURNAL), "utf8"))) ?? "");
}

/** Whether the file to be is still in the part: it leaves it when it gets its name. */
export async function hasData(folder: string): Promise<boolean> {
  return (await unlessMissing(stat(join(folder, DATA)))) !== undefined;
}

/**
 * A process of this host answers for itself; the number of a dead one may have been given to another,
 * which does not touch the journal. Of another host, the journal's time is all there is to see.
 */
async function isAlive(folder: string, { host, pid }: Owner): Promise<boolean> {
  if (host === hostname()) {
    if (pid === process.pid) return ownParts.has(folder);
    if (!processExists(pid) || (await isZombie(pid))) return false;
  }
  const seen =
    (await unlessMissing(stat(join(folder, JOURNAL)))) ?? (await unlessMissing(stat(folder)));
  return seen !== undefined && Date.now() - seen.mtimeMs < SILENCE_MS;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Linux: killed, and not yet waited for by its parent. Its state stands behind the name in brackets. */
async function isZombie(pid: number): Promise<boolean> {
  const told = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  return /^[ZX]/.test(told.slice(told.lastIndexOf(")") + 2));
}

/** What a step gives, or undefined where its file is gone. */
async function unlessMissing<T>(step: Promise<T>): Promise<T | undefined> {
  try {
    return await step;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
