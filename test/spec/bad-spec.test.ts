import { describe, expect, test } from "vitest";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { specError } from "./errors.ts";
import { appendix, pair, qubit } from "./points.ts";

const temperature = "wants a number ≥ 0 (at most 1e+100)";
const count = "wants a count: an integer between 1 and 9007199254740991";
const progressions = "linspace, geomspace, random or sobol";
const flat = { spectrum: "flat", g: 1 };

const swept = (...sweep: unknown[]) => ({ ...pair, sweep });

const cases: Record<string, [spec: unknown, message: string][]> = {
  keys: [
    [{ ...pair, lamda: 1 }, "lamda: unknown key; did you mean lambda?"],
    [{ ...pair, Lambda: 1 }, "Lambda: unknown key; did you mean lambda?"],
    [{ ...pair, g_A: 1 }, "g_A: unknown key; did you mean bath_A.g?"],
    [{ ...pair, "a b\u001b[31m": 1 }, '"a b\\u001b[31m": unknown key'],
    [{ ...pair, bath_A: { ...flat, gg: 1 } }, "bath_A.gg: unknown key; did you mean g?"],
    [
      { ...pair, bath_A: { ...flat, cutof: 1 } },
      "bath_A.cutof: unknown key; did you mean cutoff? bath_A is flat and has no cutoff; power and drude have",
    ],
    [{ ...pair, bath_A: { ...flat, colour: 1 } }, "bath_A.colour: unknown key"],
    [{ ...pair, exponet_B: 1 }, "exponet_B: unknown key; did you mean bath_B.exponent?"],
    [
      { ...pair, bath_A: flat, sweep: [{ cutof_A: [1, 2] }] },
      "sweep[0].cutof_A: unknown parameter of qubit-pair; did you mean cutoff_A? bath_A is flat and has no cutoff; power and drude have",
    ],
    [
      { ...pair, bath_A: { ...flat, cutoff: 1 } },
      "bath_A.cutoff: bath_A is flat and has no cutoff; power and drude have",
    ],
    [
      { ...pair, bath_A: { spectrum: "drude", g: 1, cutoff: 1, exponent: 1 } },
      "bath_A.exponent: bath_A is drude and has no exponent; power has",
    ],
  ],
  names: [
    [
      { ...pair, model: "qubit-piar" },
      'model: got "qubit-piar", wants qubit, qubit-pair or { factors: …, hamiltonian: …, baths: … }; did you mean qubit-pair?',
    ],
    [
      { ...pair, model: 5 },
      "model: got 5, wants qubit, qubit-pair or { factors: …, hamiltonian: …, baths: … }",
    ],
    [{}, "model: missing; wants qubit, qubit-pair or { factors: …, hamiltonian: …, baths: … }"],
    [
      { ...qubit, equation: "redfield-appendix" },
      'equation: got "redfield-appendix", wants lindblad, redfield or redfield-eq213',
    ],
    [
      { ...pair, equation: "redfeild" },
      'equation: got "redfeild", wants lindblad, redfield, redfield-eq213 or redfield-appendix; did you mean redfield?',
    ],
    [{ ...pair, method: "LU" }, 'method: got "LU", wants auto, closed or lu; did you mean lu?'],
    [
      { ...pair, bath_A: { spectrum: "ohmic", g: 1 } },
      'bath_A.spectrum: got "ohmic", wants flat, power or drude',
    ],
    [{ ...pair, bath_A: { g: 1 } }, "bath_A.spectrum: missing; wants flat, power or drude"],
    [
      { ...pair, bath_A: "flat" },
      'bath_A: got "flat", wants { spectrum: flat, power or drude, g: … }',
    ],
    [
      { ...pair, bath_A: undefined },
      "bath_A: missing; wants { spectrum: flat, power or drude, g: … }",
    ],
  ],
  numbers: [
    [{ ...pair, T_A: "cold" }, `T_A: got "cold", ${temperature}`],
    [{ ...pair, T_A: "1" }, `T_A: got "1", ${temperature}`],
    [{ ...pair, T_A: NaN }, `T_A: got NaN, ${temperature}`],
    [{ ...pair, T_A: Infinity }, `T_A: got Infinity, ${temperature}`],
    [{ ...pair, T_A: null }, `T_A: got null, ${temperature}`],
    [{ ...pair, T_A: 1n }, `T_A: got 1n, ${temperature}`],
    [{ ...pair, T_A: [1, "a", {}, [2]] }, `T_A: got [1, "a", {}, […]], ${temperature}`],
    [{ ...pair, T_A: { a: 1 } }, `T_A: got { a: … }, ${temperature}`],
    [{ ...pair, T_A: -1 }, `T_A: got -1, ${temperature}`],
    [{ ...pair, T_A: undefined }, `T_A: missing; ${temperature}, or an axis in sweep`],
    [{ ...pair, omega_1: 0 }, "omega_1: got 0, wants a number > 0 (between 1e-100 and 1e+100)"],
    [
      { ...pair, bath_A: { spectrum: "flat" } },
      "bath_A.g: missing; wants a number ≥ 0 (0, or between 1e-100 and 1e+100), or an axis g_A in sweep",
    ],
    [{ ...pair, T_A: "x".repeat(1e6) }, `T_A: got "${"x".repeat(58)}…, ${temperature}`],
    [
      { ...pair, T_A: "\u001b[31m\u009b\u202e\n" },
      `T_A: got "\\u001b[31m\\u009b\\u202e\\n", ${temperature}`,
    ],
  ],
  equations: [
    [
      { ...pair, equation: "redfield", method: "closed" },
      "method: redfield has no closed form; of qubit-pair, lindblad and redfield-appendix have",
    ],
    [
      { ...appendix, bath_B: pair.bath_B },
      'bath_B.spectrum: got "power", wants flat, for redfield-appendix is defined for flat baths alone',
    ],
    [
      { ...appendix, bath_B: { spectrum: "flat", g: 2 } },
      "bath_B.g: got 2, wants 1 as in bath_A.g, for redfield-appendix is defined for equal g alone",
    ],
    [
      { ...appendix, sweep: [{ g_B: [2, 3] }] },
      "no row is valid: got g_A = 1, wants g_A = g_B: redfield-appendix is defined for equal g alone",
    ],
  ],
  columns: [
    [{ ...pair, columns: "q_A" }, 'columns: got "q_A", wants a list of columns'],
    [{ ...pair, columns: [] }, "columns: got [], wants at least one column"],
    [
      { ...qubit, columns: ["coherences"] },
      'columns: got ["coherences"], wants at least one column',
    ],
    [
      { ...pair, columns: ["q_C"] },
      'columns[0]: got "q_C", wants a column of qubit-pair or one of populations, coherences, currents, residual, rcond, errors; did you mean q_A?',
    ],
    [
      { ...pair, columns: ["q_A", "currents"] },
      "columns[1]: q_A is asked for by columns[0] already",
    ],
    [
      { ...pair, columns: ["residual"] },
      'columns[0]: got "residual", which is defined for method lu alone',
    ],
    [
      { ...pair, columns: ["rcond"] },
      'columns[0]: got "rcond", which is defined for method lu alone',
    ],
    [
      { ...pair, columns: ["q_A_err"] },
      'columns[0]: got "q_A_err", wants a column of qubit-pair or one of populations, coherences, currents, residual, rcond, errors; did you mean q_A_error?',
    ],
    [
      { ...appendix, columns: ["rho_11", "errors"] },
      'columns[1]: got "errors", which is defined for method lu alone',
    ],
    [
      { ...appendix, method: "lu", columns: ["errors", "q_A_error"] },
      'columns[1]: got "q_A_error", but redfield-appendix defines populations and coherences, not currents',
    ],
    [
      { ...appendix, columns: ["rho_11", "q_A"] },
      'columns[1]: got "q_A", but redfield-appendix defines populations and coherences, not currents',
    ],
  ],
  sweeps: [
    [{ ...pair, sweep: { T_A: [1] } }, "sweep: got { T_A: … }, wants a list of axes"],
    [{ ...pair, sweep: null }, "sweep: got null, wants a list of axes"],
    [swept({}), "sweep[0]: got {}, wants an axis: { name: values }"],
    [swept("T_A"), 'sweep[0]: got "T_A", wants an axis: { name: values }'],
    [
      swept({ omega_0: [1] }),
      "sweep[0].omega_0: unknown parameter of qubit-pair; did you mean omega_1?",
    ],
    [
      swept({ "bath_A.g": [1] }),
      'sweep[0]."bath_A.g": unknown parameter of qubit-pair; did you mean g_A?',
    ],
    [swept({ model: [1] }), "sweep[0].model: unknown parameter of qubit-pair"],
    [
      { ...qubit, sweep: [{ cutoff_A: [1] }] },
      "sweep[0].cutoff_A: bath_A is flat and has no cutoff; power and drude have",
    ],
    [swept({ T_A: [1] }, { T_A: [2] }), "sweep[1].T_A: swept by sweep[0] already"],
    [
      swept({ T_A: [1, 2, 3], lambda: [1, 2] }),
      "sweep[0]: T_A has 3 and lambda has 2 values; names of one axis move together and need equally many",
    ],
    [
      swept({ T_A: { linspace: [1, 2, 3e15] } }, { T_B: { linspace: [1, 2, 4] } }),
      "sweep: got 3000000000000000 × 4 rows, wants at most 9007199254740991",
    ],
  ],
  "axis values": [
    [swept({ T_A: 1 }), `sweep[0].T_A: got 1, wants a list of numbers, ${progressions}`],
    [swept({ T_A: {} }), `sweep[0].T_A: got {}, wants a list of numbers, ${progressions}`],
    [swept({ T_A: [] }), "sweep[0].T_A: got a list of 0, wants 1 to 1000000 numbers"],
    [
      swept({ T_A: Array.from({ length: 1_000_001 }, () => 1) }),
      "sweep[0].T_A: got a list of 1000001, wants 1 to 1000000 numbers",
    ],
    [swept({ T_A: [1, "2", NaN] }), 'sweep[0].T_A[1]: got "2", wants a finite number'],
    [swept({ T_A: [1, -Infinity] }), "sweep[0].T_A[1]: got -Infinity, wants a finite number"],
    [
      swept({ T_A: { linspce: [1, 2, 3] } }),
      `sweep[0].T_A.linspce: unknown key, wants a list of numbers, ${progressions}; did you mean linspace?`,
    ],
    [
      swept({ T_A: { linspace: [1, 2, 3], geomspace: [1, 2, 3] } }),
      `sweep[0].T_A: got { linspace: …, geomspace: … }, wants a list of numbers, ${progressions}`,
    ],
    [
      swept({ T_A: { linspace: [1, 2] } }),
      "sweep[0].T_A.linspace: got [1, 2], wants [from, to, count]",
    ],
    [swept({ T_A: { linspace: [1, 2, 0] } }), `sweep[0].T_A.linspace[2]: got 0, ${count}`],
    [swept({ T_A: { linspace: [1, 2, 1.5] } }), `sweep[0].T_A.linspace[2]: got 1.5, ${count}`],
    [
      swept({ T_A: { linspace: [1, 2, 1e18] } }),
      `sweep[0].T_A.linspace[2]: got 1000000000000000000, ${count}`,
    ],
    [
      swept({ T_A: { linspace: [1, 2, 2 ** 53] } }),
      `sweep[0].T_A.linspace[2]: got 9007199254740992, ${count}`,
    ],
    [swept({ T_A: { linspace: [1, 2, "3"] } }), `sweep[0].T_A.linspace[2]: got "3", ${count}`],
    [
      swept({ T_A: { linspace: [NaN, 2, 3] } }),
      "sweep[0].T_A.linspace[0]: got NaN, wants a finite number",
    ],
    [
      swept({ lambda: { linspace: [-1e308, 1e308, 3] } }),
      "sweep[0].lambda.linspace: got [-1e+308, 1e+308, 3], wants ends whose difference is a finite number",
    ],
    [
      swept({ T_A: { geomspace: [0, 2, 3] } }),
      "sweep[0].T_A.geomspace: got [0, 2, 3], wants ends of one sign, neither of them 0",
    ],
    [
      swept({ T_A: { geomspace: [-1, 2, 3] } }),
      "sweep[0].T_A.geomspace: got [-1, 2, 3], wants ends of one sign, neither of them 0",
    ],
    [
      swept({ T_A: { random: [1, 2, 3] } }),
      "sweep[0].T_A.random: got [1, 2, 3], wants [from, to, count, seed]",
    ],
    [
      swept({ T_A: { random: [1, 2, 3, -1] } }),
      "sweep[0].T_A.random[3]: got -1, wants a seed: an integer between 0 and 9007199254740991",
    ],
    [
      swept({ T_A: { sobol: [1, 2] } }),
      "sweep[0].T_A.sobol: got [1, 2], wants [from, to, count] or [from, to, count, seed]",
    ],
    [
      swept({ T_A: { sobol: [1, 2, 2 ** 32 + 1] } }),
      "sweep[0].T_A.sobol[2]: got 4294967297, wants a count: an integer between 1 and 4294967296",
    ],
    [
      swept({ T_A: { sobol: [1, 2, 4] }, lambda: { sobol: [0, 1, 8] } }),
      "sweep[0]: T_A has 4 and lambda has 8 values; names of one axis move together and need equally many",
    ],
    [
      swept({ T_A: { sobl: [1, 2, 4] } }),
      `sweep[0].T_A.sobl: unknown key, wants a list of numbers, ${progressions}; did you mean sobol?`,
    ],
  ],
  "no row is valid": [
    [
      { ...pair, lambda: 2 },
      "outside the domain: got omega_1 = 1, omega_2 = 2, lambda = 2, wants |lambda| < sqrt(omega_1 * omega_2)",
    ],
    [swept({ T_A: [-1, -2] }), `sweep[0].T_A: got [-1, -2], ${temperature}`],
    [
      swept({ T_A: { linspace: [-3, -1, 5] } }),
      `sweep[0].T_A: got linspace [-3, -1, 5], ${temperature}`,
    ],
    [
      swept({ T_A: { linspace: [-3, -1e-9, 1e15] } }),
      `sweep[0].T_A: got linspace [-3, -1e-9, 1000000000000000], ${temperature}`,
    ],
    [
      swept({ T_A: [1, -1], T_B: [-1, 1] }),
      "sweep[0]: T_A and T_B are never in their domains together",
    ],
    [
      swept({ lambda: { linspace: [1.5, 3, 1e9] } }),
      "no row is valid: got omega_1 = 1, omega_2 = 2, wants |lambda| < sqrt(omega_1 * omega_2)",
    ],
    [
      swept({ lambda: [3, -2] }, { omega_1: [0.1, 1.9, -5] }),
      "no row is valid: got omega_2 = 2, wants |lambda| < sqrt(omega_1 * omega_2)",
    ],
    [
      { ...qubit, bath_A: { spectrum: "flat", g: 0 }, bath_B: { spectrum: "flat", g: 0 } },
      "outside the domain: got g_A = 0, g_B = 0, wants g_A or g_B > 0: no bath is coupled, no unique steady state",
    ],
  ],
  "what is no spec": [
    [undefined, "got undefined, wants a spec: { model: …, … }"],
    [null, "got null, wants a spec: { model: …, … }"],
    [
      [pair],
      "got [{ model: …, omega_1: …, omega_2: …, lambda: … }], wants a spec: { model: …, … }",
    ],
    [7, "got 7, wants a spec: { model: …, … }"],
  ],
};

