// Where a row's time goes: `npm run bench:breakdown` draws docs/figures/performance.svg.

import { writeFileSync } from "node:fs";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { kernelSubject } from "./kernels.ts";
import { namedModule, profile } from "./profile.ts";

/** The stage a function of `assembly/` belongs to. */
const stages: readonly (readonly [RegExp, string])[] = [
  [/prepareQubitPair|preparePair|writeFrequency|sqrt/, "energies, α, β"],
  [
    /Temperature|checkSpectrum|invert|oltzmann|fillRatesAt|fillCoupling|power|fillBias/,
    "exp(−ω/T), baths",
  ],
  [/Determinant|<Standard>|<Printed>|solveNumericPair/, "steady state, currents, status"],
  [/Transitions|areApart|solveRows|solveClosed|fillDrive/, "closed form, out"],
  [/finish|status|blank|storeBars|inside|memory|Rejected/, "status, results out"],
  [/Parameters|prepare$|evaluate|solveBlock/, "parameters in"],
];

function stageOf(name: string): string {
  return stages.find(([pattern]) => pattern.test(name))?.[1] ?? "grid columns";
}

/** Share of each stage in a row's time. */
async function sharesOf(work: string, equation: string, method: string) {
  const { wasm } = kernelSubject(work, equation, method, namedModule());
  const shares = new Map<string, number>();
  for (const [name, share] of await profile(wasm.run)) {
    const stage = stageOf(name);
    shares.set(stage, (shares.get(stage) ?? 0) + 100 * share);
  }
  return [...shares].map(([stage, share]) => ({ work, stage, share }));
}

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
