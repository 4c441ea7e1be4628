import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { evaluateHere, evaluateInPool } from "../support/evaluate.ts";

/** Systems with symmetries, degeneracies, common baths, every kind of coupling and every function. */
const models: readonly Record<string, unknown>[] = [
  {
    factors: [2, 2],
    hamiltonian: "-u/2*sz(1) - v/2*sz(2) + J*sx(1)*sx(2)",
    bare: "-u/2*sz(1) - v/2*sz(2)",
    parameters: { u: 1, v: 0.6, J: 0.6 },
    baths: { A: { coupling: "sx(1)" }, B: { coupling: "sx(2)" } },
  },
  {
    factors: [2, 2],
    hamiltonian: "u/2*sz(1) + v/2*sz(2) + J*(sp(1)*sm(2) + sm(1)*sp(2))",
    bare: "u/2*sz(1) + v/2*sz(2)",
    parameters: { u: 1, v: 1, J: 0 },
    baths: { A: { coupling: ["sm(1)", "sm(2)"] }, B: { coupling: "sm(1) + J*sm(2)" } },
  },
  {
    levels: 3,
    hamiltonian: "u*proj(1,2,2) + v*proj(1,3,3) + J*(proj(1,1,2) + proj(1,2,1))",
    bare: "u*proj(1,2,2) + v*proj(1,3,3)",
    parameters: { u: 1, v: 1, J: 0 },
    baths: {
      A: { coupling: "cos(J)*proj(1,1,3) + i*sin(u)*proj(1,2,3) + exp(-v**2)*proj(1,3,1)" },
      B: { coupling: "sqrt(u*u + v*v)*(proj(1,2,3) + proj(1,3,2)) + proj(1,1,1)/(1 + J*J)" },
    },
  },
  {
    factors: [3, 2],
    hamiltonian: "u*n(1) + v/2*sz(2) + J*(a(1)*sp(2) + ad(1)*sm(2)) + 0.1*sy(2)",
    bare: "u*n(1) + v/2*sz(2)",
    parameters: { u: 1, v: 1, J: 0.1 },
    baths: { A: { coupling: "a(1) + dag(a(1))" }, B: { coupling: "sx(2)" } },
  },
];

const energy = fc.oneof(
  fc.double({ min: 0.1, max: 3, noNaN: true }),
  fc.constantFrom(1, 1, 0, -1, 1e-9, 1e-17, 1e101, 1e5),
);
const rate = fc.oneof(
  fc.double({ min: 0.01, max: 2, noNaN: true }),
  fc.constantFrom(0, 1, 1e-30, -1),
);
const temperature = fc.oneof(
  fc.double({ min: 0.05, max: 5, noNaN: true }),
  fc.constantFrom(0, 1, 1, 1e-3, -1),
);

const equations = fc.constantFrom(
  { equation: "lindblad" },
  { equation: "lindblad", secular_tolerance: 0.3 },
  { equation: "redfield" },
  { equation: "local" },
  { equation: "partial-secular", secular_cutoff: 0.4 },
  { equation: "unified", cluster_width: 0.4 },
);

/** A spec of 1 to 7 rows, every number different in each; the first row is of drude baths and valid. */
const spec = fc
  .record({
    model: fc.constantFrom(...models),
    equation: equations,
    rows: fc.integer({ min: 1, max: 7 }),
    spectra: fc.constantFrom(["drude", "drude"], ["drude", "power"], ["flat", "drude"]),
    more: fc.constantFrom([], ["residual"], ["residual", "rcond"]),
  })
  .chain(({ model, equation, rows, spectra, more }) => {
    const list = (value: fc.Arbitrary<number>) =>
      fc.array(value, { minLength: rows, maxLength: rows });
    const axis: Record<string, fc.Arbitrary<number[]>> = {
      u: list(energy),
      v: list(energy),
      J: list(energy),
      T_A: list(temperature),
      T_B: list(temperature),
      g_A: list(rate),
      g_B: list(rate),
    };
    if (spectra[1] === "power") axis["exponent_B"] = list(fc.constantFrom(1, 1.5, 0.5, 2));
    const shared = { cutoff: 2 };
    return fc.record(axis).map((values) => {
      // so that the spec is accepted
      const first: Record<string, number> = { u: 1, v: 0.7, J: 0.2, T_A: 1, T_B: 2, exponent_B: 1 };
      for (const [name, numbers] of Object.entries(values)) numbers[0] = first[name] ?? 0.3;
      return {
        model,
        ...equation,
        bath_A: { spectrum: spectra[0], ...(spectra[0] === "drude" && shared) },
        bath_B: { spectrum: spectra[1], ...shared },
        sweep: [values],
        columns: ["populations", "coherences", "currents", ...more],
      };
    });
  });

