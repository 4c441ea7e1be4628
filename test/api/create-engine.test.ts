import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parsePoint } from "../../src/api/parse-point.ts";
import { pointEngine } from "../../src/api/point-engine.ts";
import { pointsLike } from "../../src/api/points-like.ts";
import { createSolver } from "../../src/engine/solver.ts";
import { createEngine, type Engine, solve, SpecError } from "../../src/index.ts";
import { appendix, pair, qubit } from "../spec/points.ts";
import { seed } from "../support/arbitrary.ts";
import { anyPoint } from "../support/points.ts";

const backends = ["wasm", "js"] as const;
const solver = createSolver("wasm");

/** What an engine answers that has seen no point before. */
function parsedAndSolved(point: unknown): Record<string, number> {
  const parsed = parsePoint(point);
  const { values, status } = solver(parsed);
  const results = parsed.columns.map(({ name }, c) => [name, values[c]] as const);
  return Object.fromEntries([...results, ["status", status]]);
}

/** Results, or the error's message: two engines agree just where these are equal. */
function answer(of: (point: unknown) => Record<string, number>, point: unknown) {
  try {
    return Object.entries(of(point));
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
}

const anyNumber = fc.oneof(
  fc.double({ min: 0.1, max: 3, noNaN: true }),
  fc.constantFrom<unknown>(0, -0, -1, 1e101, NaN, Infinity, "1", null, undefined, [1], {}, 1n),
);
const key = fc.constantFrom("omega_1", "omega_2", "lambda", "T_A", "T_B", "lamda");
const bathKey = fc.constantFrom("g", "exponent", "cutoff", "spectrum", "G");
const value = fc.oneof(
  { weight: 3, arbitrary: anyNumber },
  { weight: 1, arbitrary: fc.constantFrom<unknown>("flat", "power", "drude") },
);
const otherKeys = fc.constantFrom<Record<string, unknown>>(
  { equation: "redfield" },
  { equation: "lindblad", method: "lu" },
  { equation: "redfield-appendix" },
  { columns: ["q_A"] },
  { columns: ["q_A", "q_B"] },
  { columns: ["residual"], method: "lu" },
  { sweep: [] },
  { sweep: [{ T_A: [1, 2] }] },
  { bath_A: 1 },
  { bath_A: { spectrum: "flat", g: 1 }, bath_B: { spectrum: "flat", g: 1 } },
  { T_A: undefined },
  qubit,
  appendix,
);

/** One change after another of a point, most of them to its numbers. */
const changes = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(key, anyNumber).map(([k, v]) => (p: any) => ({ ...p, [k]: v })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom("bath_A", "bath_B"), bathKey, value)
        .map(([b, k, v]) => (p: any) => ({ ...p, [b]: { ...p[b], [k]: v } })),
    },
    { weight: 2, arbitrary: otherKeys.map((o) => (p: any) => ({ ...p, ...o })) },
    { weight: 3, arbitrary: fc.constant(() => pair) },
  ),
  { minLength: 1, maxLength: 12 },
);

test("whatever points came before, a point is answered as by a new engine", async () => {
  const engine = await createEngine();
  fc.assert(
    fc.property(changes, (list) => {
      let point: unknown = pair;
      for (const change of list) {
        point = change(point);
        expect(answer((p) => engine.solve(p), point)).toEqual(answer(parsedAndSolved, point));
      }
    }),
    { seed, numRuns: 500 },
  );
});

/** Two coupled qubits of a spec: J and secular_tolerance have defaults, and all hangs on them. */
const valve = {
  model: {
    factors: [2, 2],
    hamiltonian: "w_1*sz(1) + w_2*sz(2) + J*sx(1)*sx(2)",
    bare: "w_1*sz(1) + w_2*sz(2)",
    parameters: { w_1: 1, w_2: 0.6, J: 0.6 },
    baths: { hot: { coupling: "sx(1)" }, cold: { coupling: "sx(2) + J*sz(2)" } },
  },
  T_hot: 2,
  T_cold: 1,
  bath_hot: { spectrum: "drude", g: 0.1, cutoff: 5 },
  bath_cold: { spectrum: "flat", g: 0.1 },
  J: 0,
};

