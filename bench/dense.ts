// Assembly, elimination and currents of four levels with all their coherences, 16 real unknowns, beside
// the dense complex 16 × 16 solve that they are without Hermiticity: `npm run bench:dense`.

import * as common from "../assembly/layout.ts";
import { BATH_STAGE, EACH_ROW } from "../assembly/tape-layout.ts";
import { createMemory, memoryMap, writeConstants } from "../src/engine/memory.ts";
import { slotLayout } from "../src/engine/slot.ts";
import { planOf } from "../src/engine/sweep-plan.ts";
import { lineModule } from "../src/engine/wasm/line-module.ts";
import { instantiate } from "../src/engine/wasm/wasm-engine.ts";
import { chunkEvaluator } from "../src/pool/chunk-evaluator.ts";
import { createEngine } from "../src/engine/engine.ts";
import { parseSpec } from "../src/spec/parse-spec.ts";
import { lineStages } from "./line-stages.ts";
import { luSubject } from "./lu.ts";
import { namedModule, profile } from "./profile.ts";

const ROWS = 2048;
const bath = { spectrum: "power", g: 0.01, exponent: 1, cutoff: 50 };
const sweep = parseSpec({
  model: {
    factors: [2, 2],
    hamiltonian: "1/2*sz(1) + 1.1/2*sz(2) + 0.1*(sx(1) + sx(2)) + J*sx(1)*sx(2)",
    parameters: { J: 0.2 },
    baths: { A: { coupling: "sx(1)" }, B: { coupling: "sx(2)" } },
  },
  equation: "redfield",
  T_B: 1,
  bath_A: bath,
  bath_B: bath,
  sweep: [{ J: { linspace: [0.05, 0.4, 1000] } }, { T_A: { linspace: [0.5, 4.5, 1000] } }],
  columns: ["populations", "currents"],
});

/** The stage a function of `assembly/` belongs to. */
const stages: readonly (readonly [RegExp, string])[] = [
  [/Gains|Losses|Elements|Rates|Row|assemble|Population|Coherence/, "assembly"],
  [/Real|scale|exchange|solveSystem|solveRelative|swapLane|findGround/, "elimination"],
  [/fillFlows/, "currents"],
];

const plan = planOf(sweep);
const layout = slotLayout(sweep, plan, ROWS);
const map = memoryMap(plan, layout, 1);
const memory = createMemory(map);
writeConstants(memory, map, layout);
const module = namedModule();
const compiled = lineModule(plan.words, sweep.rows);
const job = { axes: sweep.axes, plan, layout, map, memory, module, line: compiled };
const evaluate = chunkEvaluator(job, createEngine(job));
const kernels = instantiate(module, memory);
const line = () => evaluate({ slot: 0, firstRow: 0, rows: ROWS });
// the plan of the general kernel stands behind that of the straight line
const general = () =>
  kernels.evaluateSystem(map.plan + 4 * plan.words[common.FALLBACK], map.slots[0], ROWS);

/** Least time of a run in ns a unit, of 200. */
function least(run: () => unknown, count: number, reset?: () => void): number {
  let best = Infinity;
  for (let k = 0; k < 200; k++) {
    reset?.();
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return (1e6 * best) / count;
}

const lu = luSubject(16);
const whole = least(line, ROWS);
const complex = least(lu.wasm.run, lu.count, lu.wasm.reset);
const row = least(general, ROWS);

/** The time of a run by stage, from the share of each function. */
async function partsOf(run: () => void, time: number, stageOf: (name: string) => string) {
  const parts = new Map<string, number>();
  for (const [name, share] of await profile(run)) {
    const stage = stageOf(name);
    parts.set(stage, (parts.get(stage) ?? 0) + share * time);
  }
  return parts;
}

/** The straight line's own time, shared among stages as its operations are; T of the first bath is new in each row. */
async function lineParts(): Promise<ReadonlyMap<string, number>> {
  // the functions of a compiled tape have no names
  const own = (name: string) => (name.startsWith("wasm-function") ? "tape" : "the rest");
  const { tape = 0, ...rest } = Object.fromEntries(await partsOf(line, whole, own));
  const counts = lineStages(plan.words, EACH_ROW | BATH_STAGE);
  const all = [...counts.values()].reduce((sum, count) => sum + count);
  const shares = [...counts].map(([stage, count]) => [stage, (tape * count) / all] as const);
  return new Map([...shares, ...Object.entries(rest)]);
}

const stageOf = (name: string) => stages.find(([pattern]) => pattern.test(name))?.[1] ?? "the rest";
const below = (parts: ReadonlyMap<string, number>) =>
  [...parts].map(([stage, ns]) => [`- ${stage}`, ns] as const);
const lines = [
  ["dense complex LU and solve, 16 × 16", complex],
  ["a row by the straight line", whole],
  ...below(await lineParts()),
  ["a row by the general kernel", row],
  ...below(await partsOf(general, row, stageOf)),
] as const;
for (const [name, ns] of lines) {
  process.stdout.write(`${name} | ${ns.toFixed(0)} ns | ${((100 * ns) / complex).toFixed(0)} %\n`);
}
