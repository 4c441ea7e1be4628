import { createHash, randomBytes } from "node:crypto";
import { hostname } from "node:os";

/** The process that works, or worked, in a part. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
}

/** Bytes of a file's name that leave room, in the 255 of a file system, for what a part's name adds. */
const LONGEST_STEM = 150;

/** What the parts of a file's name begin with, whoever owns them. */
function stemOf(file: string): string {
  const stem =
    Buffer.byteLength(file) <= LONGEST_STEM
      ? file
      : createHash("sha256").update(file).digest("hex").slice(0, 32);
  return `${stem}.part`;
}

/** A part of `file` that nobody works in. */
export function freePartName(file: string): string {
  return stemOf(file);
}

/** A new name for a part of `file` in which this process works. */
export function ownPartName(file: string): string {
  return `${stemOf(file)}-${hostname()}-${process.pid}-${randomBytes(6).toString("hex")}`;
}

/** The owner of a part of `file` with this name: `undefined` is nobody, `null` that it is no part. */
export function ownerOf(file: string, name: string): Owner | undefined | null {
  const stem = stemOf(file);
  if (name === stem) return undefined;
  if (!name.startsWith(`${stem}-`)) return null;
  const match = /^(.+)-(\d+)-[0-9a-f]{12}$/.exec(name.slice(stem.length + 1));
  return match && { host: match[1], pid: Number(match[2]) };
}