const valveChanges = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom("w_1", "w_2", "J", "T_hot", "secular_tolerance"), anyNumber)
        .map(([k, v]) => (p: any) => ({ ...p, [k]: v })),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom("J", "secular_tolerance").map((k) => (p: any) => {
        const { [k]: _, ...rest } = p;
        return rest;
      }),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom<Record<string, unknown>>(
          { equation: "redfield" },
          { equation: "lindblad" },
          { equation: "local" },
          { equation: "unified", cluster_width: 0.1 },
          { bath_cold: { spectrum: "drude", g: 0.1, cutoff: 5 } },
          { model: { ...valve.model, parameters: { ...valve.model.parameters, w_1: 2 } } },
        )
        .map((o) => (p: any) => ({ ...p, ...o })),
    },
    { weight: 4, arbitrary: fc.constant(() => valve) },
  ),
  { minLength: 1, maxLength: 12 },
);

test("whatever points of a system came before, a point is answered as by a new engine", () => {
  fc.assert(
    fc.property(valveChanges, (list) => {
      const engine = pointEngine(solver);
      let point: unknown = valve;
      for (const change of list) {
        point = change(point);
        expect(answer((p) => engine.solve(p), point)).toEqual(answer(parsedAndSolved, point));
      }
    }),
    { seed, numRuns: 300 },
  );
});

test.each(backends)("%s: bit for bit what solve gives, over the domain", async (backend) => {
  const engine = await createEngine({ backend });
  await fc.assert(
    fc.asyncProperty(anyPoint, async (point) => {
      expect(engine.solve(point)).toEqual(await solve(point, { backend }));
    }),
    { seed, numRuns: 200 },
  );
});

test("a point that differs in its numbers is not parsed again, and reads the same", () => {
  const numbersLike = pointsLike(pair, parsePoint(pair));
  const other = { ...pair, lambda: -0, T_A: 3, bath_B: { ...pair.bath_B, cutoff: 2 } };
  expect(numbersLike(other)).toEqual(parsePoint(other).constants);
  expect(Object.is(numbersLike(other)?.get("lambda"), 0)).toBe(true);
  expect(numbersLike({ ...pair, lambda: NaN })).toBeUndefined();
  expect(numbersLike({ ...pair, equation: "redfield" })).toBeUndefined();
});

test("a number with a default may be left out of a point that is not parsed again", () => {
  const { J: _, ...point } = { ...valve, bath_cold: valve.bath_hot };
  const numbersLike = pointsLike(point, parsePoint(point));
  const other = { ...point, T_hot: 3 };
  expect(numbersLike(other)).toEqual(parsePoint(other).constants);
  expect(numbersLike(other)?.get("J")).toBe(0.6);
  expect(numbersLike(other)?.get("secular_tolerance")).toBe(1e-9);
  expect(numbersLike({ ...point, J: 0.1 })).toBeUndefined();
});

test("a point may be changed in place and solved again", async () => {
  const engine = await createEngine();
  const point = structuredClone(pair) as Record<string, any>;
  const bath = point["bath_B"] as Record<string, unknown>;
  engine.solve(point);
  point["lambda"] = 0.7;
  bath["g"] = 2;
  const changed = { ...pair, lambda: 0.7, bath_B: { ...pair.bath_B, g: 2 } };
  expect(engine.solve(point)).toEqual(parsedAndSolved(changed));
  point["equation"] = "redfield";
  expect(engine.solve(point)).toEqual(parsedAndSolved({ ...changed, equation: "redfield" }));
  bath["spectrum"] = "ohmic";
  expect(() => engine.solve(point)).toThrow(/bath_B.spectrum: got "ohmic"/);
});

test("text is a point too; a sweep is none; outside the domain is said", async () => {
  const engine: Engine = await createEngine();
  expect(engine.solve(JSON.stringify(pair))).toEqual(engine.solve(pair));
  expect(() => engine.solve({ ...pair, sweep: [{ T_A: [1, 2] }] })).toThrow(/this spec sweeps/);
  expect(() => engine.solve({ ...pair, lambda: 2 })).toThrow(/outside the domain: .*lambda = 2/);
  expect(engine.solve(pair)["status"]).toBe(0);
});
