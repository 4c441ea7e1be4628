import { writeFileSync } from "node:fs";
import * as prettier from "prettier";
import { createEngine } from "../../src/engine/engine.ts";
import { createMemory, memoryMap, writeConstants } from "../../src/engine/memory.ts";
import { slotLayout } from "../../src/engine/slot.ts";
import { planOf } from "../../src/engine/sweep-plan.ts";
import { lineModule } from "../../src/engine/wasm/line-module.ts";
import { kernelModule } from "../../src/engine/wasm/module.ts";
import { chunkEvaluator } from "../../src/pool/chunk-evaluator.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { machineLines } from "../machine.ts";

const ohmic = { spectrum: "power", g: 0.01, exponent: 1, cutoff: 50 };
const flat = { spectrum: "flat", g: 1 };
const grid = [{ lambda: { linspace: [0.05, 1.3, 1000] } }, { T_A: { linspace: [0.5, 4.5, 1000] } }];
const pair = { omega_1: 1, omega_2: 2, T_B: 1, bath_A: flat, bath_B: flat, sweep: grid };
const written = {
  factors: [2, 2],
  hamiltonian: "omega_1/2*sz(1) + omega_2/2*sz(2) + lambda*(sp(1)*sm(2) + sm(1)*sp(2))",
  parameters: { omega_1: 1, omega_2: 2, lambda: 0.5 },
  baths: { A: { coupling: "sm(1)" }, B: { coupling: "sm(2)" } },
};
const columns = ["populations", "currents"];

/** Qubits in a row; without the tilt of their fields, parity halves the unknowns. */
function chain(qubits: number, tilt: number) {
  const each = Array.from({ length: qubits }, (_, k) => k + 1);
  const fields = each.map((k) => `${1 + 0.1 * k}/2*sz(${k})${tilt ? ` + ${tilt}*sx(${k})` : ""}`);
  const bonds = each.slice(1).map((k) => `J*sx(${k - 1})*sx(${k})`);
  return {
    model: {
      factors: each.map(() => 2),
      hamiltonian: [...fields, ...bonds].join(" + "),
      parameters: { J: 0.2 },
      baths: { A: { coupling: "sx(1)" }, B: { coupling: `sx(${qubits})` } },
    },
    T_B: 1,
    bath_A: ohmic,
    bath_B: ohmic,
    sweep: [{ J: { linspace: [0.05, 0.4, 1000] } }, { T_A: { linspace: [0.5, 4.5, 1000] } }],
    columns,
  };
}

/** Another pair whose Hamiltonian is the fast axis: nothing is kept from row to row. */
const turned = {
  ...pair,
  T_A: 2,
  sweep: [{ g_A: { linspace: [0.5, 1.5, 1000] } }, { lambda: { linspace: [0.05, 1.3, 1000] } }],
};

interface Subject {
  readonly name: string;
  readonly spec: object;
  /** Rows an iteration evaluates. */
  readonly rows: number;
}

/** The same rows by the built-in model, then by the model written as a spec. */
function both(name: string, spec: object, builtIn: object, rows: number): readonly Subject[] {
  return [
    { name: `pair, built in, ${name}`, rows, spec: { ...spec, model: "qubit-pair", ...builtIn } },
    { name: `pair, from a spec, ${name}`, rows, spec: { ...spec, model: written } },
  ];
}

const redfield = { equation: "redfield" };
const subjects: readonly Subject[] = [
  ...both("Lindblad", { ...pair, columns }, { method: "lu" }, 8192),
  ...both("Redfield", { ...pair, columns, ...redfield }, {}, 8192),
  ...both("Redfield, λ the fast axis", { ...turned, columns, ...redfield }, {}, 4096),
  { name: "4 levels, Lindblad", rows: 4096, spec: chain(2, 0.1) },
  { name: "4 levels, Redfield", rows: 2048, spec: { ...chain(2, 0.1), ...redfield } },
  { name: "8 levels, Lindblad", rows: 1024, spec: chain(3, 0.1) },
  { name: "8 levels, parity, Redfield", rows: 256, spec: { ...chain(3, 0), ...redfield } },
  { name: "8 levels, Redfield", rows: 128, spec: { ...chain(3, 0.1), ...redfield } },
  { name: "16 levels, Lindblad", rows: 128, spec: chain(4, 0.1) },
  { name: "16 levels, parity, Redfield", rows: 8, spec: { ...chain(4, 0), ...redfield } },
  { name: "16 levels, Redfield", rows: 2, spec: { ...chain(4, 0.1), ...redfield } },
];

const ROUNDS = 200;

const runs = subjects.map(({ spec, rows }) => {
  const sweep = parseSpec(spec);
  const plan = planOf(sweep);
  const layout = slotLayout(sweep, plan, rows);
  const map = memoryMap(plan, layout, 1);
  const memory = createMemory(map);
  writeConstants(memory, map, layout);
  const line = lineModule(plan.words, sweep.rows);
  const job = { axes: sweep.axes, plan, layout, map, memory, module: kernelModule(), line };
  const evaluate = chunkEvaluator(job, createEngine(job));
  let chunk = 0;
  const run = () => {
    const start = performance.now();
    evaluate({ slot: 0, firstRow: rows * (chunk++ % 60), rows });
    return (1e6 * (performance.now() - start)) / rows;
  };
  run();
  return { run, unknowns: plan.unknowns, times: [] as number[] };
});
// one after the other in every round, so that what else the machine does falls on all alike
for (let round = 0; round < ROUNDS; round++) {
  for (const { run, times } of runs) times.push(run());
}

const best = runs.map(({ times }) => Math.min(...times));
const rows = subjects.map(({ name, spec }, k) => {
  // what a spec writes stands behind the built-in one
  const ratio = "model" in spec && spec.model === written ? best[k] / best[k - 1] : undefined;
  const beside = ratio === undefined ? "" : `${ratio.toFixed(2)} × the built-in`;
  return `| ${name} | ${runs[k].unknowns} | ${Number((best[k] / 1000).toPrecision(3))} | ${beside} |`;
});
const table = `# Systems from a spec, on one core

Microseconds a row in WebAssembly, from grid coordinates to results in memory: populations, currents, status.
The least of ${ROUNDS} rounds that take the subjects in turn. The slow axis is in the Hamiltonian, the fast one a
temperature, as in most maps, but where λ is the fast axis. Chains of qubits between Ohmic baths; a tilt of
their fields breaks the parity that would halve the unknowns. Made by \`npm run bench:systems\`.

${machineLines()}

| system | real unknowns | µs a row | |
| --- | ---: | ---: | --- |
${rows.join("\n")}
`;
process.stdout.write(table);
writeFileSync(
  "bench/systems/results.md",
  await prettier.format(table, { parser: "markdown", printWidth: 100 }),
);
