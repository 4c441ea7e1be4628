// Wall clock and memory of whole sweeps: `npm run bench:wall [-- --write] [-- file threads shell memory]`.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { machineLines } from "../machine.ts";
import { fileBench } from "./file.ts";
import { memoryBench } from "./memory.ts";
import { shellBench } from "./shell.ts";
import { threadsBench } from "./threads.ts";

const folder = mkdtempSync(join(process.env.QHEAT_BENCH_DIR ?? tmpdir(), "qheat-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const cli = resolve("dist/node/program.cjs");
const benches = {
  file: () => fileBench(folder, cli),
  threads: threadsBench,
  shell: () => shellBench(folder, cli),
  memory: () => memoryBench(folder, cli),
};
const asked = process.argv.slice(2).filter((argument) => argument in benches);
const lines: string[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length === 0 || asked.includes(name)) lines.push(...(await bench()));
}
const table = `# Whole sweeps, wall clock

Medians of five to seven rounds, all works of a line in turn. Made by \`npm run bench:wall\`; files go to
the system's temporary folder, or to \`QHEAT_BENCH_DIR\`.

${machineLines()}

| work | measured | goal |
| --- | --- | --- |
${lines.join("\n")}
`;
process.stdout.write(table);
if (process.argv.includes("--write")) writeFileSync("bench/wall/results.md", table);
