import { expect, test } from "vitest";
import * as layout from "../../assembly/layout.ts";
import { evaluate } from "../../src/engine/js/evaluate.ts";
import { placedWords, slotLayout } from "../../src/engine/slot.ts";
import { planOf } from "../../src/engine/sweep-plan.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { evaluateHere } from "../support/evaluate.ts";
import { seeded } from "../support/random.ts";

const columns = ["populations", "coherences", "currents", "residual"];
const equations = ["lindblad", "redfield", "redfield-eq213"];

/** Results and status of a point, by the straight-line solver where it takes it, and by the pivoted LU. */
function bothWays(spec: unknown) {
  const sweep = parseSpec(spec);
  const plan = planOf(sweep);
  const slot = slotLayout(sweep, plan, 1);
  const words = placedWords(plan, slot);
  const general = words.subarray(words[layout.FALLBACK]);
  const [straight, pivoted] = [words, general].map((table) => {
    const memory = new ArrayBuffer(slot.bytes);
    const doubles = new Float64Array(memory);
    for (const [offset, value] of slot.constants) doubles[offset >> 3] = value;
    const status = new Uint8Array(memory, slot.status, 1);
    evaluate(table, new Float64Array(plan.cells), doubles, status, 1);
    return { values: slot.sinks.map(({ offset }) => doubles[offset >> 3]), status: status[0] };
  });
  return { straight, pivoted };
}

function randomPoint(random: () => number, decades: number) {
  const omega_1 = 0.2 + 3 * random();
  const omega_2 = 0.2 + 3 * random();
  const scale = () => 10 ** (decades * (2 * random() - 1));
  return {
    model: "qubit-pair",
    method: "lu",
    omega_1,
    omega_2,
    lambda: 0.999 * (2 * random() - 1) * Math.sqrt(omega_1 * omega_2),
    T_A: scale(),
    T_B: scale(),
    bath_A: { spectrum: "flat", g: scale() },
    bath_B: { spectrum: "drude", g: scale(), cutoff: 0.5 + 9 * random() },
    columns,
  };
}

for (const equation of equations) {
  for (const decades of [0.5, 1.5, 3]) {
    test(`${equation}: straight-line elimination is the pivoted, refined LU within 1e-13 of the largest entry and of the currents' terms, its residual below half the bound of status 16, parameters over ${2 * decades} decades`, () => {
      const random = seeded(41 + decades);
      let rejected = 0;
      const bound = layout.RESIDUAL_THRESHOLD * layout.EPSILON * (equation === "lindblad" ? 4 : 6);
      for (let k = 0; k < 1000; k++) {
        const point = { ...randomPoint(random, decades), equation };
        const { straight, pivoted } = bothWays(point);
        if (straight.values.every((x, r) => x === pivoted.values[r])) rejected++;
        // by the equations of ρ: what is accepted is within the bound in unknowns of its own
        else expect(straight.values[8], JSON.stringify(point)).toBeLessThan(bound / 2);
        const where = JSON.stringify(point);
        const norm = Math.max(...pivoted.values.slice(0, 6).map(Math.abs));
        // the signs of what is rounding error may differ
        const signs = layout.SECOND_LAW_BROKEN | layout.NEGATIVE_POPULATION;
        expect(straight.status & ~signs, where).toBe(pivoted.status & ~signs);
        for (let r = 0; r < 6; r++) {
          const error = Math.abs(straight.values[r] - pivoted.values[r]);
          expect(error, where).toBeLessThan(1e-13 * norm);
        }
        // a flow is at most ω g (1 + n) ρ; 1 + n is below 1 + T/ω
        const { bath_A, bath_B, T_A, T_B, omega_1, omega_2 } = point;
        const terms = (bath_A.g + bath_B.g) * (2 * (omega_1 + omega_2) + T_A + T_B) * norm;
        for (let r = 6; r < 8; r++) {
          const error = Math.abs(straight.values[r] - pivoted.values[r]);
          expect(error, where).toBeLessThan(1e-13 * terms);
        }
      }
      // the test is worth its name only if the fast way was taken
      expect(rejected).toBeLessThan(600);
    });
  }
}

