// What others need for the same rows, in one run: `npm run bench:peers [-- --write]`.

import { existsSync, writeFileSync } from "node:fs";
import { kernelSubject } from "../kernels.ts";
import { luSubject } from "../lu.ts";
import { machineLines } from "../machine.ts";
import { native } from "../native.ts";
import { runJson } from "../run-json.ts";
import type { Subject } from "../subject.ts";
import { median } from "../wall/timing.ts";

/** Median ns a unit of the WebAssembly side over two seconds, after one in which it is compiled. */
function wasmNs({ wasm, count }: Subject): number {
  const samples: number[] = [];
  const start = performance.now();
  while (performance.now() - start < 3000) {
    wasm.reset?.();
    const before = performance.now();
    wasm.run();
    const after = performance.now();
    if (after - start > 1000) samples.push(((after - before) * 1e6) / count);
  }
  return median(samples);
}

const subjects = {
  closed: kernelSubject("closed", "lindblad", "closed"),
  redfield: kernelSubject("redfield", "redfield", "lu"),
  lu16: luSubject(16),
};
const works = Object.keys(subjects) as (keyof typeof subjects)[];
const python = "bench/peers/.venv/bin/python";
const peer = (name: string) =>
  existsSync(python)
    ? runJson(python, ["bench/peers/peer.py", name])
    : "skipped: run bench/peers/setup.sh";

const ours = Object.fromEntries(works.map((work) => [work, wasmNs(subjects[work])]));
const others = {
  "C++, 128-bit": native("vectors-128", ["-mno-avx"]),
  "C++, -march=native": native("native", ["-march=native"]),
  "NumPy, batched": peer("numpy"),
  Numba: peer("numba"),
  "JAX, jit": peer("jax"),
  QuTiP: peer("qutip"),
};
const lines = Object.entries(others).map(([name, figures]) => {
  if (typeof figures === "string") return `| ${name} | ${figures} | | |`;
  const cells = works.map((work) => {
    const ns = figures[work];
    return ns === undefined ? "" : `${ns.toPrecision(3)} (${(ours[work] / ns).toPrecision(2)})`;
  });
  return `| ${name} | ${cells.join(" | ")} |`;
});
const table = `# Peers on one core

ns a row, or a system; in brackets what qheat takes in units of it. One run, one thread each, chunks of
16,384 rows (8,192 in Python) of the grid of (λ, T_A), six result columns. Made by \`npm run bench:peers\`.

${machineLines()}

| | Lindblad, closed | Redfield, numeric | complex LU, 16 × 16 |
| --- | --- | --- | --- |
| qheat | ${works.map((work) => ours[work].toPrecision(3)).join(" | ")} |
${lines.join("\n")}
`;
process.stdout.write(table);
if (process.argv.includes("--write")) writeFileSync("bench/peers/results.md", table);
