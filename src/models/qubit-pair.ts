import { currentColumns, errorColumns, resultPlaces, systemColumns } from "./columns.ts";
import { coupling, positive } from "./domain.ts";
import type { BuiltInModel, ResultColumn, Structure } from "./model.ts";

const ALPHA = 0;
const BETA = 1;

/**
 * Energies E₁ … E₄ = −ω_m, −h/2, h/2, ω_m (3.36)–(3.39) as integer multiples of (ω_m, h/2). Two
 * differences are equal for every parameter just where these vectors are.
 */
const energies = [
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, 0],
] as const;

/** Classes: 1 is ω₊ = E₃₁ = E₄₂ (3.43), 2 is ω₋ = E₂₁ = E₄₃ (3.44), 3 is E₄₁, 4 is E₃₂. */
const classes = ["1,1", "1,-1", "2,0", "0,2"];

function transition(p: number, q: number): number {
  if (p === q) return 0;
  const [dm, dh] = [energies[p][0] - energies[q][0], energies[p][1] - energies[q][1]];
  const up = classes.indexOf(`${dm},${dh}`);
  return up >= 0 ? up + 1 : -(classes.indexOf(`${0 - dm},${0 - dh}`) + 1);
}

const structure: Structure = {
  levels: 4,
  frequencies: 2,
  elements: 2,
  transition,
  raising: [
    // (3.45)
    [
      { bra: 2, ket: 0, element: ALPHA, sign: 1 },
      { bra: 3, ket: 1, element: ALPHA, sign: 1 },
      { bra: 3, ket: 2, element: BETA, sign: 1 },
      { bra: 1, ket: 0, element: BETA, sign: -1 },
    ],
    // (3.46)
    [
      { bra: 1, ket: 0, element: ALPHA, sign: 1 },
      { bra: 3, ket: 2, element: ALPHA, sign: 1 },
      { bra: 2, ket: 0, element: BETA, sign: 1 },
      { bra: 3, ket: 1, element: BETA, sign: -1 },
    ],
  ],
  coherences: [[1, 2]],
};
const places = resultPlaces(structure);
const baths = ["A", "B"];

/** The two full Redfield equations have no closed form: where the general one is. */
function redfield(place: string): ResultColumn["equations"] {
  return { redfield: place, "redfield-eq213": place };
}

const coherence: ResultColumn["equations"] = {
  ...redfield("(2.3), (2.13)"),
  lindblad: "(2.3), (2.17)",
  "redfield-appendix": "(3.71)",
};

function population(level: number): ResultColumn {
  return {
    name: `rho_${level + 1}${level + 1}`,
    unit: "1",
    description: `population of the energy state |${level + 1}⟩`,
    equations: { ...redfield("(2.3), (2.13)"), lindblad: "(3.50)", "redfield-appendix": "(3.70)" },
    result: places.population(level),
  };
}

const results: Pick<BuiltInModel["columns"], "populations" | "coherences" | "currents"> = {
  populations: [0, 1, 2, 3].map(population),
  coherences: [
    {
      name: "re_rho_23",
      unit: "1",
      description: "real part of the coherence ρ₂₃",
      equations: coherence,
      result: places.re(0),
    },
    {
      name: "im_rho_23",
      unit: "1",
      description: "imaginary part of the coherence ρ₂₃",
      equations: coherence,
      result: places.im(0),
    },
  ],
  currents: currentColumns(structure, baths, [
    { ...redfield("(2.11)"), lindblad: "(3.56)" },
    { ...redfield("(2.12)"), lindblad: "(3.59)" },
  ]),
};

/** III B and III C: two coupled qubits (3.27), bath A on the first (3.28), bath B on the second (3.29). */
export const qubitPair: BuiltInModel = {
  name: "qubit-pair",
  description: "two coupled qubits, each with a heat bath of its own",
  hamiltonian: [
    "H = ω₁/2 σ₁ᶻ + ω₂/2 σ₂ᶻ + λ (σ₁⁺σ₂⁻ + σ₁⁻σ₂⁺) (3.27)",
    "bath A: σ₁⁺A + σ₁⁻A† (3.28), bath B: σ₂⁺B + σ₂⁻B† (3.29)",
    "|1⟩ … |4⟩ are the energy states, |1⟩ the ground state (3.32)–(3.39)",
  ],
  parameters: [
    {
      name: "omega_1",
      unit: "energy",
      description: "energy splitting of qubit 1",
      domain: positive,
    },
    {
      name: "omega_2",
      unit: "energy",
      description: "energy splitting of qubit 2",
      domain: positive,
    },
    {
      name: "lambda",
      unit: "energy",
      description: "flip-flop coupling of the qubits",
      domain: coupling,
    },
  ],
  baths,
  equations: ["lindblad", "redfield", "redfield-eq213", "redfield-appendix"],
  closed: ["lindblad", "redfield-appendix"],
  columns: {
    ...results,
    ...systemColumns(structure),
    errors: errorColumns(structure, Object.values(results).flat()),
  },
  structure,
  joint: {
    parameters: ["omega_1", "omega_2", "lambda"],
    text: "|lambda| < sqrt(omega_1 * omega_2)",
    allowed: ([omega1, omega2, lambda]) => Math.abs(lambda) < Math.sqrt(omega1) * Math.sqrt(omega2),
  },
};
