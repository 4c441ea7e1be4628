import {
  currentColumns,
  errorColumns,
  everywhere,
  resultPlaces,
  systemColumns,
} from "./columns.ts";
import { positive } from "./domain.ts";
import type { BuiltInModel, Structure } from "./model.ts";

const structure: Structure = {
  levels: 2,
  frequencies: 1,
  elements: 1,
  transition: (p, q) => p - q,
  raising: [[{ bra: 1, ket: 0, element: 0, sign: 1 }], [{ bra: 1, ket: 0, element: 0, sign: 1 }]],
  coherences: [],
};
const places = resultPlaces(structure);
const baths = ["A", "B"];

const results: Pick<BuiltInModel["columns"], "populations" | "coherences" | "currents"> = {
  populations: [
    {
      name: "rho_pp",
      unit: "1",
      description: "population of the excited state |+⟩",
      equations: everywhere("(3.18)"),
      result: places.population(1),
    },
    {
      name: "rho_mm",
      unit: "1",
      description: "population of the ground state |−⟩",
      equations: everywhere("(3.19)"),
      result: places.population(0),
    },
  ],
  coherences: [],
  currents: currentColumns(structure, baths, [everywhere("(3.21)"), everywhere("(3.22)")]),
};

/** III A: one qubit, H = ω₀/2 σᶻ (3.1), σ⁺ coupled to both baths (3.2), (3.3). Level 0 is |−⟩. */
export const qubit: BuiltInModel = {
  name: "qubit",
  description: "a qubit between two heat baths",
  hamiltonian: [
    "H = ω₀/2 σᶻ (3.1)",
    "baths A and B: σ⁺B + σ⁻B† (3.2), (3.3)",
    "|−⟩ is the ground state",
  ],
  parameters: [
    { name: "omega_0", unit: "energy", description: "energy splitting", domain: positive },
  ],
  baths,
  equations: ["lindblad", "redfield", "redfield-eq213"],
  closed: ["lindblad", "redfield", "redfield-eq213"],
  columns: {
    ...results,
    ...systemColumns(structure),
    errors: errorColumns(structure, Object.values(results).flat()),
  },
  structure,
};
