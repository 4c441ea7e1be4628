import type { SystemModel } from "../models/model.ts";
import { rowValues } from "../spec/row-values.ts";
import type { Sweep } from "../spec/sweep.ts";
import { largestStrength, levelsAt, strengthOf } from "../systems/levels-at.ts";
import { textTable } from "./text-table.ts";

/** |element|² below this fraction of the coupling's largest is rounding. */
const NEGLIGIBLE = 1e-24;

/** A system at one point. */
interface Explanation {
  /** The model's parameters. */
  readonly at: Readonly<Record<string, number>>;
  /** Whether its states are those of the bare Hamiltonian, which the baths see. */
  readonly bare: boolean;
  /** Energies in ascending order. */
  readonly levels: readonly number[];
  /** Those that a bath drives; states count from 1 in ascending energy. */
  readonly transitions: readonly Transition[];
}

interface Transition {
  readonly from: number;
  readonly to: number;
  readonly frequency: number;
  /** |element|² of the couplings, by bath; 0 of those that do not drive it. */
  readonly strengths: Readonly<Record<string, number>>;
}

/** Spectrum, transitions, and which bath drives which, at the first row of a sweep. */
export function explainSystem(
  sweep: Sweep,
  { system, baths, parameters }: SystemModel,
): Explanation {
  const values = rowValues(sweep, 0);
  const bare = sweep.equation === "local";
  const { energies, couplings } = levelsAt(system, values, bare);
  const transitions: Transition[] = [];
  for (let q = 0; q < energies.length; q++) {
    for (let p = 0; p <= q; p++) {
      const strengths = baths.map((bath, b) => {
        const m = couplings[b];
        // S lowers, and S† raises, by the same element; of a Hermitian X both are there
        const size = strengthOf(m, p, q);
        return [bath, size > NEGLIGIBLE * largestStrength(m) ? size : 0] as const;
      });
      if (strengths.every(([, size]) => size === 0)) continue;
      const frequency = energies[q] - energies[p];
      transitions.push({
        from: q + 1,
        to: p + 1,
        frequency,
        strengths: Object.fromEntries(strengths),
      });
    }
  }
  const at = Object.fromEntries(parameters.map(({ name }) => [name, values.get(name)!]));
  return { at, bare, levels: energies, transitions };
}

/** An explanation in words and tables. */
export function explanationText({ at, bare, levels, transitions }: Explanation): string {
  const point = Object.entries(at).map(([name, value]) => `${name} = ${value}`);
  const states = bare ? "states of the bare Hamiltonian, which the baths see" : "states";
  const lines = transitions.map(({ from, to, frequency, strengths }) => [
    from === to ? `|${to}⟩ at rest` : `|${from}⟩ → |${to}⟩`,
    numberText(frequency),
    ...Object.entries(strengths).map(([bath, size]) =>
      size === 0 ? "" : `${bath} ${numberText(size)}`,
    ),
  ]);
  return [
    `\nat ${point.join(", ") || "its only point"}\n`,
    `  ${states}, energy\n`,
    textTable(
      levels.map((energy, p) => [`|${p + 1}⟩`, numberText(energy)]),
      4,
    ),
    `  transitions, frequency, |element|² of the coupling to each bath that drives it\n`,
    lines.length > 0 ? textTable(lines, 4) : "    none\n",
  ].join("");
}

function numberText(x: number): string {
  return String(Number(x.toPrecision(7)));
}
