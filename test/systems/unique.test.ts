import { expect, test } from "vitest";
import { solvePoint } from "../support/solve-point.ts";

const flat = (g: number) => ({ spectrum: "flat", g });
const drude = (g: number) => ({ spectrum: "drude", g, cutoff: 3 });
const numbers: Readonly<Record<string, object>> = {
  "partial-secular": { secular_cutoff: 0.1 },
  unified: { cluster_width: 0.1 },
};

function commonBath(omega_2: number, equation: string) {
  return solvePoint({
    model: {
      factors: [2, 2],
      hamiltonian: "omega_1/2*sz(1) + omega_2/2*sz(2)",
      bare: "omega_1/2*sz(1) + omega_2/2*sz(2)",
      parameters: { omega_1: 1, omega_2 },
      baths: { b: { coupling: ["sm(1)", "sm(2)"] } },
    },
    equation,
    ...numbers[equation],
    T_b: 1,
    bath_b: flat(1),
  });
}

const every = ["lindblad", "redfield", "local", "partial-secular", "unified"];

test.each(every)(
  "%s: equal qubits on a common bath have a dark state, the singlet: status 2",
  (equation) => {
    const { status, populations } = commonBath(1, equation);
    expect(status).toBe(2);
    expect(populations.every(Number.isNaN)).toBe(true);
  },
);

test.each(every)(
  "%s: qubits of different frequencies on a common bath have no dark state",
  (equation) => {
    expect(commonBath(1.5, equation).status & 3).toBe(0);
  },
);

test("a common bath is not two baths: the rates of equal qubits interfere, those of a triplet double", () => {
  // the third level is what breaks the dark state: both qubits drive it, one by a bath of its own
  const both = (coupling: unknown) =>
    solvePoint({
      model: {
        levels: 3,
        hamiltonian: "proj(1,2,2) + proj(1,3,3)",
        baths: { b: { coupling }, c: { coupling: "proj(1,1,2)" } },
      },
      T_b: 0,
      T_c: 1,
      bath_b: flat(1),
      bath_c: flat(1),
    });
  const apart = both("proj(1,1,2)");
  expect(apart.status).toBe(2);
  const common = both(["proj(1,1,2)", "proj(1,1,3)"]);
  expect(common.status & 3).toBe(0);
  // by hand: bath b empties (|2⟩ + |3⟩)/√2 alone, bath c fills and empties |2⟩
  expect(common.value("q_b")).toBeLessThan(0);
  expect(common.value("q_b") + common.value("q_c")).toBeCloseTo(0, 14);
});

test.each(["lindblad", "redfield"])(
  "%s: a qubit without a bath beside one with: status 2",
  (equation) => {
    const { status } = solvePoint({
      model: {
        factors: [2, 2],
        hamiltonian: "sz(1) + 0.3*sz(2)",
        baths: { b: { coupling: "sx(1)" } },
      },
      equation,
      T_b: 1,
      bath_b: flat(1),
    });
    expect(status).toBe(2);
  },
);

test("a coherence that lasts apart from the populations makes the steady state one of many: status 2", () => {
  // σˣ of a qubit without energy is conserved by a bath that couples to it
  const solve = (energy: number) =>
    solvePoint({
      model: {
        factors: [2, 2],
        hamiltonian: "sz(1) + energy*sz(2)",
        parameters: { energy },
        baths: { b: { coupling: "sx(1)" }, c: { coupling: "sx(2)" } },
      },
      T_b: 1,
      T_c: 1,
      bath_b: flat(1),
      bath_c: drude(1),
    });
  expect(solve(0).status).toBe(2);
  expect(solve(0.1).status).toBe(0);
});

test("a steady state whose ground state is empty is found: at T = 0 all ends in the level that no bath empties", () => {
  const { populations, status } = solvePoint({
    model: {
      levels: 3,
      hamiltonian: "0.3*proj(1,2,2) + proj(1,3,3)",
      baths: { hot: { coupling: "proj(1,1,3)" }, cold: { coupling: "proj(1,2,3)" } },
    },
    T_hot: 1,
    T_cold: 0,
    bath_hot: flat(1),
    bath_cold: flat(1),
  });
  expect(populations).toEqual([0, 1, 0]);
  expect(status).toBe(0);
});

test("degenerate levels: the Gibbs state at one temperature, in whatever basis, for every equation but local", () => {
  for (const equation of ["lindblad", "redfield", "partial-secular", "unified"]) {
    const { populations, status } = solvePoint({
      model: {
        factors: [2, 2],
        hamiltonian: "sz(1)/2 + sz(2)/2",
        baths: { b: { coupling: "sx(1)" }, c: { coupling: "sx(1)/2 + sx(2)" } },
      },
      equation,
      ...numbers[equation],
      T_b: 0.8,
      T_c: 0.8,
      bath_b: flat(0.1),
      bath_c: drude(0.2),
    });
    const weights = [-1, 0, 0, 1].map((energy) => Math.exp(-energy / 0.8));
    const sum = weights.reduce((a, b) => a + b);
    expect(status).toBe(0);
    populations.forEach((p, k) => expect(p).toBeCloseTo(weights[k] / sum, 13));
  }
});
