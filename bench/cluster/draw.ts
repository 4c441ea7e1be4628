import type { Line } from "../../src/plot/line-panel.ts";
import { linePanel } from "../../src/plot/line-panel.ts";
import { page } from "../../src/plot/page.ts";
import { dashes, distinct } from "../../src/plot/palette.ts";
import { type Measured, mergeSeconds, shardsFor, sweepSeconds } from "./model.ts";

const HOUR = 3600;
const MOST_CORES = 1e4;
const POINTS = 161;
const scales = [
  { rows: 1e9, text: "10⁹ rows" },
  { rows: 1e12, text: "10¹² rows" },
] as const;

/** Hours of a sweep against cores, on logarithmic axes, and of the merge that comes after it. */
export function drawModel(measured: Measured): string {
  const x = Float64Array.from({ length: POINTS }, (_, k) =>
    Math.round(MOST_CORES ** (k / (POINTS - 1))),
  );
  const all = scales.flatMap(({ rows, text }, s) => [
    ...measured.works.map((work, w) => ({
      label: `${text}, ${work.name.split(",")[0]}`,
      color: distinct[w],
      dash: dashes[s],
      y: x.map((cores) => {
        const shards = shardsFor(work, rows, cores);
        return sweepSeconds(measured, work, { rows, cores, shards }) / HOUR;
      }),
    })),
    {
      label: `${text}, merged by one process`,
      color: distinct[4],
      dash: dashes[s],
      y: x.map(() => mergeSeconds(measured, measured.works[0], rows) / HOUR),
    },
  ]);
  const panel = linePanel({
    x: { label: "cores", log: true, domain: [1, MOST_CORES] },
    y: { label: "hours", log: true },
    lines: all.map(({ y, color, dash }): Line => ({ x, y, color, dash })),
    legend: all.map(({ label, color, dash }) => ({ label, color, dash })),
  });
  return page(
    {
      title: "What a sweep in shards costs",
      subtitle:
        "Modelled from a shard's start, rows a second on one core, and a merge, all measured",
      notes: [
        "shards of ten minutes, or one for each core; the engine's own waiting is not counted",
      ],
    },
    [panel],
  );
}
