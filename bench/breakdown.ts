// Where a row's time goes: `npm run bench:breakdown` draws docs/figures/performance.svg.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { kernelSubject } from "./kernels.ts";

/** The stage a function of `assembly/` belongs to. */
const stages: readonly (readonly [RegExp, string])[] = [
  [/prepareQubitPair|preparePair|writeFrequency|sqrt/, "energies, α, β"],
  [/Temperature|checkSpectrum|invert|oltzmann|fillCoupling|power|fillBias/, "exp(−ω/T), baths"],
  [/fillCorrelations|fillPairRates/, "rates"],
  [/eliminate/, "elimination"],
  [/Transition|solveClose|combine|copyShares|solveRows|fillDrive/, "closed form, out"],
  [/fillPairCurrent|check|solveNumericPair/, "currents, residual"],
  [/finish|status|blank|storeBars|inside|memory|Rejected/, "status, results out"],
  [/Parameters|prepare$|evaluate|solveBlock/, "parameters in"],
];

function stageOf(name: string): string {
  const short = name.split("/").at(-1)!;
  return stages.find(([pattern]) => pattern.test(short))?.[1] ?? "grid columns (JS)";
}

/** Share of each stage in the samples of a second of evaluation. */
async function sharesOf(work: string, equation: string, method: string) {
  const module = new WebAssembly.Module(readFileSync("bench/native/build/named.wasm"));
  const { wasm } = kernelSubject(work, equation, method, module);
  for (let k = 0; k < 300; k++) wasm.run();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 100 });
  await session.post("Profiler.start");
  const start = performance.now();
  while (performance.now() - start < 3000) wasm.run();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const counts = new Map<string, number>();
  let all = 0;
  for (const { callFrame, hitCount = 0 } of profile.nodes) {
    if (/idle|program|garbage/.test(callFrame.functionName)) continue;
    const stage = stageOf(callFrame.functionName);
    counts.set(stage, (counts.get(stage) ?? 0) + hitCount);
    all += hitCount;
  }
  return [...counts].map(([stage, count]) => ({ work, stage, share: (100 * count) / all }));
}

mkdirSync("bench/native/build", { recursive: true });
const asc = ["asc", "assembly/index.ts", "--target", "release", "--debug"];
const built = spawnSync("npx", [...asc, "--outFile", "bench/native/build/named.wasm"]);
if (built.status !== 0) throw new Error(built.stderr.toString());
const shares = [
  ...(await sharesOf("Lindblad, closed", "lindblad", "closed")),
  ...(await sharesOf("Redfield, numeric", "redfield", "lu")),
];
for (const { work, stage, share } of shares) {
  process.stdout.write(`${work} | ${stage} | ${share.toFixed(1)} %\n`);
}
const { document } = parseHTML("<html><body></body></html>");
const svg = Plot.plot({
  document,
  width: 720,
  height: 190,
  marginLeft: 130,
  style: { fontFamily: "sans-serif" },
  x: { label: "share of a row's time, %" },
  y: { label: null },
  color: { legend: false, scheme: "Tableau10" },
  marks: [
    Plot.barX(shares, Plot.stackX({ x: "share", y: "work", fill: "stage" })),
    Plot.text(
      shares.filter(({ share }) => share > 5),
      Plot.stackX({
        x: "share",
        y: "work",
        z: "stage",
        text: ({ stage, share }: (typeof shares)[number]) =>
          `${stage.replaceAll(/, | /g, "\n")}\n${share.toFixed(0)} %`,
        fontSize: 9,
        fill: "black",
      }),
    ),
  ],
});
svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
writeFileSync("docs/figures/performance.svg", `${svg.outerHTML}\n`);
