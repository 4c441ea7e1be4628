import { open, stat } from "node:fs/promises";
import { jsonOrYaml, LONGEST_TEXT } from "./json-or-yaml.ts";
import { shortened } from "./shown.ts";
import { SpecError } from "./spec-error.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file: a part of the path is no directory",
  EISDIR: "is a directory, wants a file",
  EACCES: "permission denied",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  ERR_INVALID_ARG_VALUE: "is no file name",
  ERR_ENCODING_INVALID_ENCODED_DATA: "is not UTF-8 text",
};

/** Bytes read at a time. */
const PIECE = 65536;

const wantedLength = `wants at most ${LONGEST_TEXT}`;

/**
 * Reads the spec in a YAML or JSON file, or a pipe, as plain data.
 *
 * @throws {SpecError} naming the path, where there is no such text or it cannot be parsed
 */
export async function readSpecFile(path: string): Promise<unknown> {
  try {
    return await dataOf(await readBounded(path));
  } catch (error) {
    const named = (message: string) => `${shortened(path, 200)}: ${message}`;
    if (error instanceof SpecError) {
      throw new SpecError(error.issues.map((i) => ({ ...i, message: named(i.message) })));
    }
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = reasons[String(code)];
    if (reason === undefined)
      throw Object.assign(new Error(named(message), { cause: error }), { code });
    throw new SpecError([{ path: "", message: named(reason) }]);
  }
}

/**
 * `readText` that loads the YAML library only for YAML.
 *
 * @throws {SpecError} (rejects)
 */
export async function dataOf(text: string): Promise<unknown> {
  const found = jsonOrYaml(text);
  if ("json" in found) return found.json;
  const { readYaml } = await import("./read-yaml.ts");
  return readYaml(found.yaml);
}

async function readBounded(path: string): Promise<string> {
  const stats = await stat(path);
  if (stats.isDirectory()) throw wrong(reasons["EISDIR"]);
  if (!stats.isFile() && !stats.isFIFO()) throw wrong("wants a regular file or a pipe");
  if (stats.size > LONGEST_TEXT) throw wrong(`got ${stats.size} bytes, ${wantedLength}`);
  // empty, as the files of /proc seem: a read of some of them never ends
  if (stats.isFile() && stats.size === 0) return "";
  const file = await open(path);
  try {
    const pieces: Uint8Array[] = [];
    let length = 0;
    // A pipe has no size, and a file may grow.
    for (;;) {
      const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(PIECE) });
      if (bytesRead === 0) break;
      pieces.push(buffer.subarray(0, bytesRead));
      length += bytesRead;
      if (length > LONGEST_TEXT) throw wrong(`too long, ${wantedLength}`);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces));
  } finally {
    await file.close();
  }
}

function wrong(message: string): SpecError {
  return new SpecError([{ path: "", message }]);
}
