import { writeFileSync } from "node:fs";
import { Bench, type Task } from "tinybench";
import { kernelSubject } from "./kernels.ts";
import { luSubject } from "./lu.ts";
import { machineLines } from "./machine.ts";
import { nativeTable } from "./native-table.ts";
import type { Subject } from "./subject.ts";

const subjects: Readonly<Record<string, Subject>> = {
  closed: kernelSubject("Lindblad, closed form", "lindblad", "closed"),
  lindblad: kernelSubject("Lindblad, numeric", "lindblad", "lu"),
  redfield: kernelSubject("Redfield, numeric", "redfield", "lu"),
  printed: kernelSubject("Redfield as (2.13) prints it, numeric", "redfield-eq213", "lu"),
  appendix: kernelSubject(
    "Redfield of the appendix, pivoted LU of size 6",
    "redfield-appendix",
    "lu",
  ),
  lu4: luSubject(4),
  lu6: luSubject(6),
  lu16: luSubject(16),
  lu64: luSubject(64, 32),
  lu256: luSubject(256, 2),
};

const bench = new Bench({ time: 1000, warmupTime: 300 });
let sink = 0;
for (const { name, wasm, js } of Object.values(subjects)) {
  for (const [side, { run, reset }] of Object.entries({ wasm, js })) {
    const options = { async: false, ...(reset && { beforeEach: reset }) };
    bench.add(`${name} ${side}`, () => void (sink += run()), options);
  }
}
await bench.run();
if (Number.isNaN(sink)) throw new Error("a benchmark computed nothing");

/** Median in ns a unit, and the half-width of the middle half of the samples in percent of it. */
function measured(task: Task | undefined, count: number) {
  const result = task?.result;
  if (result === undefined || !("latency" in result)) throw new Error(`${task?.name}: no result`);
  const { p50, p75, samplesCount } = result.latency;
  return { ns: (p50 * 1e6) / count, spread: (100 * (p75 - p50)) / p50, samples: samplesCount };
}

const figures = new Map<string, number>();
const rows = Object.entries(subjects).map(([key, { name, unit, count }]) => {
  const wasm = measured(bench.getTask(`${name} wasm`), count);
  const js = measured(bench.getTask(`${name} js`), count);
  figures.set(key, wasm.ns);
  const cell = ({ ns, spread }: typeof wasm) => `${ns.toFixed(0)} ns (+${spread.toFixed(1)} %)`;
  return `| ${name} | ${unit} | ${cell(wasm)} | ${cell(js)} | ${(js.ns / wasm.ns).toFixed(1)} |`;
});
const table = `# Kernels on one core

WebAssembly against the pure-JS twin, the same work on both sides, in one run and one thread. A row is
counted from its grid coordinates to its results in memory. Medians of at least a second each after
0.3 s of warming up; in brackets how far the third quartile lies above. Made by \`npm run bench\`.

${machineLines()}

| work | unit | wasm | js | js / wasm |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

Against plain C++ (\`bench/native\`: one row after the other, \`g++ -O3 -ffast-math\`, no guard, no status,
no care for low temperatures), in the same run:

${nativeTable(figures)}`;
process.stdout.write(table);
if (process.argv.includes("--write")) writeFileSync("bench/results.md", table);
