import { describe, expect, test } from "vitest";
import { sweep } from "../../src/index.ts";

const flat = { spectrum: "flat", g: 0.01 };
const numbers: Readonly<Record<string, object>> = {
  "partial-secular": { secular_cutoff: 0.5 },
  unified: { cluster_width: 0.01 },
};
const xx = (a: number, b: number) => `sx(${a})*sx(${b}) + sy(${a})*sy(${b})`;

/** Systems whose steady state is not unique at any point of their axes. */
const systems = {
  "the singlet of two qubits on a common bath": {
    model: {
      factors: [2, 2],
      hamiltonian: `sz(1)/2 + sz(2)/2 + J*(${xx(1, 2)})`,
      parameters: { J: 0.1 },
      baths: { c: { coupling: ["sm(1)", "sm(2)"] } },
    },
    T_c: 1,
    bath_c: flat,
    sweep: [
      { J: { geomspace: [1e-6, 10, 20] } },
      { g_c: { geomspace: [1e-6, 100, 10] } },
      { T_c: { geomspace: [0.02, 100, 50] } },
    ],
  },
  "the singlet of a Heisenberg pair on two common baths of σˣ": {
    model: {
      factors: [2, 2],
      hamiltonian: `sz(1)/2 + sz(2)/2 + J*(${xx(1, 2)} + sz(1)*sz(2))`,
      parameters: { J: 0.1 },
      baths: { c: { coupling: ["sx(1)", "sx(2)"] }, h: { coupling: ["sx(1)", "sx(2)"] } },
    },
    T_c: 1,
    T_h: 2,
    bath_c: flat,
    bath_h: { ...flat, g: 0.02 },
    sweep: [{ J: { linspace: [-0.3, 0.3, 100] } }, { T_c: { linspace: [0.3, 3, 100] } }],
  },
  "the doublets of three qubits on a common bath": {
    model: {
      factors: [2, 2, 2],
      hamiltonian: `(sz(1) + sz(2) + sz(3))/2 + J*(${xx(1, 2)} + ${xx(2, 3)} + ${xx(1, 3)})`,
      parameters: { J: 0.1 },
      baths: { c: { coupling: ["sm(1)", "sm(2)", "sm(3)"] } },
    },
    T_c: 1,
    bath_c: { spectrum: "power", g: 0.01, exponent: 1, cutoff: 10 },
    sweep: [{ J: { linspace: [-0.3, 0.31, 20] } }, { T_c: { linspace: [0.3, 3, 20] } }],
  },
  "a combination of two levels between two others": {
    model: {
      levels: 4,
      hamiltonian: "proj(1,2,2) + proj(1,3,3) + E*proj(1,4,4)",
      parameters: { E: 2, w: 1 },
      baths: { c: { coupling: ["proj(1,1,2) + w*proj(1,1,3)", "proj(1,2,4) + w*proj(1,3,4)"] } },
    },
    T_c: 1,
    bath_c: flat,
    sweep: [
      { w: { geomspace: [1e-4, 1000, 20] } },
      { E: { linspace: [1.1, 4, 10] } },
      { T_c: { geomspace: [0.05, 100, 50] } },
    ],
  },
};

const equations = ["lindblad", "redfield", "partial-secular", "unified"];

describe.each(Object.entries(systems))("%s", (_, spec) => {
  test.each(equations)("%s: every row has status 2 and no results", async (equation) => {
    const whole = { ...spec, equation, ...numbers[equation], columns: ["populations"] };
    const table = await sweep(whole).toTable();
    expect(new Set(table.getChild("status"))).toEqual(new Set([2]));
    expect([...table.getChild("rho_11")!].every(Number.isNaN)).toBe(true);
  });
});
