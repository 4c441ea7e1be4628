import { expect, test } from "vitest";
import { evaluateHere } from "../support/evaluate.ts";
import { kernel } from "../support/literal.ts";
import { literalSystem } from "../support/literal-models.ts";
import { seeded } from "../support/random.ts";

/**
 * Stationary probabilities of a rate matrix, columns summing to 0, by the elimination of Grassmann,
 * Taksar and Heyman: no subtraction, so every entry keeps its digits.
 */
function gth(rates: readonly (readonly number[])[]): readonly number[] {
  const n = rates.length;
  const w = rates.map((row) => [...row]);
  for (let k = n - 1; k > 0; k--) {
    let out = 0;
    for (let i = 0; i < k; i++) out += w[i][k];
    for (let j = 0; j < k; j++) w[k][j] /= out;
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) if (i !== j) w[i][j] += w[i][k] * w[k][j];
  }
  const p = [1];
  for (let k = 1; k < n; k++) p[k] = p.reduce((sum, x, j) => sum + x * w[k][j], 0);
  const sum = p.reduce((a, b) => a + b);
  return p.map((x) => x / sum);
}

function randomPair(random: () => number, coldest: number) {
  const omega_1 = 0.5 + 4 * random();
  const omega_2 = 0.5 + 4 * random();
  return {
    model: "qubit-pair",
    omega_1,
    omega_2,
    lambda: (2 * random() - 1) * 0.95 * Math.sqrt(omega_1 * omega_2),
    T_A: coldest * 20 ** random(),
    T_B: coldest * 20 ** random(),
    bath_A: { spectrum: "flat", g: 0.05 + random() },
    bath_B: { spectrum: "drude", g: 0.05 + random(), cutoff: 1 + 9 * random() },
  };
}

test("Lindblad populations by lu agree with elimination without subtraction within 1e-12, each by itself, down to spread/T = 200", () => {
  const random = seeded(7);
  for (let k = 0; k < 400; k++) {
    const point = randomPair(random, 0.025);
    const system = literalSystem(point);
    const [a, b] = [0, 1].map((bath) => kernel(system, bath, "lindblad"));
    const rates = [0, 1, 2, 3].map((i) =>
      [0, 1, 2, 3].map((j) => a[5 * i][5 * j].re + b[5 * i][5 * j].re),
    );
    const exact = gth(rates);
    const { columns, status } = evaluateHere(
      { ...point, method: "lu", columns: ["populations"] },
      "wasm",
    );
    expect(status[0]).toBe(0);
    exact.forEach((p, n) => {
      const error = Math.abs(columns[n][0] - p);
      expect(error, `${JSON.stringify(point)} ρ_${n + 1}`).toBeLessThan(1e-12 * p + 1e-307);
    });
  }
});

test("closed and lu agree: Lindblad populations within 1e-12 of themselves, currents within 1e-13 of g·ω", () => {
  const random = seeded(8);
  for (let k = 0; k < 400; k++) {
    const point = { ...randomPair(random, 0.3), columns: ["populations", "q_A", "q_B"] };
    const [closed, lu] = ["closed", "lu"].map((method) =>
      evaluateHere({ ...point, method }, "wasm").columns.map((c) => c[0]),
    );
    for (let n = 0; n < 4; n++) {
      expect(Math.abs(lu[n] - closed[n])).toBeLessThan(1e-12 * closed[n]);
    }
    // populations below 1, rates below g (1 + 2n) with n < T/ω: all terms are below this
    for (const n of [4, 5]) expect(Math.abs(lu[n] - closed[n])).toBeLessThan(1e-13 * 200);
  }
});

test("the appendix's closed form and its 6 × 6 matrix agree within 1e-12 of the largest entry", () => {
  const random = seeded(9);
  for (let k = 0; k < 200; k++) {
    const flat = { spectrum: "flat", g: 0.05 + random() };
    const point = { ...randomPair(random, 0.3), bath_A: flat, bath_B: flat };
    const [closed, lu] = ["closed", "lu"].map((method) =>
      evaluateHere({ ...point, equation: "redfield-appendix", method }, "wasm").columns.map(
        (c) => c[0],
      ),
    );
    const norm = Math.max(...closed.map(Math.abs));
    closed.forEach((x, n) => expect(Math.abs(lu[n] - x)).toBeLessThan(1e-12 * norm));
  }
});