test("rows that the straight-line solver rejects stand beside rows it takes in every place of a block, and have the bits they have alone", () => {
  // rates thirty orders apart, an ordinary row, no bath, outside the domain
  const kinds = [
    { g_A: 1e-30, g_B: 1, lambda: 1e-9 },
    { g_A: 1, g_B: 0.5, lambda: 0.4 },
    { g_A: 0, g_B: 0, lambda: 0.4 },
    { g_A: 1, g_B: 1, lambda: 2 },
  ];
  const point = {
    model: "qubit-pair",
    method: "lu",
    omega_1: 1,
    omega_2: 2,
    T_A: 1.5,
    T_B: 0.5,
    bath_A: { spectrum: "flat" },
    bath_B: { spectrum: "flat" },
    columns,
  };
  const random = seeded(43);
  for (const equation of equations) {
    const single = kinds.map((kind) => {
      const axis = Object.fromEntries(Object.entries(kind).map(([name, x]) => [name, [x, x]]));
      const ordinary = Object.fromEntries(
        Object.entries(kinds[1]).map(([name, x]) => [name, [...axis[name], x]]),
      );
      const { columns: all, status } = evaluateHere(
        { ...point, equation, sweep: [ordinary] },
        "wasm",
      );
      return { values: all.slice(3).map((c) => c[0]), status: status[0] };
    });
    expect(single.map(({ status }) => status & 3)).toEqual([expect.any(Number), 0, 2, 1]);
    for (let count = 1; count <= 99; count++) {
      const order = Array.from({ length: count }, () => Math.floor(4 * random()));
      order[count - 1] = 1;
      const axis = Object.fromEntries(
        ["g_A", "g_B", "lambda"].map((name) => [
          name,
          order.map((k) => kinds[k][name as "lambda"]),
        ]),
      );
      const spec = { ...point, equation, sweep: [axis] };
      const [wasm, js] = (["wasm", "js"] as const).map((backend) => evaluateHere(spec, backend));
      expect(wasm.bytes().equals(js.bytes())).toBe(true);
      order.forEach((kind, row) => {
        expect(wasm.status[row]).toBe(single[kind].status);
        wasm.columns
          .slice(3)
          .forEach((column, r) => expect(column[row]).toBe(single[kind].values[r]));
      });
    }
  }
});

const warmed = {
  model: "qubit-pair",
  equation: "redfield",
  method: "lu",
  omega_1: 1,
  omega_2: 2,
  T_B: 1,
  bath_A: { spectrum: "flat", g: 1 },
  bath_B: { spectrum: "flat", g: 0.5 },
  sweep: [{ lambda: [0.3, 0.7] }, { T_A: { linspace: [0.5, 4.5, 99] } }],
  columns,
};

test("rows whose residual exceeds the bound go to the pivoted LU: with a bound of 0 every row has its results and status, in both backends", () => {
  const alter = (words: Int32Array) => void (words[layout.UNKNOWNS] = 0);
  const wasm = evaluateHere(warmed, "wasm", alter);
  expect(wasm.bytes().equals(evaluateHere(warmed, "js", alter).bytes())).toBe(true);
  const [lambda, T_A] = wasm.columns;
  lambda.forEach((_, row) => {
    const { sweep: _grid, ...point } = warmed;
    const { pivoted } = bothWays({ ...point, lambda: lambda[row], T_A: T_A[row] });
    expect(wasm.columns.slice(2).map((column) => column[row])).toEqual(pivoted.values.slice(0, 9));
    expect(wasm.status[row]).toBe(pivoted.status);
  });
});

test("a row whose residual exceeds the bound by the pivoted LU too has status 16, in both backends", () => {
  const alter = (words: Int32Array) => {
    const general = words.subarray(words[layout.FALLBACK]);
    words[layout.UNKNOWNS] = 0;
    // factors in place of the matrix: the solution is none of what the residual is taken of
    general[layout.FACTOR_CELLS] = general[layout.MATRIX_CELLS];
  };
  const [wasm, js] = (["wasm", "js"] as const).map((side) => evaluateHere(warmed, side, alter));
  expect(wasm.bytes().equals(js.bytes())).toBe(true);
  for (const status of wasm.status) expect(status & layout.RESIDUAL_TOO_LARGE).not.toBe(0);
});
