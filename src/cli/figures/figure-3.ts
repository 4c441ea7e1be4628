import { asItIs, type Figure, parameters } from "./figure.ts";
import { drawPopulations } from "./populations.ts";

/** Fig. 3: all in the ground state at T = 0, equally populated as T grows. */
export const figure3: Figure = {
  name: "fig3",
  spec: "figure-3.yaml",
  sweeps: [asItIs],
  draw: ([results]) =>
    drawPopulations(
      results,
      {
        title: "Fig. 3. Populations of the qubit pair in equilibrium",
        subtitle: `Lindblad (3.50), {T} = {T}_{A} = {T}_{B}, ${parameters}`,
      },
      { x: [0, 10], y: [0, 1] },
    ),
};
