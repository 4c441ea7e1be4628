import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { beforeAll, describe, expect, test } from "vitest";
import type { Compression } from "../../src/compress/compression.ts";
import type { Format } from "../../src/arrow/format.ts";
import { IpcError } from "../../src/arrow/ipc-error.ts";
import { decodeFooter, decodeMessage } from "../../src/arrow/ipc-metadata.ts";
import { readIpc } from "../../src/arrow/read-ipc.ts";
import { sweepSchema } from "../../src/arrow/schema.ts";
import { fakeChunks, fakeFile, fakeSweep, writeFake } from "./fake-sweep.ts";
import { scratchFolder } from "./scratch.ts";

const folder = scratchFolder();
const sweep = fakeSweep(20);
const schema = sweepSchema(sweep);

async function read(bytes: Uint8Array) {
  const path = join(folder, "read");
  writeFileSync(path, bytes);
  const status: number[] = [];
  return { ...(await readIpc(path, (piece) => status.push(...piece))), status };
}

/** The kind of the error that reading gives, or undefined. */
async function kindOf(bytes: Uint8Array): Promise<string | undefined> {
  try {
    await read(bytes);
    return undefined;
  } catch (error) {
    const { kind, message } = error as IpcError;
    if (!(error instanceof IpcError) || !message.startsWith(join(folder, "read"))) throw error;
    return kind;
  }
}

describe.each<[Format, Compression?]>([
  ["arrow"],
  ["stream"],
  ["arrow", "zstd"],
  ["stream", "lz4"],
])("%s %s", (format, compress) => {
  let bytes: Buffer;
  beforeAll(async () => {
    const path = join(folder, format);
    await fakeFile(path, format, schema, fakeChunks(sweep, 8), compress);
    bytes = readFileSync(path);
  });

  test("whole: schema, rows and status", async () => {
    const contents = await read(bytes);
    expect(contents).toMatchObject({ format, bytes: bytes.length, rows: 20, batches: 3 });
    expect(contents.compression).toBe(compress);
    expect(contents.status).toEqual(Array.from({ length: 20 }, (_, row) => row));
    expect(contents.schema.metadata).toEqual(schema.metadata);
    expect(contents.schema.fields).toEqual(
      schema.fields.map(({ name, type, metadata }) => ({ name, type: String(type), metadata })),
    );
  });

  test("cut anywhere: truncated, or foreign where too little is left to tell", async () => {
    // a stream's end marker is 8 bytes; all rows are there without it
    const [whole, told] = format === "arrow" ? [bytes.length, 6] : [bytes.length - 8, 8];
    for (let length = 0; length < whole; length += length < 40 ? 1 : 37) {
      const kind = await kindOf(bytes.subarray(0, length));
      expect(kind, `${length} bytes`).toBe(length < told ? "foreign" : "truncated");
    }
    expect(await kindOf(bytes.subarray(0, whole - 1))).toBe("truncated");
  });

  test("a byte damaged: an error of ours or other values, no crash", async () => {
    const kinds = new Set<string | undefined>();
    for (let place = 0; place < bytes.length; place += place < 16 ? 1 : 31) {
      kinds.add(await kindOf(damagedAt(bytes, place, 0xff)));
    }
    expect([...kinds]).toContain("damaged");
  });
});

test("a stream cut between two batches is truncated", async () => {
  const writes: Buffer[] = [];
  const write = async (parts: readonly Uint8Array[]) => void writes.push(Buffer.concat(parts));
  await writeFake("stream", schema, fakeChunks(sweep, 8), { write });
  for (const kept of [1, 2, 3]) {
    expect(await kindOf(Buffer.concat(writes.slice(0, kept)))).toBe("truncated");
  }
});

function damagedAt(bytes: Uint8Array, place: number, mask: number): Buffer {
  const damaged = Buffer.from(bytes);
  damaged[place] ^= mask;
  return damaged;
}

test("any bit of the metadata flipped: decoded, or a RangeError, and at once", async () => {
  const path = join(folder, "metadata");
  await fakeFile(path, "arrow", schema, fakeChunks(sweep, 8));
  const bytes = readFileSync(path);
  const footer = bytes.length - 10 - bytes.readInt32LE(bytes.length - 10);
  const first = 16 + bytes.readInt32LE(12);
  const second = first + 8;
  const pieces = [
    [bytes.subarray(16, first), decodeMessage],
    [bytes.subarray(second, second + bytes.readInt32LE(first + 4)), decodeMessage],
    [bytes.subarray(footer, -10), decodeFooter],
  ] as const;
  const others: unknown[] = [];
  for (const [piece, decode] of pieces) {
    for (let bit = 0; bit < 8 * piece.length; bit++) {
      try {
        decode(damagedAt(piece, bit >> 3, 1 << (bit & 7)));
      } catch (error) {
        if (!(error instanceof RangeError)) others.push(error);
      }
    }
  }
  expect(others).toEqual([]);
});

test("other Arrow files are read, other files are foreign", async () => {
  const table = tableFromArrays({ a: Int32Array.of(1, 2, 3) });
  for (const kind of ["file", "stream"] as const) {
    const contents = await read(tableToIPC(table, kind));
    expect(contents).toMatchObject({ rows: 3, schema: { fields: [{ type: "Int32" }] } });
    expect(contents.status).toEqual([]);
  }
  for (const text of ["", "x", "PAR1, a Parquet file", "a,b\n1,2\n", "\0".repeat(100)]) {
    expect(await kindOf(Buffer.from(text))).toBe("foreign");
  }
});

test("a missing file is a FileError with path and cause", async () => {
  const missing = readIpc(join(folder, "missing"), () => {});
  await expect(missing).rejects.toMatchObject({
    name: "FileError",
    code: "ENOENT",
    message: `cannot read ${join(folder, "missing")}: ENOENT: no such file or directory`,
  });
});
