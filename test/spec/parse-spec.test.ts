import { describe, expect, test } from "vitest";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { appendix, pair, qubit } from "./points.ts";

const names = (spec: unknown) => parseSpec(spec).columns.map(({ name }) => name);

test("the design's example, as YAML and as the same object", () => {
  const text = `
model: qubit-pair            # qubit | qubit-pair | ...
equation: lindblad
method: auto                 # auto | closed | lu
omega_1: 1
omega_2: 2
T_B: 1
bath_A: { spectrum: flat, g: 1 }
bath_B: { spectrum: power, g: 1, exponent: 1, cutoff: 10 }
sweep:                       # axes, slowest first; names inside one axis move together
  - lambda: { linspace: [0.05, 1.3, 1000] }
  - T_A: { linspace: [0.5, 4.5, 1000] }
columns: [populations, q_A, q_B]      # optional
`;
  const sweep = parseSpec(text);
  expect(sweep.model.name).toBe("qubit-pair");
  expect([sweep.equation, sweep.method, sweep.rows]).toEqual(["lindblad", "closed", 1_000_000]);
  expect(sweep.spectra).toEqual(["flat", "power"]);
  expect([...sweep.constants]).toEqual([
    ["omega_1", 1],
    ["omega_2", 2],
    ["T_B", 1],
    ["g_A", 1],
    ["g_B", 1],
    ["exponent_B", 1],
    ["cutoff_B", 10],
  ]);
  expect(sweep.axes).toEqual([
    {
      names: ["lambda"],
      count: 1000,
      values: [{ kind: "linspace", from: 0.05, to: 1.3, count: 1000 }],
    },
    {
      names: ["T_A"],
      count: 1000,
      values: [{ kind: "linspace", from: 0.5, to: 4.5, count: 1000 }],
    },
  ]);
  expect(sweep.columns.map(({ name }) => name)).toEqual([
    "rho_11",
    "rho_22",
    "rho_33",
    "rho_44",
    "q_A",
    "q_B",
  ]);
  expect(sweep.canonical).toBe(
    '{"model":"qubit-pair","equation":"lindblad","method":"closed","omega_1":1,"omega_2":2,"T_B":1,' +
      '"bath_A":{"spectrum":"flat","g":1},' +
      '"bath_B":{"spectrum":"power","g":1,"exponent":1,"cutoff":10},' +
      '"sweep":[{"lambda":{"linspace":[0.05,1.3,1000]}},{"T_A":{"linspace":[0.5,4.5,1000]}}],' +
      '"columns":["rho_11","rho_22","rho_33","rho_44","q_A","q_B"]}',
  );
  expect(parseSpec(sweep.canonical)).toEqual(sweep);
});

test("without a sweep: one row", () => {
  const sweep = parseSpec(qubit);
  expect([sweep.rows, sweep.axes]).toEqual([1, []]);
  expect(parseSpec({ ...qubit, sweep: [] }).canonical).toBe(sweep.canonical);
});

describe("method auto", () => {
  test.each([
    [qubit, "closed"],
    [{ ...qubit, equation: "redfield-eq213" }, "closed"],
    [pair, "closed"],
    [{ ...pair, equation: "redfield" }, "lu"],
    [{ ...pair, equation: "redfield-eq213", method: "auto" }, "lu"],
    [appendix, "closed"],
    [{ ...appendix, method: "lu" }, "lu"],
  ])("%j", (spec, method) => {
    expect(parseSpec(spec).method).toBe(method);
  });
});

describe("columns", () => {
  test("are populations, coherences and currents by default", () => {
    expect(names(qubit)).toEqual(["rho_pp", "rho_mm", "q_A", "q_B"]);
    expect(names({ ...pair, method: "lu" }).slice(4)).toEqual([
      "re_rho_23",
      "im_rho_23",
      "q_A",
      "q_B",
    ]);
  });
  test("of the appendix' equation have no currents", () => {
    expect(names(appendix).slice(4)).toEqual(["re_rho_23", "im_rho_23"]);
  });
  test("come as listed, groups in their place", () => {
    const columns = ["residual", "q_B", "populations", "q_A"];
    expect(names({ ...qubit, method: "lu", columns })).toEqual([
      "residual",
      "q_B",
      "rho_pp",
      "rho_mm",
      "q_A",
    ]);
  });
});

describe("a sweep", () => {
  test("wins over a constant of the same name", () => {
    const sweep = parseSpec({ ...pair, sweep: [{ T_A: [1, 2], g_B: [1, 3] }, { cutoff_A: [1] }] });
    expect(["T_A", "g_B", "cutoff_A"].filter((name) => sweep.constants.has(name))).toEqual([]);
    expect(sweep.canonical).toContain('"bath_A":{"spectrum":"drude","g":1}');
    expect(sweep.canonical).toContain('"sweep":[{"T_A":[1,2],"g_B":[1,3]},{"cutoff_A":[1]}]');
  });
  test("may give every number of a bath", () => {
    const sweep = parseSpec({ ...qubit, bath_A: { spectrum: "flat" }, sweep: [{ g_A: [1, 2] }] });
    expect(sweep.canonical).toContain('"bath_A":{"spectrum":"flat"}');
  });
  test("has as many rows as its axes' product, to 2^53 − 1", () => {
    const sweep = [
      { T_A: { linspace: [1, 2, 6361 * 69431] } },
      { T_B: { linspace: [1, 2, 20394401] } },
    ];
    expect(parseSpec({ ...pair, sweep }).rows).toBe(2 ** 53 - 1);
  });
  test("does not hold on to the lists it is given", () => {
    const values = [1, -0];
    const sweep = parseSpec({ ...pair, sweep: [{ T_A: values }] });
    values[0] = 7;
    expect(sweep.axes[0].values).toEqual([{ kind: "list", values: [1, 0] }]);
  });
});

test("−0 is 0", () => {
  const sweep = parseSpec({ ...pair, lambda: -0, sweep: [{ T_A: { linspace: [-0, 1, 2] } }] });
  expect(Object.is(sweep.constants.get("lambda"), 0)).toBe(true);
  expect(sweep.axes[0].values).toEqual([{ kind: "linspace", from: 0, to: 1, count: 2 }]);
});

test("undefined is absent", () => {
  expect(parseSpec({ ...qubit, equation: undefined, sweep: undefined }).equation).toBe("lindblad");
});

test("one g may be zero, T may be zero, λ may be zero or negative", () => {
  expect(parseSpec({ ...qubit, T_A: 0, bath_A: { spectrum: "flat", g: 0 } }).rows).toBe(1);
  expect(parseSpec({ ...pair, lambda: 0 }).rows).toBe(1);
  expect(parseSpec({ ...pair, lambda: -1.4 }).rows).toBe(1);
});