/** The spec evaluated; undefined where it is refused, as no row of it has a limit at ω → 0. */
function evaluated(given: unknown, backend: "wasm" | "compiled") {
  try {
    return evaluateHere(given, backend);
  } catch (error) {
    if (/no finite limit/.test((error as Error).message)) return undefined;
    throw error;
  }
}

const at = { u: 1, v: 0.7, J: 0.2, T_A: 1, T_B: 2 };

/** A grid of up to 3 × 150 rows: what stands still is done once, a block at a time. */
const grid = fc
  .record({
    model: fc.constantFrom(...models),
    equation: equations,
    spectra: fc.constantFrom(["drude", "drude"], ["drude", "power"], ["flat", "drude"]),
    more: fc.constantFrom([], ["residual"], ["residual", "rcond"]),
    slow: fc.constantFrom("u", "T_A", "g_B", "J"),
    fast: fc.constantFrom("v", "J", "T_A", "T_B", "g_A", "cutoff_B"),
    seldom: fc.array(fc.constantFrom(0.4, 0.7, 1, 1, 1.3), { minLength: 1, maxLength: 3 }),
    often: fc.array(fc.oneof(fc.double({ min: 0.1, max: 3, noNaN: true }), energy), {
      minLength: 1,
      maxLength: 150,
    }),
    still: fc.integer({ min: 1, max: 40 }),
  })
  .filter(({ slow, fast }) => slow !== fast)
  .map(({ model, equation, spectra, more, slow, fast, seldom, often, still }) => ({
    model,
    ...equation,
    ...at,
    bath_A: { spectrum: spectra[0], g: 0.3, ...(spectra[0] === "drude" && { cutoff: 2 }) },
    bath_B: {
      spectrum: spectra[1],
      g: 0.4,
      cutoff: 2,
      ...(spectra[1] === "power" && { exponent: 1 }),
    },
    // so that the spec is accepted, and stands still for a while
    sweep: [{ [slow]: seldom }, { [fast]: [...Array<number>(still).fill(0.6), ...often] }],
    columns: ["populations", "coherences", "currents", ...more],
  }));

test(`systems: a straight line that is compiled gives the bytes of the one interpreted and of JavaScript, on grids (seed ${seed})`, () => {
  fc.assert(
    fc.property(grid, (given) => {
      const compiled = evaluated(given, "compiled");
      if (!compiled) return;
      for (const backend of ["wasm", "js"] as const) {
        expect(compiled.bytes().equals(evaluateHere(given, backend).bytes()), backend).toBe(true);
      }
    }),
    { seed, numRuns: 200 },
  );
});

test(`systems: WebAssembly, compiled or interpreted, and JavaScript give the same bytes, on 1 to 7 valid and invalid rows of every equation (seed ${seed})`, () => {
  const seen = new Set<number>();
  fc.assert(
    fc.property(spec, (given) => {
      const wasm = evaluated(given, "wasm");
      if (!wasm) return;
      const js = evaluateHere(given, "js");
      for (const status of wasm.status) seen.add(status);
      expect(wasm.bytes().equals(js.bytes())).toBe(true);
      expect(evaluateHere(given, "compiled").bytes().equals(js.bytes())).toBe(true);
    }),
    { seed, numRuns: 400 },
  );
  for (const status of [0, 1, 2, 4, 8]) expect(seen, `status ${status}`).toContain(status);
});

test(`systems: each row by itself is the row among others, bit for bit (seed ${seed})`, () => {
  fc.assert(
    fc.property(spec, (given) => {
      const all = evaluated(given, "wasm");
      if (!all) return;
      for (let row = 1; row < all.sweep.rows; row++) {
        if ((all.status[row] & 3) !== 0) continue;
        const alone = Object.fromEntries(
          Object.entries(given.sweep[0]).map(([name, values]) => [name, [values[row]]]),
        );
        const single = evaluateHere({ ...given, sweep: [alone] }, "wasm");
        expect(single.status[0]).toBe(all.status[row]);
        single.columns.forEach((column, k) => {
          expect(Object.is(column[0], all.columns[k][row])).toBe(true);
        });
      }
    }),
    { seed, numRuns: 80 },
  );
});

test("systems: a sweep over two axes is the same bytes in one thread and in two, in chunks of 7 and of 64 rows", async () => {
  const given = {
    model: models[0],
    equation: "redfield",
    T_A: 1,
    T_B: 2,
    bath_A: { spectrum: "flat", g: 0.1 },
    bath_B: { spectrum: "flat", g: 0.1 },
    sweep: [{ J: { linspace: [0, 0.5, 13] } }, { T_A: [1, 1, 2, 0.5, 0] }],
  };
  const whole = evaluateHere(given, "js").bytes();
  for (const [threads, chunkRows] of [
    [1, 7],
    [2, 7],
    [2, 64],
  ]) {
    const { bytes } = await evaluateInPool(given, { threads, chunkRows });
    expect(bytes().equals(whole), `${threads} threads, ${chunkRows} rows`).toBe(true);
  }
});
