import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jsonSchema } from "../../scripts/docs/json-schema.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { readText } from "../../src/spec/read-text.ts";
import { appendix, pair, qubit } from "../spec/points.ts";
import { mixedSpec, seed } from "../support/arbitrary.ts";

const fits = new Ajv({ strictTuples: false }).compile(jsonSchema());
const examples = resolve(import.meta.dirname, "../../examples");

test.each(readdirSync(examples).filter((name) => name.endsWith(".yaml")))("%s fits", (name) => {
  fits(readText(readFileSync(join(examples, name), "utf8")));
  expect(fits.errors).toBeNull();
});

test("what the parser accepts fits, as it is given and as it is written to files", () => {
  fc.assert(
    fc.property(mixedSpec, (spec) => {
      expect(fits(spec)).toBe(true);
      expect(fits(JSON.parse(parseSpec(spec).canonical))).toBe(true);
    }),
    { seed, numRuns: 300 },
  );
});

const axis = (values: unknown) => ({ ...pair, sweep: [{ T_A: values }] });
test.each<[string, object]>([
  ["no model", { ...pair, model: undefined }],
  ["another model", { ...pair, model: "qutrit" }],
  ["a misspelt key", { ...pair, lamda: 1 }],
  ["a parameter of another model", { ...qubit, lambda: 1 }],
  ["an equation of another model", { ...qubit, equation: "redfield-appendix" }],
  ["a number as text", { ...pair, T_A: "1" }],
  ["a negative temperature", { ...pair, T_A: -1 }],
  ["ω = 0", { ...qubit, omega_0: 0 }],
  ["a spectrum that is none", { ...pair, bath_A: { spectrum: "ohmic", g: 1 } }],
  ["a cutoff of a flat bath", { ...qubit, bath_A: { spectrum: "flat", g: 1, cutoff: 2 } }],
  ["no bath", { ...qubit, bath_A: undefined }],
  ["an axis of an unknown name", { ...pair, sweep: [{ T_C: [1] }] }],
  ["an axis without names", { ...pair, sweep: [{}] }],
  ["an empty list", axis([])],
  ["text in a list", axis(["1"])],
  ["a kind that is none", axis({ logspace: [1, 2, 3] })],
  ["two kinds", axis({ linspace: [1, 2, 3], geomspace: [1, 2, 3] })],
  ["a linspace without count", axis({ linspace: [1, 2] })],
  ["a count of 0", axis({ linspace: [1, 2, 0] })],
  ["a random without seed", axis({ random: [1, 2, 3] })],
  ["an unknown column", { ...pair, columns: ["q_C"] }],
  ["no column", { ...pair, columns: [] }],
])("%s: neither fits nor parses", (_, spec) => {
  expect(fits(JSON.parse(JSON.stringify(spec)))).toBe(false);
  expect(() => parseSpec(spec)).toThrow(/wants|unknown|has no/);
});

test.each([pair, qubit, appendix])("a valid point fits", (point) => {
  expect(fits(point)).toBe(true);
});

test("g = 0 fits, a g below the least is none", () => {
  const withG = (g: number) => ({ ...qubit, bath_A: { spectrum: "flat", g } });
  expect([0, 1e-100, 1].map((g) => fits(withG(g)))).toEqual([true, true, true]);
  expect(fits(withG(1e-101))).toBe(false);
});
