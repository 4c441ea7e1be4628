import { expect, test } from "vitest";
import { evaluateHere } from "../support/evaluate.ts";
import { solvePoint } from "../support/solve-point.ts";

/** The parameters of Fig. 5 at a mean temperature; bias (T_A − T_B)/2 = 5. */
function fig5(mean: number) {
  return {
    model: "qubit-pair",
    equation: "redfield-appendix",
    omega_1: 1,
    omega_2: 2,
    lambda: 0.5,
    T_A: mean + 5,
    T_B: mean - 5,
    bath_A: { spectrum: "flat", g: 1 },
    bath_B: { spectrum: "flat", g: 1 },
  };
}

/** Where the sign of f changes between low and high, to the last digit. */
function bisect(f: (x: number) => number, low: number, high: number): number {
  const sign = Math.sign(f(low));
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (Math.sign(f(middle)) === sign) low = middle;
    else high = middle;
  }
}

for (const method of ["closed", "lu"]) {
  for (const [name, zero] of [
    ["rho_33", 5.83728],
    ["rho_44", 6.007143],
  ] as const) {
    test(`Fig. 5: ${name} is negative below T = ${zero.toFixed(6)} and positive above, to 6 decimals, ${method}`, () => {
      const value = (mean: number) => solvePoint({ ...fig5(mean), method }).value(name);
      expect(value(5.5)).toBeLessThan(0);
      expect(value(6.5)).toBeGreaterThan(0);
      expect(bisect(value, 5.5, 6.5).toFixed(6)).toBe(zero.toFixed(6));
    });
  }

  test(`Fig. 5: status bit 4 is set up to the zero of rho_44 and not above it, ${method}; rho_11 and rho_22 stay positive`, () => {
    const means = [5.01, 5.5, 5.837279, 5.837281, 6.007142, 6.007144, 6.5, 8];
    const { status, column } = evaluateHere(
      {
        ...fig5(6),
        method,
        sweep: [{ T_A: means.map((t) => t + 5), T_B: means.map((t) => t - 5) }],
      },
      "wasm",
    );
    expect([...status]).toEqual([4, 4, 4, 4, 4, 0, 0, 0]);
    const signs = (name: string) => [...column(name)].map(Math.sign);
    expect(signs("rho_33")).toEqual([-1, -1, -1, 1, 1, 1, 1, 1]);
    expect(signs("rho_44")).toEqual([-1, -1, -1, -1, -1, 1, 1, 1]);
    expect(signs("rho_11")).toEqual(means.map(() => 1));
    expect(signs("rho_22")).toEqual(means.map(() => 1));
  });
}
