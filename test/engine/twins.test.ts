import fc from "fast-check";
import { expect, test } from "vitest";
import { kernelModule } from "../../src/engine/wasm/module.ts";
import { mixedSpec, seed } from "../support/arbitrary.ts";
import { evaluateHere } from "../support/evaluate.ts";

/** A row in which heat flows from the colder bath, which random points hardly meet. */
const secondLawBroken = {
  model: "qubit-pair",
  equation: "redfield" as const,
  method: "lu" as const,
  bath_A: { spectrum: "flat" as const },
  bath_B: { spectrum: "flat" as const },
  sweep: [
    {
      omega_1: [1.78],
      omega_2: [1],
      lambda: [0.13],
      T_A: [0.94],
      g_A: [1.8],
      T_B: [2.8],
      g_B: [1.13],
    },
  ],
};

test(`WebAssembly and JavaScript give the same bytes, on 1 to 7 rows of valid and invalid points of every equation (seed ${seed})`, () => {
  const seen = new Set<number>();
  fc.assert(
    fc.property(mixedSpec, (spec) => {
      const wasm = evaluateHere(spec, "wasm");
      const js = evaluateHere(spec, "js");
      for (const status of wasm.status) seen.add(status);
      expect(wasm.bytes().equals(js.bytes())).toBe(true);
    }),
    { seed, numRuns: 3000, examples: [[secondLawBroken]] },
  );
  // the property is worth its name only if it met rows of every kind
  for (const status of [0, 1, 2, 4, 8, 12]) expect(seen, `status ${status}`).toContain(status);
});

test("blocks: 1 to 67 rows, slow axes of every length between, give the twin's bytes whatever stays constant in a block", () => {
  const flat = { spectrum: "flat" };
  const power = { spectrum: "power", exponent: 1.5, cutoff: 3 };
  const axes = [
    { lambda: [0.3, 0.3, 1.5, -0.2, 0] },
    { T_A: [1, 1, 0, 2], g_B: [1, 1, 0.5, 0] },
    { T_B: [0.4, 0.4, 3] },
    { cutoff_B: [3, 0.1] },
    { omega_1: [1, 1.5] },
  ];
  for (let count = 1; count <= 67; count++) {
    const inner = axes[count % axes.length];
    const outer = axes[(count + 1 + (count % 3)) % axes.length];
    const stretched = Object.fromEntries(
      Object.entries(inner).map(([name, values]) => {
        const rows = Math.ceil(count / values.length);
        return [name, Array.from({ length: count }, (_, i) => values[Math.floor(i / rows)])];
      }),
    );
    for (const method of ["closed", "lu"]) {
      const spec = {
        model: "qubit-pair",
        method,
        omega_1: 1,
        omega_2: 2,
        lambda: 0.5,
        T_A: 1,
        T_B: 0.5,
        bath_A: { ...flat, g: 1 },
        bath_B: { ...power, g: 0.7 },
        sweep: count % 2 === 0 ? [outer, stretched] : [stretched, outer],
      };
      const [wasm, js] = (["wasm", "js"] as const).map((b) => evaluateHere(spec, b).bytes());
      expect(wasm.equals(js), `${count} values, ${method}`).toBe(true);
    }
  }
});

test(`a row's bits depend on its own coordinates alone: each row by itself is the row among others (seed ${seed})`, () => {
  fc.assert(
    fc.property(mixedSpec, (spec) => {
      const all = evaluateHere(spec, "wasm");
      for (let row = 0; row < all.sweep.rows; row++) {
        if (all.status[row] === 1) continue;
        const [axis] = spec.sweep;
        const alone = Object.fromEntries(
          Object.entries(axis).map(([name, values]) => [name, [values[row]]]),
        );
        let single;
        try {
          single = evaluateHere({ ...spec, sweep: [alone] }, "wasm");
        } catch {
          // a spec whose only row is singular by its constants is refused
          expect(all.status[row]).toBe(2);
          continue;
        }
        expect(single.status[0]).toBe(all.status[row]);
        single.columns.forEach((column, k) => expect(column[0]).toBe(all.columns[k][row]));
      }
    }),
    { seed, numRuns: 500 },
  );
});

test(`failed rows are NaN in every result and no row but they (seed ${seed})`, () => {
  fc.assert(
    fc.property(mixedSpec, (spec) => {
      const { sweep, columns, status } = evaluateHere(spec, "wasm");
      const results = columns.slice(columns.length - sweep.columns.length);
      status.forEach((bits, row) => {
        for (const column of results) expect(Number.isNaN(column[row])).toBe((bits & 3) !== 0);
        if ((bits & 3) !== 0) expect([1, 2]).toContain(bits);
      });
    }),
    { seed, numRuns: 500 },
  );
});

test("the wasm exports what the boundary's type says, and imports a memory and a straight line alone", () => {
  const functions = WebAssembly.Module.exports(kernelModule()).filter((e) => e.kind === "function");
  expect(functions.map((e) => e.name).toSorted()).toEqual([
    "copy",
    "diagonalise",
    "evaluate",
    "evaluateSystem",
    "factorise",
    "factoriseReal",
    "solve",
    "solveReal",
    "solveTransposed",
    "spread",
  ]);
  expect(WebAssembly.Module.imports(kernelModule())).toMatchObject([
    { module: "env", name: "runModel", kind: "function" },
    { module: "env", name: "runLine", kind: "function" },
    { module: "env", name: "memory", kind: "memory" },
  ]);
});
