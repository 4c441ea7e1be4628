import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { solvePoint } from "../support/solve-point.ts";

/** What `reference/derive.py` printed: NumPy's steady states from the textbook's superoperator. */
const derived = JSON.parse(
  readFileSync(new URL("reference/derived.json", import.meta.url), "utf8"),
) as {
  readonly tensor: { readonly "into the ground state": number; readonly coherence: number[] };
  readonly cases: readonly {
    readonly name: string;
    readonly spec: object;
    readonly columns: Readonly<Record<string, number>>;
  }[];
};

test.each(derived.cases)(
  "$name: every population and current is NumPy's to 1e−14, the singular value decomposition's error",
  ({ spec, columns }) => {
    const { value, status } = solvePoint(spec);
    expect(status & 3).toBe(0);
    for (const [name, wanted] of Object.entries(columns)) {
      expect(Math.abs(value(name) - wanted), name).toBeLessThanOrEqual(1e-14);
    }
  },
);

test("the derivation has all five equations, and QuantumOptics.jl's tensor to the six digits published", () => {
  const met = new Set(derived.cases.map(({ spec }) => (spec as { equation: string }).equation));
  expect([...met].toSorted()).toEqual([
    "lindblad",
    "local",
    "partial-secular",
    "redfield",
    "unified",
  ]);
  expect(derived.tensor["into the ground state"]).toBeCloseTo(0.245145, 6);
  expect(derived.tensor.coherence[0]).toBeCloseTo(-0.161034, 6);
  expect(Math.abs(derived.tensor.coherence[1])).toBeCloseTo(6.40762, 5);
});
