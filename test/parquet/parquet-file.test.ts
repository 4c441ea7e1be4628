import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { readParquet } from "parquet-wasm";
import { expect, test } from "vitest";
import { createEncoder } from "../../src/arrow/encoder.ts";
import { sweepSchema } from "../../src/arrow/schema.ts";
import { writeChunks } from "../../src/output/write-chunks.ts";
import { numberBatches } from "../../src/tables/number-batches.ts";
import { readContents } from "../../src/tables/read-contents.ts";
import { fakeChunks, fakeSweep, fakeValue } from "../arrow/fake-sweep.ts";
import { scratchFolder } from "../arrow/scratch.ts";

const folder = scratchFolder();
const path = join(folder, "x.parquet");

async function write(rows: number, chunkRows: number) {
  const chunks = fakeChunks(fakeSweep(rows), chunkRows);
  const written = await writeChunks(path, "parquet", sweepSchema(fakeSweep(rows)), chunks);
  expect(chunks.log).toEqual({ released: Math.ceil(rows / chunkRows), ended: true });
  return written;
}

function bits(values: Iterable<number>): Buffer {
  return Buffer.from(Float64Array.from(values).buffer);
}

// 2^18 rows make a row group
test.each([
  [1, 1, 1],
  [3, 8, 1],
  [1000, 37, 1],
  [2 ** 18 + 1, 65536, 2],
])(
  "%i rows in chunks of %i read back bit for bit, in %i groups",
  async (rows, chunkRows, groups) => {
    const written = await write(rows, chunkRows);
    const bytes = readFileSync(path);
    expect(written).toMatchObject({ rows, bytes: bytes.length });
    const table = tableFromIPC(readParquet(bytes).intoIPCStream());
    const schema = sweepSchema(fakeSweep(rows));
    expect(table.schema.fields.map(String)).toEqual(schema.fields.map(String));
    for (const [c, { name }] of schema.fields.entries()) {
      const values = table.getChild(name)!.toArray() as Float64Array | Uint8Array;
      const value = (row: number) => (name === "status" ? row % 32 : fakeValue(c, row));
      const expected = bits(Array.from({ length: rows }, (_, row) => value(row)));
      expect(Buffer.compare(bits(values), expected), name).toBe(0);
    }
    let seen = 0;
    const contents = await readContents(path, (status) => (seen += status.length));
    expect(contents).toMatchObject({ format: "parquet", rows, batches: groups });
    expect(seen).toBe(rows);
  },
);

test("the schema's and the fields' metadata come back, and qheat.spec to tools without Arrow", async () => {
  await write(5, 8);
  const { schema } = await readContents(path, () => {});
  const expected = sweepSchema(fakeSweep(5));
  expect(schema.metadata).toEqual(expected.metadata);
  expect(schema.fields).toEqual(
    expected.fields.map(({ name, type, metadata }) => ({ name, type: String(type), metadata })),
  );
  // the footer, uncompressed, holds key and value
  const text = readFileSync(path).toString("latin1");
  expect(text).toContain("qheat.spec");
  expect(text).toContain('{"model":"qubit-pair"}');
});

test("columns of numbers are read some rows at a time, only those asked for", async () => {
  await write(70_000, 65536);
  const found: number[] = [];
  for await (const batch of await numberBatches(path, { format: "parquet" }, ["T_A", "status"])) {
    expect([...batch.keys()]).toEqual(["T_A", "status"]);
    found.push(...batch.get("T_A")!);
  }
  const expected = Array.from({ length: 70_000 }, (_, row) => fakeValue(2, row));
  expect(Buffer.compare(bits(found), bits(expected))).toBe(0);
});

test("the same rows give the same bytes", async () => {
  const hashes = [];
  for (let k = 0; k < 5; k++) {
    await write(1000, 64);
    hashes.push(createHash("sha256").update(readFileSync(path)).digest("hex"));
  }
  expect(new Set(hashes).size).toBe(1);
});

test("an output that fails ends the encoder, and the error is the output's", async () => {
  const chunks = fakeChunks(fakeSweep(100), 8);
  const failing = {
    ...chunks,
    async *[Symbol.asyncIterator]() {
      let count = 0;
      for await (const chunk of chunks) {
        if (++count === 5) throw new Error("enough");
        yield chunk;
      }
    },
  };
  const before = readdirSync(folder);
  const writing = writeChunks(
    join(folder, "y.parquet"),
    "parquet",
    sweepSchema(fakeSweep(100)),
    failing,
  );
  await expect(writing).rejects.toThrow("enough");
  expect(readdirSync(folder)).toEqual(before);
  const encoder = await createEncoder("parquet", sweepSchema(fakeSweep(100)));
  encoder.abandon!();
  encoder.abandon!();
});
