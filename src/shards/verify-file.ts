import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import type { ByteOutput } from "../arrow/byte-output.ts";
import { FileError } from "../arrow/file-error.ts";
import { IpcError } from "../arrow/ipc-error.ts";
import type { IpcContents } from "../arrow/read-ipc.ts";
import { sweepSchema } from "../arrow/schema.ts";
import { version } from "../arrow/version.ts";
import { createEncoder } from "../arrow/encoder.ts";
import { metadataPath } from "../csv/csv-metadata.ts";
import { kernelHash } from "../engine/kernel-hash.ts";
import type { RowRange } from "../grid/chunks.ts";
import { writeStream } from "../output/write-stream.ts";
import { loadPoints } from "../points/load-points.ts";
import { defaultChunkRows } from "../pool/chunk-rows.ts";
import type { RunOptions } from "../pool/job.ts";
import { type Chunk, runSweep } from "../pool/run-sweep.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import type { Sweep } from "../spec/sweep.ts";
import type { Contents } from "../tables/contents.ts";
import { readContents } from "../tables/read-contents.ts";
import { readFully } from "./read-fully.ts";
import { ShardError } from "./shard-error.ts";

export interface VerifyOptions extends Pick<RunOptions, "threads" | "backend" | "signal"> {
  /** Called with the rows to compare, before the first is computed. */
  readonly onStart?: (rowsTotal: number) => Promise<void>;
  /** Called with the rows done. */
  readonly onProgress?: (rowsDone: number) => void;
}

/**
 * Makes a file of a sweep, or a part of one, again from the spec in it and compares every byte. A row's bits
 * depend on its coordinates alone, so that no checksum is needed to find any bit that has changed.
 *
 * @throws IpcError if it is damaged, ShardError if another build has made it; FileError
 */
export async function verifyFile(path: string, options: VerifyOptions): Promise<Contents> {
  const contents = await readContents(path, () => options.signal?.throwIfAborted());
  const handle = await open(path, "r").catch((cause: unknown) => {
    throw new FileError(`read ${path}`, cause);
  });
  try {
    const { sweep, range, schema } = await origin(path, contents);
    let position = 0;
    let rows = "the head";
    const output: ByteOutput = {
      async write(parts) {
        const made = Buffer.concat(parts);
        const found = await readFully(handle, position, made.byteLength);
        if (!found || made.compare(found) !== 0) {
          const byte = found ? made.findIndex((value, b) => value !== found[b]) : made.byteLength;
          throw new IpcError("damaged", `byte ${position + byte}, in ${rows}, is not as made`);
        }
        position += made.byteLength;
      },
    };
    const chunks = chunksOf(sweep, range, contents, options, (text) => (rows = text));
    const encoder = await createEncoder(contents.format, schema, contents.compression);
    await writeStream(encoder, chunks, output);
    if (position < contents.bytes) throw new IpcError("damaged", "it goes on after its end");
  } catch (error) {
    if (error instanceof IpcError) throw error.at(path);
    if ((error as NodeJS.ErrnoException).syscall) throw new FileError(`read ${path}`, error);
    throw error;
  } finally {
    await handle.close();
  }
  return contents;
}

async function* chunksOf(
  sweep: Sweep,
  range: RowRange,
  contents: Contents,
  { onStart, onProgress, ...run }: VerifyOptions,
  at: (where: string) => void,
): AsyncGenerator<Chunk> {
  await onStart?.(range.rows);
  // only an Arrow file shows how its rows were cut
  const chunkRows =
    "batchRows" in contents ? (contents as IpcContents).batchRows : defaultChunkRows(sweep);
  if (range.rows > 0) {
    const { compression: compress } = contents;
    for await (const chunk of runSweep(sweep, { ...run, compress, range, chunkRows })) {
      const { firstRow, rows } = chunk;
      at(`rows ${firstRow} to ${firstRow + rows - 1}`);
      yield chunk;
      onProgress?.(firstRow + rows - range.firstRow);
    }
  }
  at("the end");
}

/** What a file says it is: all of a sweep, or a range of its rows, by this very build. */
async function origin(path: string, { format, schema: { metadata } }: Contents) {
  const spec = metadata.get("qheat.spec");
  if (spec === undefined) {
    if (format === "csv" && existsSync(metadataPath(path))) {
      throw new IpcError("damaged", "it has not the checksum in the metadata beside it");
    }
    throw new ShardError("refused", `${path} has no qheat.spec: qheat did not make it`);
  }
  const made = [metadata.get("qheat.version"), metadata.get("qheat.kernel")].join(", kernel ");
  const here = [version(), kernelHash()].join(", kernel ");
  if (made !== here) {
    throw new ShardError(
      "refused",
      `${path} is whole, but its rows cannot be compared: qheat ${made} made it, and this is qheat ${here}`,
    );
  }
  let sweep: Sweep;
  try {
    sweep = parseSpec(spec);
  } catch (error) {
    throw new IpcError("damaged", `its spec is wrong: ${(error as Error).message}`);
  }
  // its points file is looked for from the working folder
  if (sweep.points) sweep = parseSpec(await loadPoints(JSON.parse(spec), "."));
  const firstRow = metadata.get("qheat.first_row");
  if (firstRow === undefined) {
    return { sweep, range: { firstRow: 0, rows: sweep.rows }, schema: sweepSchema(sweep) };
  }
  const range = { firstRow: Number(firstRow), rows: Number(metadata.get("qheat.rows")) };
  if (!(range.firstRow >= 0 && range.rows >= 0 && range.firstRow + range.rows <= sweep.rows)) {
    throw new IpcError("damaged", "its rows are not rows of its spec");
  }
  return { sweep, range, schema: sweepSchema(sweep, range) };
}
