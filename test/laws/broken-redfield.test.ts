import { expect, test } from "vitest";
import { evaluateHere } from "../support/evaluate.ts";

const flat = { spectrum: "flat", g: 1 };
const point = {
  model: "qubit-pair",
  omega_1: 1,
  omega_2: 2,
  lambda: 0.5,
  T_B: 0.5,
  bath_A: flat,
  bath_B: flat,
};

for (const equation of ["redfield", "redfield-eq213"] as const) {
  test(`${equation} against T_A: status 8 just where heat flows from the colder bath, 4 just where a population is negative; all four of 0, 4, 8, 12 occur at T_B = ½`, () => {
    const spec = {
      ...point,
      equation,
      sweep: [{ T_A: { geomspace: [0.02, 100, 400] } }],
    };
    const { status, column } = evaluateHere(spec, "wasm");
    const [tA, qA, qB] = ["T_A", "q_A", "q_B"].map(column);
    const populations = ["rho_11", "rho_22", "rho_33", "rho_44"].map(column);
    const seen = new Set<number>();
    status.forEach((bits, row) => {
      const backwards = -qA[row] * 0.5 - qB[row] * tA[row] < 0;
      const negative = populations.some((p) => p[row] < 0);
      expect(bits, `T_A = ${tA[row]}`).toBe((backwards ? 8 : 0) + (negative ? 4 : 0));
      seen.add(bits);
    });
    expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 4, 8, 12]);
  });
}

test("the same sweep by Lindblad has status 0 in every row", () => {
  for (const method of ["closed", "lu"]) {
    const spec = { ...point, method, sweep: [{ T_A: { geomspace: [0.02, 100, 400] } }] };
    expect(evaluateHere(spec, "wasm").status.every((bits) => bits === 0)).toBe(true);
  }
});
