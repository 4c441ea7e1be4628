import { expect, test } from "vitest";
import { sweep } from "../../src/index.ts";

const drude = { spectrum: "drude", g: 0.01, cutoff: 5 };
const temperatures = { geomspace: [0.1, 10, 40] };

/** Two qubits under `local`, each at rest alone where J = 0. */
function pair(baths: Readonly<Record<string, readonly string[]>>, g: number) {
  const names = Object.keys(baths);
  return {
    model: {
      factors: [2, 2],
      hamiltonian: "1/2*sz(1) + 1.1/2*sz(2) + J*sx(1)*sx(2)",
      bare: "1/2*sz(1) + 1.1/2*sz(2)",
      parameters: { J: 0.2 },
      baths: Object.fromEntries(names.map((name) => [name, { coupling: baths[name] }])),
    },
    equation: "local",
    ...Object.fromEntries(names.map((name) => [`bath_${name}`, { ...drude, g }])),
    sweep: [
      { J: { linspace: [0, 0.4, 9] } },
      Object.fromEntries(names.map((name) => [`T_${name}`, temperatures])),
    ],
    columns: ["populations", "currents"],
  };
}

const one = { A: ["sx(1)", "sx(2)"] };
const two = { A: ["sx(1)"], B: ["sx(2)"] };
const dephased = { A: ["sx(1) + 30*sz(1)"], B: ["sx(2) + 30*sz(2)"] };

test.each([
  ["one bath", pair(one, 0.01)],
  ["one bath, rates far below the coupling of the qubits", pair(one, 1e-8)],
  ["two baths at one temperature", pair(two, 0.01)],
  ["two baths that dephase 900 times as fast as they relax", pair(dephased, 0.01)],
  ["two baths with S ⊗ B† + h.c.", pair({ A: ["sm(1)"], B: ["sm(2)"] }, 0.01)],
])(
  "local, %s: nothing but rounding goes against the second law, so no row says so",
  async (_, spec) => {
    const table = await sweep(spec).toTable();
    const status = [...table.getChild("status")!];
    expect(status).toEqual(status.map(() => 0));
  },
);

// Levy and Kosloff, EPL 107, 20004 (2014): where ω_B/ω_A < T_B/T_A
test("local between two temperatures: heat that flows from cold to hot is still told", async () => {
  const spec = {
    ...pair(two, 0.01),
    model: {
      ...pair(two, 0.01).model,
      hamiltonian: "1/2*sz(1) + 0.6/2*sz(2) + J*sx(1)*sx(2)",
      bare: "1/2*sz(1) + 0.6/2*sz(2)",
    },
    T_A: 1.2,
    T_B: 1,
    sweep: [{ J: [0, 0.1, 0.4] }],
  };
  const table = await sweep(spec).toTable();
  expect([...table.getChild("status")!]).toEqual([0, 8, 8]);
});
