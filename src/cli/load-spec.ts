import { dirname } from "node:path";
import { loadPoints } from "../points/load-points.ts";
import { LONGEST_TEXT } from "../spec/json-or-yaml.ts";
import { dataOf, readSpecFile } from "../spec/read-file.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The data of a spec's file (`-` is stdin) with what `--set` changes in it, and its points file read,
 * whose name starts from the spec's folder.
 */
export async function loadSpec(
  source: string,
  assignments: readonly string[],
  signal: AbortSignal,
): Promise<unknown> {
  const spec = source === "-" ? await dataOf(await readStdin(signal)) : await readSpecFile(source);
  const folder = source === "-" ? "." : dirname(source);
  if (assignments.length === 0) return loadPoints(spec, folder);
  const { applyOverrides } = await import("../spec/overrides.ts");
  // the columns of the points file have to be known before other settings: they can change none
  const ofPoints = (assignment: string) => /^\s*points\s*=/.test(assignment);
  const pointed = applyOverrides(spec, assignments.filter(ofPoints));
  const loaded = await loadPoints(pointed, folder);
  return applyOverrides(
    loaded,
    assignments.filter((assignment) => !ofPoints(assignment)),
  );
}

async function readStdin(signal: AbortSignal): Promise<string> {
  const { addAbortSignal } = await import("node:stream");
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of addAbortSignal(signal, process.stdin) as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length > LONGEST_TEXT) throw new UsageError(`stdin has more than ${LONGEST_TEXT} bytes`);
  }
  return Buffer.concat(pieces).toString();
}
