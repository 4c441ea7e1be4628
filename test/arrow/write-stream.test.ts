import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC as flechetteTable } from "@uwdata/flechette";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { createEncoder } from "../../src/arrow/encoder.ts";
import type { Format } from "../../src/arrow/format.ts";
import { ownedBatch } from "../../src/arrow/record-batch.ts";
import { sweepSchema } from "../../src/arrow/schema.ts";
import { fakeChunks, fakeFile, fakeSweep, fakeValue, writeFake } from "./fake-sweep.ts";
import { scratchFolder } from "./scratch.ts";

const folder = scratchFolder();

/** The columns a reader found, as bits, so that NaN and −0 count. */
type Columns = Record<string, BigUint64Array | Uint8Array>;

const readers: Record<string, (bytes: Uint8Array) => Columns> = {
  "apache-arrow": (bytes) => {
    const table = tableFromIPC(bytes);
    return columnsOf(table.schema.fields, (name) => table.getChild(name)!.toArray());
  },
  flechette: (bytes) => {
    const table = flechetteTable(bytes);
    return columnsOf(table.schema.fields, (name) => table.getChild(name).toArray());
  },
};

function columnsOf(fields: readonly { name: string }[], get: (name: string) => unknown): Columns {
  return Object.fromEntries(
    fields.map(({ name }) => {
      const values = get(name) as Float64Array | Uint8Array;
      return [name, values instanceof Uint8Array ? values : bitsOf(values)];
    }),
  );
}

function bitsOf(values: Iterable<number>): BigUint64Array {
  return new BigUint64Array(Float64Array.from(values).buffer);
}

function expected(rows: number): Columns {
  const all = Array.from({ length: rows }, (_, row) => row);
  const columns: Columns = Object.fromEntries(
    sweepSchema(fakeSweep(rows)).fields.map(({ name }, c) => [
      name,
      bitsOf(all.map((row) => fakeValue(c, row))),
    ]),
  );
  return { ...columns, status: Uint8Array.from(all, (row) => row % 32) };
}

const formats: readonly (readonly [Format, string])[] = [
  ["arrow", "x.arrow"],
  ["stream", "x.arrows"],
];

describe.each(formats)("%s", (format, name) => {
  // odd counts: a status column whose length is no multiple of eight bytes, and a short tail
  test.each([
    [1, 1],
    [3, 8],
    [16, 8],
    [1000, 37],
  ])("%i rows in chunks of %i read back bit for bit", async (rows, chunkRows) => {
    const path = join(folder, name);
    const chunks = fakeChunks(fakeSweep(rows), chunkRows);
    const written = await fakeFile(path, format, sweepSchema(fakeSweep(rows)), chunks);
    const bytes = readFileSync(path);
    expect(written).toMatchObject({ rows, bytes: bytes.length });
    expect(chunks.log).toEqual({ released: Math.ceil(rows / chunkRows), ended: true });
    for (const read of Object.values(readers)) expect(read(bytes)).toEqual(expected(rows));
  });

  test("the schema's and the fields' metadata come back", async () => {
    const path = join(folder, name);
    const schema = sweepSchema(fakeSweep(5));
    await fakeFile(path, format, schema, fakeChunks(fakeSweep(5), 8));
    const bytes = readFileSync(path);
    expect(tableFromIPC(bytes).schema.metadata).toEqual(schema.metadata);
    const other = flechetteTable(bytes).schema;
    expect(other.metadata).toEqual(schema.metadata);
    expect(other.fields.map((f) => f.metadata)).toEqual(schema.fields.map((f) => f.metadata));
    expect(other.fields.every((f) => !f.nullable)).toBe(true);
  });
});

test("a file is magic, padding, a whole stream, footer, its length, magic", async () => {
  const schema = sweepSchema(fakeSweep(20));
  const [file, stream] = await Promise.all(
    (["arrow", "stream"] as const).map(async (format) => {
      const parts: Uint8Array[] = [];
      const write = async (next: readonly Uint8Array[]) => {
        for (const part of next) parts.push(Uint8Array.from(part));
      };
      await writeFake(format, schema, fakeChunks(fakeSweep(20), 8), { write });
      return Buffer.concat(parts);
    }),
  );
  expect(file.subarray(0, 8).toString("latin1")).toBe("ARROW1\0\0");
  expect(file.subarray(8, 8 + stream.length)).toEqual(stream);
  const footer = file.readInt32LE(file.length - 10);
  expect(8 + stream.length + footer + 10).toBe(file.length);
  expect(file.subarray(-6).toString("latin1")).toBe("ARROW1");
});

test("encoded columns are the chunk's own memory; a record batch outlives it", async () => {
  const schema = sweepSchema(fakeSweep(3));
  const encoder = await createEncoder("arrow", schema);
  for await (const chunk of fakeChunks(fakeSweep(3), 3)) {
    const [, , , third] = await encoder.batch(chunk);
    expect(third.buffer).toBe(chunk.columns[2].buffer);
    const owned = ownedBatch(schema, chunk);
    chunk.release();
    expect(owned.getChild("T_A")!.get(0)).toBe(fakeValue(2, 0));
    expect(owned.getChild("status")!.get(2)).toBe(2);
  }
});

describe.each(formats)("%s", (format) => {
  test("the tail after skipped chunks is that after encoded ones", async () => {
    const schema = sweepSchema(fakeSweep(20));
    const [seen, skipped] = [
      await createEncoder(format, schema),
      await createEncoder(format, schema),
    ];
    await seen.head();
    for await (const chunk of fakeChunks(fakeSweep(20), 8)) {
      const bytes = Buffer.concat(await seen.batch(chunk));
      expect(bytes.subarray(0, -8 * chunk.columns.length * chunk.rows - 8)).toEqual(
        Buffer.from(skipped.header!(chunk.rows)),
      );
      skipped.skip!(chunk.rows, bytes.length);
    }
    expect(Buffer.concat(await skipped.tail())).toEqual(Buffer.concat(await seen.tail()));
  });
});

test("an output that fails stops the chunks and keeps their memory from being used again", async () => {
  const chunks = fakeChunks(fakeSweep(100), 8);
  let writes = 0;
  const output = {
    write: async () => {
      if (++writes === 3) throw new Error("full");
    },
  };
  await expect(writeFake("stream", sweepSchema(fakeSweep(100)), chunks, output)).rejects.toThrow(
    "full",
  );
  expect(chunks.log).toEqual({ released: 1, ended: true });
});
