import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Field, Float64, Schema } from "apache-arrow";
import { expect, test } from "vitest";
import { sweepSchema } from "../../src/arrow/schema.ts";
import { csvEncoder } from "../../src/csv/csv-encoder.ts";
import { sweep } from "../../src/index.ts";
import { fakeChunks, fakeFile, fakeSweep, fakeValue } from "../arrow/fake-sweep.ts";
import { scratchFolder } from "../arrow/scratch.ts";

const folder = scratchFolder();

const spec = {
  model: "qubit",
  omega_0: 1,
  T_B: 1,
  bath_A: { spectrum: "flat", g: 1 },
  bath_B: { spectrum: "flat", g: 1 },
  sweep: [{ T_A: { linspace: [1, 2, 20] } }],
};

// 4096 rows make a text: its edges are crossed too
test.each([
  [1, 1],
  [16, 8],
  [1000, 37],
  [8200, 8195],
])("%i rows in chunks of %i: every number reads back bit for bit", async (rows, chunkRows) => {
  const path = join(folder, "x.csv");
  const schema = sweepSchema(fakeSweep(rows));
  const written = await fakeFile(path, "csv", schema, fakeChunks(fakeSweep(rows), chunkRows));
  const text = readFileSync(path, "utf8");
  expect(written).toMatchObject({ rows, bytes: text.length });
  const [header, ...lines] = text.trimEnd().split("\n");
  const names = schema.fields.map(({ name }) => name);
  expect(header).toBe(names.join(","));
  const cells = lines.map((line) => line.split(",").map(Number));
  expect(cells).toEqual(
    Array.from({ length: rows }, (_, row) =>
      names.map((name, c) => (name === "status" ? row % 32 : fakeValue(c, row))),
    ),
  );
});

test("the metadata stand beside it, with the checksum of the file", async () => {
  const path = join(folder, "y.csv");
  const result = sweep(spec, { chunkRows: 8 });
  const { schema } = result;
  await result.toFile(path);
  expect(readdirSync(folder).filter((name) => name.startsWith("y"))).toEqual([
    "y.csv",
    "y.csv-metadata.json",
  ]);
  const metadata = JSON.parse(readFileSync(`${path}-metadata.json`, "utf8"));
  const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
  expect(metadata).toMatchObject({
    "@context": "http://www.w3.org/ns/csvw",
    url: "y.csv",
    notes: [{ ...Object.fromEntries(schema.metadata), sha256 }],
  });
  expect(metadata.tableSchema.columns).toHaveLength(schema.fields.length);
  expect(metadata.tableSchema.columns[0]).toEqual({
    name: "T_A",
    titles: "T_A",
    datatype: "double",
    "schema:unitText": "energy",
    "dc:description": "temperature of bath A",
  });
  expect(metadata.tableSchema.columns.at(-1)).toMatchObject({ datatype: "unsignedByte" });
});

test("a name with a comma or a quote is quoted", async () => {
  const fields = ["a", "b,c", 'd"e'].map((name) => new Field(name, new Float64()));
  const head = Buffer.concat(await csvEncoder(new Schema(fields)).head());
  expect(head.toString()).toBe('a,"b,c","d""e"\n');
});

test("a device takes the rows and gets no file beside it", async () => {
  const written = await sweep(spec).toFile("/dev/null", { format: "csv" });
  expect(written.rows).toBe(20);
  expect(readdirSync("/dev").filter((name) => name.startsWith("null"))).toEqual(["null"]);
});
