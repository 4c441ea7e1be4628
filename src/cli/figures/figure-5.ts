import type { Remark } from "../../plot/line-panel.ts";
import { symbolOf } from "../../plot/symbol.ts";
import { asItIs, type Figure, parameters, type Results } from "./figure.ts";
import { drawPopulations, meanTemperature } from "./populations.ts";

/** Fig. 5: the paper's Redfield solution has negative populations. */
export const figure5: Figure = {
  name: "fig5",
  spec: "figure-5.yaml",
  sweeps: [asItIs],
  draw: ([results]) =>
    drawPopulations(
      results,
      {
        title: "Fig. 5. Populations of the qubit pair, driven",
        subtitle: `Redfield (3.70)–(3.72), ({T}_{A} − {T}_{B})/2 = 5, ${parameters}`,
      },
      { x: [5, 8] },
      [
        zero(results, "rho_33", { dx: -8, dy: -14, anchor: "end" }),
        zero(results, "rho_44", { dx: 8, dy: 16 }),
      ],
    ),
};

/** Where a population ceases to be negative, between two rows on a straight line. */
function zero(results: Results, name: string, place: Pick<Remark, "dx" | "dy" | "anchor">): Remark {
  const T = meanTemperature(results);
  const population = results(name);
  const row = population.findIndex((value) => value >= 0);
  const [before, after] = [population[row - 1], population[row]];
  const x = T[row] - ((T[row] - T[row - 1]) * after) / (after - before);
  const text = `${symbolOf(name)} = 0 at {T} = ${x.toFixed(3)}`;
  return { x, y: 0, text, dot: true, ...place };
}