describe.each(Object.keys(cases))("%s", (title) => {
  test.each(cases[title].map(([spec, message]) => ({ spec, message })))(
    "$message",
    ({ spec, message }) => {
      expect(specError(() => parseSpec(spec))).toBe(message);
    },
  );
});

test("everything wrong is told at once, by path", () => {
  const spec = { ...pair, T_A: -1, lamda: 3, bath_B: { spectrum: "flat", g: "x" }, columns: ["q"] };
  const paths = specError(() => parseSpec(spec)).match(/^[^:]+/gm);
  expect(paths).toEqual(["lamda", "T_A", "bath_B.g", "columns[0]"]);
});

test("a hundred thousand unknown keys fit one screen", () => {
  const keys = Array.from({ length: 100_000 }, (_, i) => [`key ${i}`, 1]);
  const message = specError(() => parseSpec({ ...Object.fromEntries(keys), ...pair }));
  expect(message.split("\n")).toHaveLength(21);
  expect(message).toMatch(/… and over 980 more$/);
});

test("some valid row is enough", () => {
  expect(parseSpec(swept({ T_A: [-1, 1], T_B: [-1, 1] })).rows).toBe(2);
  expect(parseSpec(swept({ lambda: [5, 1.4] })).rows).toBe(2);
  expect(parseSpec(swept({ lambda: { linspace: [-9, 9, 1e6 + 1] } })).rows).toBe(1e6 + 1);
  expect(parseSpec(swept({ lambda: [3] }, { omega_1: { linspace: [-5, 5, 1e12] } })).rows).toBe(
    1e12,
  );
  expect(parseSpec({ ...appendix, sweep: [{ g_B: [2, 1] }] }).rows).toBe(2);
});