test("one qubit: every equation and method gives (3.18)–(3.22) within 1e-13", () => {
  const point = {
    model: "qubit",
    omega_0: 1.3,
    T_A: 2.1,
    T_B: 0.4,
    bath_A: { spectrum: "flat", g: 0.7 },
    bath_B: { spectrum: "flat", g: 0.2 },
  };
  const n = (t: number) => 1 / Math.expm1(1.3 / t);
  const [nA, nB] = [n(2.1), n(0.4)];
  const sum = 0.7 * (1 + 2 * nA) + 0.2 * (1 + 2 * nB);
  const q = ((0.7 * 0.2 * 1.3) / sum) * (nA - nB);
  const exact = [(0.7 * nA + 0.2 * nB) / sum, (0.7 * (1 + nA) + 0.2 * (1 + nB)) / sum, q, -q];
  for (const equation of ["lindblad", "redfield", "redfield-eq213"]) {
    for (const method of ["closed", "lu"]) {
      const { columns } = evaluateHere({ ...point, equation, method }, "wasm");
      columns.forEach((c, k) => expect(Math.abs(c[0] - exact[k])).toBeLessThan(1e-13));
    }
  }
});

test("physics.md's table: T_A = 11, T_B = 1, ω₁ = 1, ω₂ = 2, λ = ½, g = 1, to its ten digits", () => {
  const flat = { spectrum: "flat", g: 1 };
  const point = { model: "qubit-pair", omega_1: 1, omega_2: 2, lambda: 0.5, T_A: 11, T_B: 1 };
  const table: Record<string, number[]> = {
    lindblad: [0.3633301098, 0.3343586242, 0.1574323622, 0.1448789038, 0.529104072],
    redfield: [0.4641089682, 0.4209749043, 0.0635162125, 0.0513999149, -0.042546918],
    "redfield-eq213": [0.4641089682, 0.3828709076, 0.1016202093, 0.0513999149, -0.0450093258],
    "redfield-appendix": [0.5208858273, 0.4516371091, 0.0287414025, -0.0012643388],
  };
  const statuses = { lindblad: 0, redfield: 8, "redfield-eq213": 8, "redfield-appendix": 4 };
  for (const [equation, exact] of Object.entries(table)) {
    const { column, status } = evaluateHere(
      { ...point, equation, bath_A: flat, bath_B: flat },
      "wasm",
    );
    ["rho_11", "rho_22", "rho_33", "rho_44", "q_A"].slice(0, exact.length).forEach((name, k) => {
      expect(Math.abs(column(name)[0] - exact[k]), `${equation} ${name}`).toBeLessThan(6e-11);
    });
    expect(status[0], equation).toBe(statuses[equation as keyof typeof statuses]);
  }
});

test("physics.md: (2.13) as printed drives a current between baths of equal temperature, the standard form does not", () => {
  const point = {
    model: "qubit-pair",
    omega_1: 1,
    omega_2: 2,
    lambda: 0.5,
    T_A: 1,
    T_B: 1,
    bath_A: { spectrum: "flat", g: 1 },
    bath_B: { spectrum: "flat", g: 0.3 },
  };
  const printed = evaluateHere({ ...point, equation: "redfield-eq213" }, "wasm");
  expect(printed.column("q_A")[0]).toBeCloseTo(-0.01392829994, 11);
  expect(printed.column("re_rho_23")[0]).toBeCloseTo(-0.01430005, 8);
  expect(printed.column("im_rho_23")[0]).toBeCloseTo(-0.014028215, 9);
  const standard = evaluateHere({ ...point, equation: "redfield" }, "wasm");
  expect(Math.abs(standard.column("q_A")[0])).toBeLessThan(1e-15);
  expect(standard.status[0]).toBe(0);
});
