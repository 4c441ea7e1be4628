import { escaped } from "../spec/shown.ts";
import { Interrupted } from "./interruption.ts";
import { ReaderGone } from "./stdout.ts";

/** Causes that stay as long as the command line is the same. */
const lastingCodes = new Set(["ENOENT", "EEXIST", "ENOTDIR", "EISDIR", "ENAMETOOLONG", "ELOOP"]);

/** 0 where the reader left, 2 where no retry helps, 1 else; an interruption has its own. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof ReaderGone) return 0;
  const { name, code, kind, lasting } = error as {
    name?: string;
    code?: string;
    kind?: string;
    lasting?: boolean;
  };
  // by name: the classes are in modules that have not been loaded unless they have thrown
  if (name === "UsageError" || name === "SpecError") return 2;
  if (name === "IpcError" && (kind === "foreign" || kind === "unreadable")) return 2;
  if (name === "ShardError" && lasting) return 2;
  if (name === "ResumeError") return kind === "busy" ? 1 : 2;
  return code !== undefined && lastingCodes.has(code) ? 2 : 1;
}

/** Lines for stderr. */
export function messageOf(error: unknown, hints: readonly string[]): string {
  if (error instanceof ReaderGone) return "";
  const text = error instanceof Error ? error.message : String(error);
  // what comes from a spec or a command line is not for a terminal to act on
  return [...text.trimEnd().split("\n"), ...hints]
    .map((line) => `qheat: ${escaped(line)}\n`)
    .join("");
}
