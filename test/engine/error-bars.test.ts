import fc from "fast-check";
import { expect, test } from "vitest";
import { createSolver } from "../../src/engine/solver.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { mixedSpec, seed } from "../support/arbitrary.ts";
import { toNumber } from "../support/big-float.ts";
import { evaluateHere } from "../support/evaluate.ts";
import { exactSteadyState, type SolvedPoint } from "../support/exact-steady-state.ts";
import { bitsFor, type Measured, measureBars } from "../support/measure-bars.ts";
import { referenceCases } from "../support/reference.ts";
import { solvePoint } from "../support/solve-point.ts";

/** `npm run test:bars` takes 100,000. */
const cases = Number(process.env["QHEAT_CASES"] ?? 1000);
const long = cases > 1000;

function table({ points, bars }: Measured): string {
  const at = (ratios: readonly number[], share: number) =>
    ratios[Math.min(ratios.length - 1, Math.floor(ratios.length * share))]?.toPrecision(3) ?? "";
  const lines = bars.map(({ label, ratios, results, exact, infinite }) =>
    [label, results, exact, infinite, ...[0, 0.5, 0.9].map((share) => at(ratios, share))].join(
      " | ",
    ),
  );
  return [`${points} points: results | exact | infinite | least | median | 90 %`, ...lines].join(
    "\n",
  );
}

test("the exact steady state is the reference's: each of 300 cases within 1 ulp of its 25 digits, or 1e-150 where it is 0", () => {
  for (const { point, expected, line } of referenceCases) {
    const solved = point as unknown as SolvedPoint;
    const exact = exactSteadyState(solved, bitsFor(solved));
    for (const [name, value] of expected) {
      const error = Math.abs(toNumber(exact.get(name)!) - value);
      const ulp = value === 0 ? 1e-150 : Math.max(Math.abs(value) * 2 ** -52, 2 ** -1074);
      expect(error, `line ${line} ${name}`).toBeLessThanOrEqual(ulp);
    }
  }
});

test(
  `lu: no result of ${cases} random points is further from the exact one than its bar (seed ${seed})`,
  { timeout: 3_600_000 },
  () => {
    const measured = measureBars(cases, "lu", seed);
    if (long) console.log(table(measured));
    expect(measured.broken).toEqual([]);
    // a bar that is never broken as it is far away says nothing
    for (const { label, ratios } of measured.bars) {
      if (ratios.length === 0) continue; // the coherences of the Lindblad equation are 0
      expect(ratios[Math.floor(ratios.length / 2)], label).toBeLessThan(200);
    }
    const all = measured.bars.reduce((sum, { results }) => sum + results, 0);
    const infinite = measured.bars.reduce((sum, bar) => sum + bar.infinite, 0);
    expect(infinite / all).toBeLessThan(0.03);
  },
);

test(
  `closed: no result of ${cases} random points is further from the exact one than 1e-13 of it (seed ${seed})`,
  { timeout: 3_600_000 },
  () => {
    const measured = measureBars(cases, "closed", seed);
    if (long) console.log(table(measured));
    expect(measured.broken).toEqual([]);
  },
);

test(`the bars change no bit of the other columns (seed ${seed})`, () => {
  fc.assert(
    fc.property(mixedSpec, fc.constantFrom("wasm", "js"), (spec, backend) => {
      const { columns } = parseSpec({ ...spec, columns: undefined });
      const names = columns.map(({ name }) => name);
      const appendix = spec.equation === "redfield-appendix" && spec.method === "auto";
      const without = evaluateHere({ ...spec, columns: names }, backend);
      const bars = appendix ? [] : ["errors"];
      const withBars = evaluateHere({ ...spec, columns: [...names, ...bars] }, backend);
      expect(withBars.status).toEqual(without.status);
      names.forEach((name) => {
        const [a, b] = [without, withBars].map((e) => new BigInt64Array(e.column(name).buffer));
        expect(a).toEqual(b);
      });
    }),
    { seed, numRuns: 500 },
  );
});

const flat = { spectrum: "flat", g: 1 } as const;

test("rcond of a qubit in the vacuum is 1/6: the scaled matrix is [2 2; 0 −1], its inverse [½ 1; 0 −1]", () => {
  for (const backend of ["wasm", "js"] as const) {
    const sweep = parseSpec({
      model: "qubit",
      method: "lu",
      omega_0: 1,
      T_A: 0,
      T_B: 0,
      bath_A: flat,
      bath_B: { ...flat, g: 0 },
      columns: ["rcond"],
    });
    expect(createSolver(backend)(sweep).values[0]).toBe(1 / 6);
  }
});

test("one of two uncoupled qubits fades: rcond goes with its rate, the bars stay, until there is no telling", () => {
  const at = (g: number) =>
    solvePoint({
      model: "qubit-pair",
      method: "lu",
      omega_1: 1,
      omega_2: 1,
      lambda: 0,
      T_A: 1,
      T_B: 2,
      bath_A: flat,
      bath_B: { ...flat, g },
      columns: ["populations", "rcond", "errors"],
    });
  for (const g of [1e-3, 1e-6, 1e-9]) {
    const { value } = at(g);
    expect(value("rcond")).toBeGreaterThan(g / 100);
    expect(value("rcond")).toBeLessThan(g);
    // a rate is known to some ulps of itself, and what it alone decides as well
    expect(value("rho_11_error")).toBeLessThan(1e-14);
  }
  expect(at(1e-14).value("rho_11_error")).toBe(Infinity);
  expect(at(1e-14).status).toBe(0);
});
