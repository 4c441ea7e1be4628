import { expect, test } from "vitest";
import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";
import { fillRates } from "../../src/engine/js/coupling.ts";
import { assembleGenerator } from "../../src/engine/js/generator.ts";
import { evaluateRow, startRows } from "../../src/engine/js/system-rows.ts";
import { placedWords, slotLayout } from "../../src/engine/slot.ts";
import { planOf } from "../../src/engine/sweep-plan.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { solvePoint } from "../support/solve-point.ts";

const valve = {
  model: {
    name: "heat-valve",
    factors: [2, 2],
    hamiltonian: "-omega_1/2*sz(1) - omega_2/2*sz(2) + J*sx(1)*sx(2)",
    bare: "-omega_1/2*sz(1) - omega_2/2*sz(2)",
    parameters: { omega_1: 1, omega_2: 0.6, J: 0.6 },
    baths: { hot: { coupling: "sx(1)" }, cold: { coupling: "sx(2)" } },
  },
  T_hot: 2,
  T_cold: 1,
  bath_hot: { spectrum: "flat", g: 0.1 },
  bath_cold: { spectrum: "flat", g: 0.1 },
};

test("heat valve, J = 0.6, g = 0.1: the local equation sends heat from cold to hot (Levy and Kosloff), to the digits published", () => {
  const local = solvePoint({ ...valve, equation: "local" });
  expect(local.value("q_hot")).toBeCloseTo(-0.00044775960229965, 16);
  expect(local.value("q_cold")).toBeCloseTo(0.00044775960229965, 16);
  expect(local.value("q_hot_bare")).toBeCloseTo(-0.0150653564, 10);
  expect(local.value("q_cold_bare")).toBeCloseTo(-0.0118418637, 10);
  expect(local.status).toBe(8);
});

test("heat valve, J = 0.6, g = 0.1: global Lindblad and standard Redfield send it from hot to cold, to the digits published", () => {
  expect(solvePoint(valve).value("q_hot")).toBeCloseTo(0.00757294193, 11);
  const redfield = solvePoint({ ...valve, equation: "redfield" });
  expect(redfield.value("q_hot")).toBeCloseTo(0.00631796582, 11);
});

/** 10³ j/(ε J₁₂) of the pair of Kato and Tanimura; J(ω) = 2λγω/(ω² + γ²) is half the full rate. */
function katoTanimura(J: number, zeta: number, equation: string): number {
  const gamma = 2;
  const bath = { spectrum: "drude", g: (2 * 2 * ((zeta * J) / 2)) / gamma, cutoff: gamma };
  const { value } = solvePoint({
    model: {
      factors: [2, 2],
      hamiltonian: "epsilon/2*sz(1) + epsilon/2*sz(2) + J*(sp(1)*sm(2) + sm(1)*sp(2))",
      parameters: { epsilon: 1, J },
      baths: { L: { coupling: "sx(1)" }, R: { coupling: "sx(2)" } },
    },
    equation,
    T_L: 2 * 1.01,
    T_R: 2 * 0.99,
    bath_L: bath,
    bath_R: bath,
  });
  return (1e3 * value("q_L")) / J;
}

test.each([
  [0.01, [0.8224, 1.0467, 0.3518]],
  [0.1, [0.8227, 1.0516, 0.376]],
  [0.5, [0.8387, 1.2337, 1.2427]],
])(
  "Kato and Tanimura's pair by Redfield, J₁₂ = %d, ζ = ¼, 1, 4, to the four digits published",
  (J, wanted) => {
    [0.25, 1, 4].forEach((zeta, k) => {
      expect(katoTanimura(J, zeta, "redfield")).toBeCloseTo(wanted[k], 4);
    });
  },
);

test("the secular equation misses that resonant qubits decouple: .96, 3.84, 15.35 where Redfield has a maximum", () => {
  const found = [0.25, 1, 4].map((zeta) => katoTanimura(0.01, zeta, "lindblad"));
  [0.96, 3.84, 15.35].forEach((wanted, k) => expect(found[k]).toBeCloseTo(wanted, 2));
});

test("QuantumOptics.jl's Bloch–Redfield tensor: H = −0.2π σx − π σz, A = σx, S(ω) = 0.25 ω/2π above 0, S(0) = ½, to six digits", () => {
  const sweep = parseSpec({
    model: {
      factors: [2],
      hamiltonian: "-0.2*pi*sx(1) - pi*sz(1)",
      baths: { b: { coupling: "sx(1)" } },
    },
    equation: "redfield",
    T_b: 0,
    bath_b: { spectrum: "power", g: 0.25 / (2 * Math.PI), exponent: 1, cutoff: 1e100 },
    columns: ["populations", "coherences"],
  });
  const plan = planOf(sweep);
  const slot = slotLayout(sweep, plan, 1);
  const memory = new ArrayBuffer(slot.bytes);
  const doubles = new Float64Array(memory);
  for (const [offset, value] of slot.constants) doubles[offset >> 3] = value;
  const every = placedWords(plan, slot);
  const words = every.subarray(every[common.FALLBACK]);
  const cells = new Float64Array(plan.cells);
  startRows(words, cells);
  evaluateRow(words, cells, doubles, new Uint8Array(memory, slot.status, 1), 0, true, true);
  // the correlation that no bath of ours has: finite at ω = 0 with T = 0
  cells[words[layout.LIMIT_CELLS]] = 0.5;
  fillRates(words, cells, 0);
  assembleGenerator(words, cells, true);

  const n = plan.unknowns;
  const at = (row: number, column: number) => cells[words[common.MATRIX_CELLS] + n * row + column];
  // unknowns: ρ₀₀, ρ₁₁, Re ρ₀₁, Im ρ₀₁
  expect(n).toBe(4);
  const excited = at(0, 1) > at(1, 0) ? 1 : 0;
  expect(at(1 - excited, excited)).toBeCloseTo(0.245145, 6);
  expect(at(excited, excited)).toBeCloseTo(-0.245145, 6);
  // of the coherence: K_{01,01} = (a + d)/2 + i (c − b)/2 of its 2 × 2 block
  expect((at(2, 2) + at(3, 3)) / 2).toBeCloseTo(-0.161034, 6);
  expect(Math.abs(at(2, 3) - at(3, 2)) / 2).toBeCloseTo(6.40762, 5);
});
