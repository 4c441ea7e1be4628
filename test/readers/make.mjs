// Writes a sweep in every format into the folder given, and what readers have to find: its columns as
// doubles one after the other (expected.bin), their names and all metadata (expected.json).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sweep } from "../../dist/src/index.js";

const [folder] = process.argv.slice(2);
const spec = JSON.parse(readFileSync(new URL("spec.json", import.meta.url), "utf8"));
const table = await sweep(spec).toTable();
const { fields, metadata } = table.schema;
const columns = fields.map(({ name }) => Float64Array.from(table.getChild(name).toArray()));
writeFileSync(
  join(folder, "expected.bin"),
  Buffer.concat(columns.map((c) => Buffer.from(c.buffer))),
);
writeFileSync(
  join(folder, "expected.json"),
  JSON.stringify({
    rows: table.numRows,
    metadata: Object.fromEntries(metadata),
    fields: fields.map((f) => ({ name: f.name, metadata: Object.fromEntries(f.metadata) })),
  }),
);
for (const name of ["x.arrow", "x.arrows", "x.parquet", "x.csv"]) {
  await sweep(spec).toFile(join(folder, name));
}
for (const compress of ["zstd", "lz4"]) {
  for (const kind of ["arrow", "arrows"]) {
    await sweep(spec).toFile(join(folder, `x.${compress}.${kind}`), { compress });
  }
}
