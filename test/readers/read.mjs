// Reads the files of make.mjs with Node's readers and compares every bit and all metadata.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { setCompressionCodec, tableFromIPC as flechetteTable } from "@uwdata/flechette";
import { CompressionType, compressionRegistry, tableFromIPC } from "apache-arrow";
import { decompress as zstd } from "fzstd";
import lz4 from "lz4js";
import polars from "nodejs-polars";

const [folder] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
const names = expected.fields.map(({ name }) => name);
const { buffer, byteOffset, byteLength } = readFileSync(join(folder, "expected.bin"));
const values = new Float64Array(buffer, byteOffset, byteLength / 8);
const path = (kind) => join(folder, `x.${kind}`);
const bytesOf = (kind) => readFileSync(path(kind));

// neither reader has codecs of its own; what fzstd gives does not start at a multiple of eight
compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => zstd(bytes).slice() });
compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (bytes) => lz4.decompress(bytes) });
setCompressionCodec(CompressionType.ZSTD, { decode: (bytes) => zstd(bytes).slice() });
setCompressionCodec(CompressionType.LZ4_FRAME, { decode: (bytes) => lz4.decompress(bytes) });

const arrow = (kind) => {
  const table = tableFromIPC(bytesOf(kind));
  return {
    column: (name) => table.getChild(name).toArray(),
    metadata: table.schema.metadata,
    fields: table.schema.fields,
  };
};
const flechette = (kind) => {
  const table = flechetteTable(bytesOf(kind));
  return {
    column: (name) => table.getChild(name).toArray(),
    metadata: table.schema.metadata,
    fields: table.schema.fields,
  };
};
const frame = (data) => ({ column: (name) => data.getColumn(name).toArray() });
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const duckdb = async (kind) => {
  const reader = await connection.runAndReadAll(`SELECT * FROM '${path(kind)}'`);
  const columns = reader.getColumnsObject();
  if (kind === "csv") return { column: (name) => columns[name] };
  const query = `SELECT decode(value) FROM parquet_kv_metadata('${path(kind)}') WHERE key = 'qheat.spec'`;
  const [[spec]] = (await connection.runAndReadAll(query)).getRows();
  return { column: (name) => columns[name], metadata: new Map([["qheat.spec", spec]]) };
};

const readers = [
  ...["", "zstd.", "lz4."].flatMap((codec) => [
    ...["arrow", "arrows"].flatMap((format) => [
      ["apache-arrow", `${codec}${format}`, () => arrow(`${codec}${format}`)],
      ["flechette", `${codec}${format}`, () => flechette(`${codec}${format}`)],
    ]),
    ["nodejs-polars", `${codec}arrow`, () => frame(polars.readIPC(bytesOf(`${codec}arrow`)))],
    [
      "nodejs-polars",
      `${codec}arrows`,
      () => frame(polars.readIPCStream(bytesOf(`${codec}arrows`))),
    ],
  ]),
  ["nodejs-polars", "parquet", () => frame(polars.readParquet(bytesOf("parquet")))],
  ["nodejs-polars", "csv", () => frame(polars.readCSV(path("csv")))],
  ["DuckDB (Node)", "parquet", () => duckdb("parquet")],
  ["DuckDB (Node)", "csv", () => duckdb("csv")],
];

function check({ column, metadata, fields }) {
  for (const [c, name] of names.entries()) {
    const found = Float64Array.from(column(name), Number);
    if (found.length !== expected.rows) return `${name} has ${found.length} rows`;
    const wanted = values.subarray(c * expected.rows, (c + 1) * expected.rows);
    const row = found.findIndex((value, r) => !Object.is(value, wanted[r]));
    if (row >= 0) return `${name}[${row}] is ${found[row]}, not ${wanted[row]}`;
  }
  for (const [key, value] of metadata ?? []) {
    if (expected.metadata[key] !== value) return `metadata ${key}`;
  }
  if (!fields) return metadata ? "ok, spec" : "ok";
  if (metadata.size !== Object.keys(expected.metadata).length) return "metadata are not complete";
  const found = JSON.stringify(fields.map((f) => [f.name, Object.fromEntries(f.metadata)]));
  const wanted = JSON.stringify(expected.fields.map((f) => [f.name, f.metadata]));
  return found === wanted ? "ok, all metadata" : "metadata of the fields";
}

let failed = false;
for (const [reader, kind, read] of readers) {
  let outcome;
  try {
    outcome = check(await read());
  } catch (error) {
    outcome = String(error);
  }
  failed ||= !outcome.startsWith("ok");
  console.log(`${reader.padEnd(22)}${kind.padEnd(14)}${outcome}`);
}
process.exit(failed ? 1 : 0);
