import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axisValues } from "../../src/grid/axis-value.ts";
import { coordinates } from "../../src/grid/grid.ts";
import { models } from "../../src/models/index.ts";
import { bathParameters } from "../../src/models/spectra.ts";
import { allowedExtremes } from "../../src/spec/allowed-values.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { SpecError } from "../../src/spec/spec-error.ts";
import type { AxisValues, Sweep } from "../../src/spec/sweep.ts";
import { mixedSpec, seed } from "../support/arbitrary.ts";
import { pair } from "./points.ts";

const number = fc.oneof(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.constantFrom(0, -0, 1, 2, -1, 5e-324, 1e-100, 1e100),
);
const values = fc.oneof(
  fc.array(number, { minLength: 1, maxLength: 4 }),
  fc.tuple(number, number, fc.integer({ min: 1, max: 4 })).map((linspace) => ({ linspace })),
  fc
    .tuple(
      fc.constantFrom(1e-3, 0.5, 1, 3),
      fc.constantFrom(1e-3, 0.7, 2),
      fc.integer({ min: 1, max: 4 }),
    )
    .map((geomspace) => ({ geomspace })),
  fc.tuple(number, number, fc.integer({ min: 1, max: 4 }), fc.nat()).map((random) => ({ random })),
);
const swept = fc.constantFrom("lambda", "omega_1", "omega_2", "T_A", "g_A", "g_B", "exponent_B");

/** Specs that are well formed and in which some, all or no rows are valid. */
const spec = fc
  .record({
    lambda: fc.double({ min: -2, max: 2, noNaN: true }),
    equation: fc.constantFrom("lindblad", "redfield", "redfield-eq213"),
    method: fc.constantFrom("auto", "lu"),
    columns: fc.subarray(["currents", "rho_22", "coherences"], { minLength: 1 }),
    names: fc.uniqueArray(swept, { maxLength: 3 }),
    axes: fc.array(values, { minLength: 3, maxLength: 3 }),
  })
  .map(({ names, axes, ...rest }) => ({
    ...pair,
    ...rest,
    sweep: names.map((name, a) => ({ [name]: axes[a] })),
  }));

/** The sweep, or undefined where no row is valid; anything else is thrown. */
function accepted(input: unknown): Sweep | undefined {
  try {
    return parseSpec(input);
  } catch (error) {
    if (error instanceof SpecError) return undefined;
    throw error;
  }
}

describe(`seed ${seed}`, () => {
  test("canonical JSON is a fixed point, and gives the same sweep", () => {
    fc.assert(
      fc.property(fc.oneof(spec, mixedSpec), (input) => {
        const sweep = accepted(input);
        fc.pre(sweep !== undefined);
        const again = parseSpec(JSON.parse(sweep.canonical));
        expect(again.canonical).toBe(sweep.canonical);
        expect(again).toEqual(sweep);
        expect(parseSpec(sweep.canonical)).toEqual(sweep);
      }),
      { seed },
    );
  });

  test("a spec is refused only where no row is valid, and always where a condition holds nowhere", () => {
    const parameters = new Map(
      [
        ...models[1].parameters,
        ...bathParameters("A", "drude"),
        ...bathParameters("B", "power"),
      ].map((parameter) => [parameter.name, parameter.domain]),
    );
    fc.assert(
      fc.property(spec, (input) => {
        const axes = input.sweep.map((axis) => {
          const [[name, given]] = Object.entries(axis);
          return { name, values: plain(given, name) };
        });
        const rows = axes.reduce((product, axis) => product * axis.values.length, 1);
        const fixed = { ...flat(input) };
        let some = false;
        const holds = { joint: false, coupled: false };
        for (let row = 0; row < rows; row++) {
          const at = coordinates(
            axes.map((axis) => ({ count: axis.values.length })),
            row,
          );
          const point = { ...fixed };
          for (const [a, axis] of axes.entries()) point[axis.name] = axis.values[at[a]];
          const inside = (names: string[]) =>
            names.every((n) => parameters.get(n)!.allowed(point[n]));
          const { joint } = models[1];
          const jointly = joint!.allowed(joint!.parameters.map((name) => point[name]));
          const coupled = point["g_A"] > 0 || point["g_B"] > 0;
          if (inside([...joint!.parameters]) && jointly) holds.joint = true;
          if (inside(["g_A", "g_B"]) && coupled) holds.coupled = true;
          if (inside(Object.keys(point)) && jointly && coupled) some = true;
        }
        const sweep = accepted(input);
        const wronglyRefused = some && !sweep;
        const wronglyAccepted = sweep && !(holds.joint && holds.coupled);
        expect(wronglyRefused || wronglyAccepted).toBeFalsy();
      }),
      { seed, numRuns: 2000 },
    );
  });

  test("no input makes parseSpec throw anything but a SpecError", () => {
    const almost = fc.tuple(fc.object(), fc.constantFrom(...Object.keys(pair), "sweep", "columns"));
    const input = fc.oneof(
      fc.anything(),
      fc.string(),
      almost.map(([junk, key]) => ({ ...pair, [key]: junk })),
      almost.map(([junk, key]) => ({ ...pair, sweep: [{ [key]: junk }], columns: [junk] })),
    );
    fc.assert(
      fc.property(input, (junk) => {
        expect(() => accepted(junk)).not.toThrow();
      }),
      { seed, numRuns: 2000 },
    );
  });
});

/** The numbers of a spec by flat name. */
function flat({
  omega_1,
  omega_2,
  lambda,
  T_A,
  T_B,
  bath_A,
  bath_B,
}: typeof pair): Record<string, number> {
  const { g, exponent, cutoff } = bath_B;
  const ofB = { g_B: g, exponent_B: exponent, cutoff_B: cutoff };
  return { omega_1, omega_2, lambda, T_A, T_B, g_A: bath_A.g, cutoff_A: bath_A.cutoff, ...ofB };
}

/** All values an axis of a spec stands for. */
function plain(given: unknown, name: string): number[] {
  if (Array.isArray(given)) return given as number[];
  const [[kind, [from, to, count, seedOf]]] = Object.entries(
    given as Record<string, [number, number, number, number]>,
  );
  const at = axisValues({ kind, from, to, count, seed: seedOf, name } as AxisValues);
  return Array.from({ length: count }, (_, i) => at(i));
}

describe("allowedExtremes", () => {
  const all = models.flatMap(({ parameters }) => [...parameters]);
  const domains = [...all, ...bathParameters("A", "power")].map(({ domain }) => domain);

  test("rests on domains that have 1 in them", () => {
    for (const { allowed } of domains) expect(allowed(1)).toBe(true);
  });

  test(`searching a progression finds what scanning it finds (seed ${seed})`, () => {
    const end = fc.oneof(number, fc.constantFrom(-1e101, 1e101, 1e-101, -20, 20));
    const count = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(fc.constantFrom(...domains), end, end, count, ({ allowed }, from, to, most) => {
        const progression: AxisValues = { kind: "linspace", from, to, count: most };
        const list = plain({ linspace: [from, to, most] }, "");
        const fits = list.filter(allowed);
        const found = allowedExtremes(progression, most, allowed).map((i) => list[i]);
        expect(found.length > 0).toBe(fits.length > 0);
        if (fits.length === 0) return;
        const sizes = (some: number[]) => some.map(Math.abs);
        expect(Math.max(...found)).toBe(Math.max(...fits));
        expect(Math.min(...sizes(found))).toBe(Math.min(...sizes(fits)));
      }),
      { seed, numRuns: 5000 },
    );
  });
});
