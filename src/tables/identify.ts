import { open } from "node:fs/promises";
import { FileError } from "../arrow/file-error.ts";
import { type Format, formatOf } from "../arrow/format.ts";
import { IpcError } from "../arrow/ipc-error.ts";

/**
 * The format of a file: Arrow and Parquet by its first bytes, CSV by its name.
 *
 * @throws FileError if the system cannot read it, IpcError if it is none of these
 */
export async function identify(path: string): Promise<Format> {
  const head = await firstBytes(path).catch((cause: unknown) => {
    throw new FileError(`read ${path}`, cause);
  });
  if (head === undefined) throw new IpcError("foreign", "it is not a file").at(path);
  if (head.startsWith("ARROW1")) return "arrow";
  if (head.startsWith("\xff\xff\xff\xff")) return "stream";
  if (head.startsWith("PAR1")) return "parquet";
  if (formatOf(path) === "csv") return "csv";
  const why = "it is neither Arrow nor Parquet, nor named .csv";
  throw new IpcError("foreign", why).at(path);
}

/** The first bytes of a file as Latin-1 text; undefined for what is no file. */
async function firstBytes(path: string): Promise<string | undefined> {
  const handle = await open(path, "r");
  try {
    const found = await handle.stat();
    if (!found.isFile()) return undefined;
    // so are the files of /proc, and a read of some of them never ends
    if (found.size === 0) return "";
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
