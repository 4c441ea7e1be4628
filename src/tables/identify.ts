import { open } from "node:fs/promises";
import { FileError } from "../arrow/file-error.ts";
import { type Format, formatOf } from "../arrow/format.ts";

/**
 * The format of a file: Parquet by its first bytes, CSV by its name, and otherwise Arrow, whose own
 * reader says what is not.
 *
 * @throws FileError if the system cannot read it
 */
export async function identify(path: string): Promise<Format> {
  try {
    const handle = await open(path, "r");
    try {
      if (!(await handle.stat()).isFile()) return "arrow";
      const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      if (buffer.toString("latin1") === "PAR1") return "parquet";
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw new FileError(`read ${path}`, cause);
  }
  return formatOf(path) === "csv" ? "csv" : "arrow";
}
