import { open, readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { journalOf, removeAttempt } from "./attempt.ts";
import { crcOf } from "../arrow/crc.ts";
import { readFully } from "./read-fully.ts";
import { PLAN_NAME } from "./shard-plan.ts";

/** A line of a journal. */
interface Kept {
  readonly crc32: string;
  readonly bytes: number;
}

/** The files of all attempts at files called `name` with any extension, of any process on any host. */
async function attemptsAt(folder: string, name: string): Promise<string[]> {
  const names = await readdir(folder);
  const ours = names.filter((found) => found.startsWith(`.${name}.`));
  const asides = ours.map((found) => found.replace(/\.journal$/, ""));
  return [...new Set(asides)].map((found) => join(folder, found));
}

/**
 * Removes what attempts at `part`, its manifest and the plan have left, for all are there. An attempt that
 * still runs finds it so.
 */
export async function removeAttempts(part: string): Promise<void> {
  for (const name of [basename(part, ".arrow"), basename(PLAN_NAME, ".json")]) {
    for (const aside of await attemptsAt(dirname(part), name)) await removeAttempt(aside);
  }
}

/**
 * The batches that the furthest of the other attempts at `part` has kept, up to the first that does not
 * fit its CRC. The attempt was killed, or still runs somewhere: it is only read from.
 *
 * @param own the attempt that asks.
 * @param head the bytes before the first batch: they pin the spec, the rows and the build.
 */
export async function* keptBatches(
  part: string,
  own: string,
  head: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const others = (await attemptsAt(dirname(part), basename(part, ".arrow"))).filter(
    (aside) => aside !== own,
  );
  const kept = await Promise.all(
    others.map(async (aside) => ({ aside, batches: await journalled(aside) })),
  );
  for (const { aside, batches } of kept.toSorted((a, b) => b.batches.length - a.batches.length)) {
    let copied = 0;
    for await (const bytes of batchesOf(aside, batches, head)) {
      copied++;
      yield bytes;
    }
    if (isDead(aside)) await removeAttempt(aside);
    if (copied > 0) return;
  }
}

/** The whole lines of an attempt's journal. */
async function journalled(aside: string): Promise<Kept[]> {
  const text = await readFile(journalOf(aside), "latin1").catch(() => "");
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line) => {
    const [crc32, bytes] = line.split(" ");
    return { crc32, bytes: Number(bytes) };
  });
}

async function* batchesOf(
  aside: string,
  batches: readonly Kept[],
  head: Uint8Array,
): AsyncGenerator<Uint8Array> {
  // the attempt may be finished and gone by now
  const handle = await open(aside, "r").catch(() => undefined);
  if (!handle) return;
  try {
    const { size } = await handle.stat();
    const start = await readFully(handle, 0, head.byteLength);
    if (!start || Buffer.compare(start, head) !== 0) return;
    let position = head.byteLength;
    for (const { crc32, bytes } of batches) {
      // a damaged journal may say anything
      if (!(bytes > 0 && position + bytes <= size)) return;
      const batch = await readFully(handle, position, bytes);
      if (!batch || crcOf([batch]) !== crc32) return;
      yield batch;
      position += bytes;
    }
  } finally {
    await handle.close();
  }
}

/** Whether the attempt's process ran on this host and has ended. */
function isDead(aside: string): boolean {
  const [, host, pid] = /^\..*\.arrow\.(.+)-(\d+)-[0-9a-f]+\.tmp$/.exec(basename(aside)) ?? [];
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
