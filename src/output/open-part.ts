import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findParts, type FoundPart, hasData, readJournal } from "./find-parts.ts";
import { differences, type Identity } from "./identity.ts";
import type { Journal } from "./journal.ts";
import { Part } from "./part.ts";
import { ResumeError } from "./resume-error.ts";
import { shellWords } from "../submit/shell-words.ts";

/** A part to work in, and the batches that its journal tells of. */
export interface OpenPart {
  readonly part: Part;
  readonly batches: Journal["batches"];
}

/** A part that nobody works in and that has finished batches. */
export interface LeftPart {
  readonly folder: string;
  readonly journal: Journal;
}

/** Two processes that begin at once both stand back, and each tries again at a time of its own. */
const TRIES = 10;
const LONGEST_WAIT_MS = 50;

/** The part that an earlier run of the file at `path` left, the fullest if there are several. */
export async function leftPart(path: string): Promise<LeftPart | undefined> {
  const left: LeftPart[] = [];
  for (const found of await quietParts(path)) {
    const journal = await readJournal(found.folder);
    // without batches nothing is lost; without data the file has got its name, and this is what is left
    const worthless = journal.batches.size === 0 || !(await hasData(found.folder));
    if (worthless) await rm(found.folder, { recursive: true, force: true });
    else left.push({ folder: found.folder, journal });
  }
  return left.toSorted((a, b) => b.journal.batches.size - a.journal.batches.size)[0];
}

/** The parts beside `path`; a process that has been killed takes a moment to go. */
async function quietParts(path: string): Promise<readonly FoundPart[]> {
  for (let tries = 1; ; tries++) {
    const parts = await findParts(path);
    const busy = parts.find(({ alive }) => alive);
    if (!busy) return parts;
    if (tries === TRIES) throw busyError(path, busy);
    await wait(LONGEST_WAIT_MS);
  }
}

/**
 * Opens a part of the file at `path` for this process alone: `left` taken over, or a new one.
 *
 * @throws ResumeError where another process works on the file
 */
export async function openPart(
  path: string,
  identity: Identity,
  left: LeftPart | undefined,
): Promise<OpenPart> {
  if (left) {
    const part = await Part.claim(path, left.folder, left.journal.synced);
    if (!part) throw busyError(path);
    return { part, batches: left.journal.batches };
  }
  for (let tries = 1; tries <= TRIES; tries++) {
    const part = await Part.create(path, identity);
    const rival = (await findParts(path)).find((p) => p.alive && p.folder !== part.folder);
    if (!rival) return { part, batches: new Map() };
    await part.release();
    await wait(Math.random() * LONGEST_WAIT_MS);
    const writer = (await findParts(path)).find((p) => p.alive);
    if (writer) throw busyError(path, writer);
  }
  throw busyError(path);
}

/** Refuses a part of another sweep, naming the difference. */
export function checkSame({ folder, journal }: LeftPart, wanted: Identity): void {
  const advice = `to discard it: rm -r ${shellWords([folder])}`;
  if (!journal.identity) {
    throw new ResumeError("different", `${folder} does not say what sweep it is of; ${advice}`);
  }
  const found = differences(journal.identity, wanted);
  if (found.length === 0) return;
  throw new ResumeError(
    "different",
    [`${folder} is of another sweep; ${advice}`, ...found.map((line) => `  ${line}`)].join("\n"),
  );
}

function busyError(path: string, found?: FoundPart): ResumeError {
  const by = found?.owner ? ` (process ${found.owner.pid} on ${found.owner.host})` : "";
  return new ResumeError("busy", `another process${by} is writing ${basename(path)}`);
}
