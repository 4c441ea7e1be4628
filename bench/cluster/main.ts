// What a sweep in shards costs: `npm run bench:cluster [-- --write]` measures, and with --write puts the
// figures into docs/cluster.md, bench/cluster/measured.json and docs/figures/cluster.svg.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as prettier from "prettier";
import { drawModel } from "./draw.ts";
import { measure } from "./measure.ts";
import { modelTables } from "./table.ts";

const DOCS = "docs/cluster.md";
const BETWEEN = /(?<=<!-- measured -->\n)[^]*(?=<!-- \/measured -->)/;

const folder = mkdtempSync(join(tmpdir(), "qheat-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const measured = measure(folder, resolve("dist/src/cli/main.js"));
const tables = modelTables(measured);
process.stdout.write(tables);
if (process.argv.includes("--write")) {
  writeFileSync("bench/cluster/measured.json", `${JSON.stringify(measured, null, 2)}\n`);
  writeFileSync("docs/figures/cluster.svg", drawModel(measured));
  const text = readFileSync(DOCS, "utf8").replace(BETWEEN, `\n${tables}\n`);
  writeFileSync(DOCS, await prettier.format(text, { parser: "markdown", printWidth: 100 }));
}
