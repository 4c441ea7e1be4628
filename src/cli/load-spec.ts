import { addAbortSignal } from "node:stream";
import { applyOverrides } from "../spec/overrides.ts";
import { readSpecFile } from "../spec/read-file.ts";
import { LONGEST_TEXT, readText } from "../spec/read-text.ts";
import { UsageError } from "./usage-error.ts";

/** The plain data of a spec's file (`-` is stdin) with what `--set` changes in it. */
export async function loadSpec(
  source: string,
  assignments: readonly string[],
  signal: AbortSignal,
): Promise<unknown> {
  const spec = source === "-" ? readText(await readStdin(signal)) : await readSpecFile(source);
  return applyOverrides(spec, assignments);
}

async function readStdin(signal: AbortSignal): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of addAbortSignal(signal, process.stdin) as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length > LONGEST_TEXT) throw new UsageError(`stdin has more than ${LONGEST_TEXT} bytes`);
  }
  return Buffer.concat(pieces).toString();
}
