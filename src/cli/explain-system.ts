import type { SystemModel } from "../models/model.ts";
import { rowValues } from "../spec/row-values.ts";
import type { Sweep } from "../spec/sweep.ts";
import { largestStrength, levelsAt, strengthOf } from "../systems/levels-at.ts";
import { textTable } from "./text-table.ts";

/** |element|² below this fraction of the coupling's largest is rounding. */
const NEGLIGIBLE = 1e-24;

/** Spectrum, transitions, and which bath drives which, at the first row of a sweep. */
export function explainSystem(sweep: Sweep, { system, baths, parameters }: SystemModel): string {
  const values = rowValues(sweep, 0);
  const local = sweep.equation === "local";
  const { energies, couplings } = levelsAt(system, values, local);
  const point = parameters.map(({ name }) => `${name} = ${values.get(name)}`).join(", ");
  const states = local ? "states of the bare Hamiltonian, which the baths see" : "states";
  const levels = energies.map((energy, p) => [`|${p + 1}⟩`, numberText(energy)]);
  const transitions: string[][] = [];
  for (let q = 0; q < energies.length; q++) {
    for (let p = 0; p <= q; p++) {
      const driven = baths.map((bath, b) => {
        const m = couplings[b];
        // S lowers, and S† raises, by the same element; of a Hermitian X both are there
        const size = strengthOf(m, p, q);
        return size > NEGLIGIBLE * largestStrength(m) ? `${bath} ${numberText(size)}` : "";
      });
      if (driven.every((text) => text === "")) continue;
      const name = p === q ? `|${p + 1}⟩ at rest` : `|${q + 1}⟩ → |${p + 1}⟩`;
      transitions.push([name, numberText(energies[q] - energies[p]), ...driven]);
    }
  }
  return [
    `\nat ${point || "its only point"}\n`,
    `  ${states}, energy\n`,
    textTable(levels, 4),
    `  transitions, frequency, |element|² of the coupling to each bath that drives it\n`,
    transitions.length > 0 ? textTable(transitions, 4) : "    none\n",
  ].join("");
}

function numberText(x: number): string {
  return String(Number(x.toPrecision(7)));
}
