import type { System } from "../systems/system.ts";
import { coupling, positive, tolerance, width } from "./domain.ts";
import type { EquationName, Parameter, ResultColumn, SystemModel } from "./model.ts";

/** Equations a system from a spec can have. */
export const systemEquations = [
  "lindblad",
  "redfield",
  "local",
  "partial-secular",
  "unified",
] as const satisfies readonly EquationName[];

export type SystemEquation = (typeof systemEquations)[number];

/** Where an equation is written down. */
const places: Readonly<Record<SystemEquation, string>> = {
  lindblad: "(2.17)",
  redfield: "(2.13)",
  local: "(2.17), bare",
  "partial-secular": "(2.13), partial",
  unified: "(2.17), clusters",
};

const secularTolerance: Parameter = {
  name: "secular_tolerance",
  unit: "1",
  description: "frequencies this close, relative to the spectrum's width, stay together",
  domain: tolerance,
  default: 1e-9,
};

/** The number an equation needs beside the model's. */
const numbers: Readonly<Record<SystemEquation, readonly Parameter[]>> = {
  lindblad: [secularTolerance],
  redfield: [],
  local: [secularTolerance],
  "partial-secular": [
    {
      name: "secular_cutoff",
      unit: "energy",
      description: "largest difference of two frequencies of one term",
      domain: width,
    },
  ],
  unified: [
    {
      name: "cluster_width",
      unit: "energy",
      description: "largest width of a cluster of frequencies",
      domain: positive,
    },
  ],
};

/** Names of the equations' own numbers. */
export const equationNumbers: readonly string[] = Object.values(numbers)
  .flat()
  .map(({ name }) => name);

/**
 * Places in the kernel's result vector of a row: populations in ascending energy, real and imaginary
 * part of each coherence ρ_pq, p < q, in lexicographic order, currents, for `local` those of the bare
 * Hamiltonian, the residual: `count` of them. The condition follows where it is asked for.
 */
export function systemPlaces(levels: number, baths: number, local: boolean) {
  const currents = levels * levels;
  const residual = currents + (local ? 2 : 1) * baths;
  return { currents, bare: currents + baths, residual, count: residual + 1, rcond: residual + 1 };
}

/** A system as a model, with the parameters and columns it has under `equation`. */
export function systemModel(system: System, equation: SystemEquation): SystemModel {
  const { source, levels, couplings } = system;
  const baths = couplings.map(({ bath }) => bath);
  const local = equation === "local";
  const at = systemPlaces(levels, baths.length, local);
  const place = { [equation]: places[equation] };
  const column = (
    name: string,
    unit: ResultColumn["unit"],
    description: string,
    result: number,
  ): ResultColumn => ({ name, unit, description, equations: place, result });
  const pairs = Array.from({ length: levels }, (_, p) =>
    Array.from({ length: levels - p - 1 }, (__, k) => [p + 1, p + 2 + k] as const),
  ).flat();
  return {
    name: source.name,
    description: `a system of ${levels} levels from a spec`,
    hamiltonian: hamiltonianLines(system),
    parameters: [
      ...system.parameters.map((name): Parameter => {
        const value = source.parameters[name];
        return {
          name,
          unit: "as the model has it",
          description: "parameter of the model",
          domain: coupling,
          default: value,
        };
      }),
      ...numbers[equation],
    ],
    baths,
    equations: systemEquations.filter((e) => e !== "local" || system.bare !== undefined),
    closed: [],
    columns: {
      populations: Array.from({ length: levels }, (_, p) =>
        column(
          `rho_${pairText(p + 1, p + 1)}`,
          "1",
          `population of the energy state |${p + 1}⟩, ascending`,
          p,
        ),
      ),
      coherences: pairs.flatMap(([p, q], k) => [
        column(`re_rho_${pairText(p, q)}`, "1", `real part of ⟨${p}|ρ|${q}⟩`, levels + 2 * k),
        column(
          `im_rho_${pairText(p, q)}`,
          "1",
          `imaginary part of ⟨${p}|ρ|${q}⟩`,
          levels + 2 * k + 1,
        ),
      ]),
      currents: [
        ...baths.map((bath, b) =>
          column(
            `q_${bath}`,
            "energy * rate",
            `heat current from bath ${bath} into the system`,
            at.currents + b,
          ),
        ),
        ...(local ? baths : []).map((bath, b) =>
          column(
            `q_${bath}_bare`,
            "energy * rate",
            `the same with the energies of the bare Hamiltonian`,
            at.bare + b,
          ),
        ),
      ],
      residual: [
        column("residual", "1", "normwise backward error of the linear solve", at.residual),
      ],
      rcond: [
        column("rcond", "1", "reciprocal condition number of the scaled linear system", at.rcond),
      ],
      errors: [],
    },
    onRequest: ["coherences"],
    system,
  };
}

/** `12`, or `1_12` where a number has two digits. */
function pairText(p: number, q: number): string {
  return q < 10 ? `${p}${q}` : `${p}_${q}`;
}

function hamiltonianLines({ source, couplings }: System): readonly string[] {
  const lines = [`H = ${source.hamiltonian}`];
  if (source.bare !== undefined) lines.push(`bare H = ${source.bare}`);
  for (const { bath, hermitian } of couplings) {
    const { coupling: text } = source.baths[bath];
    const sum = typeof text === "string" ? text : text.join(" + ");
    const form = hermitian ? "X (B + B†), X" : "S B† + S† B, S";
    lines.push(`bath ${bath}: ${form} = ${sum}`);
  }
  return lines;
}
