import { expect, test } from "vitest";
import { parseSpec } from "../../src/spec/parse-spec.ts";

const valve = {
  model: {
    name: "valve",
    factors: [2, 3],
    hamiltonian: "w*sz(1) + v*n(2) + J*sx(1)*(a(2) + ad(2))",
    parameters: { w: 1, v: 0.7, J: 0.1 },
    baths: { hot: { coupling: "sx(1)" }, cold: { coupling: "a(2)" } },
  },
  T_hot: 2,
  T_cold: 1,
  bath_hot: { spectrum: "drude", g: 0.1, cutoff: 3 },
  bath_cold: { spectrum: "drude", g: 0.1, cutoff: 3 },
};

/** The spec with another Hamiltonian, or another key of its model. */
const withModel = (change: object) => ({ ...valve, model: { ...valve.model, ...change } });
const withH = (hamiltonian: string) => withModel({ hamiltonian });

function errorOf(spec: unknown): string {
  try {
    parseSpec(spec);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test.each([
  ["w*sq(1)", 'character 3, at "sq(1)": unknown operator sq; did you mean sx?'],
  ["omga*sz(1)", 'character 1, at "omga*sz(1)": unknown name omga'],
  ["w*sz(3)", 'character 6, at "3)": wants a factor: a whole number from 1 to 2'],
  ["sx(2)", 'character 4, at "2)": sx wants a factor of two levels, factor 2 has 3 levels'],
  ["proj(2, 1, 4)", 'character 12, at "4)": wants a level: a whole number from 1 to 3'],
  ["w*sz(1) +", "character 10, at the end: expected expression after +"],
  ["w*sz(1) sz(1)", 'character 9, at "sz(1)": an operator is missing before this'],
  ["w*sz(1) + 2", 'character 11, at "2": adds a number to an operator'],
  ["w", 'character 1, at "w": is a number, wants an operator'],
  ["sz", 'character 1, at "sz": sz wants brackets, like sz(1)'],
  ["sz(1)/sz(1)", 'character 7, at "sz(1)": divides by an operator'],
  ["sz(1)/(w - w)", 'character 7, at "(w - w)": divides by 0'],
  ["sqrt(-2)*sz(1)", 'character 6, at "-2)*sz(1)": sqrt of -2, which is negative'],
  ["exp(sz(1))", 'character 5, at "sz(1))": exp is of a real number'],
  ["sz(1)**0.5", 'character 8, at "0.5": a power is a whole number; sqrt is the square root'],
  ["'sz'", `character 1, at "'sz'": got a text`],
  ["w > 1", "character 3"],
  ["a.b", "character 1"],
  ["process.exit(1)", "character 1"],
])("an error in %s points at the character", (text, message) => {
  expect(errorOf(withH(text))).toContain(`model.hamiltonian: ${message}`);
});

test.each([
  ["[proj(2, 1, 3)]", "proj(2"],
  ["proj(2, 1, 3)", "proj(2"],
  ['["sx(1)", w * proj(2, 1, 3), "a(2)"]', "w * proj(2"],
])(
  "an operator that YAML cuts at a comma, coupling: %s, is told to need quotes",
  (coupling, cut) => {
    const { factors, parameters, hamiltonian } = valve.model;
    const model = { factors, parameters, hamiltonian, baths: "BATHS" };
    const text = JSON.stringify({ ...valve, model }).replace(
      '"BATHS"',
      `{ hot: { coupling: ${coupling} } }`,
    );
    expect(errorOf(text)).toContain(
      `model.baths.hot.coupling: got "${cut}", wants an operator in quotes`,
    );
  },
);

test("a bracket that does not close is the expression's error", () => {
  expect(errorOf(withModel({ baths: { hot: { coupling: "sx(1" } } }))).toContain("character");
});

test("a Hamiltonian that is not Hermitian is refused, and told which part", () => {
  expect(errorOf(withH("w*sz(1) + J*sp(1)"))).toBe(
    "model.hamiltonian: is not Hermitian: the part with J is not its own adjoint",
  );
  expect(errorOf(withH("i*sz(1)"))).toContain("its constant part is not its own adjoint");
  expect(errorOf(withH("w*sz(1) + J*(i*sp(1) + dag(i*sp(1)))"))).toBe("");
});

test("a system has residual and rcond; of error bars it says where to read why there are none", () => {
  expect(errorOf({ ...valve, columns: ["residual", "rcond"] })).toBe("");
  expect(errorOf({ ...valve, columns: ["populations", "errors"] })).toContain(
    'columns[1]: got "errors", which systems from a spec do not have: docs/systems.md, "Results", says why',
  );
});

test("powers bind tighter than the sign before them, on both their spellings", () => {
  const h = (text: string) => {
    const { model } = parseSpec(withH(text));
    return "system" in model
      ? [...model.system.hamiltonian.terms.values()].map((t) => t.matrix.re[0])
      : [];
  };
  expect(h("-w**2*sz(1)")).toEqual([-1]);
  expect(h("-w^2*sz(1)")).toEqual([-1]);
  expect(h("(-w)**2*sz(1)")).toEqual([1]);
  expect(h("2**-1*sz(1)")).toEqual([0.5]);
});

test.each([
  [withModel({ factors: [2, 9] }), "model.factors: got 18 levels in all, wants at most 16"],
  [withModel({ factors: [1, 2] }), "model.factors: got [1, 2], wants a list of the levels"],
  [withModel({ levels: 3 }), "model.factors: given beside levels"],
  [withModel({ baths: {} }), "model.baths: got {}, wants { NAME: { coupling"],
  [withModel({ baths: { hot: { couplng: "sx(1)" } } }), "unknown key; did you mean coupling?"],
  [withModel({ hamiltnian: "sz(1)" }), "model.hamiltnian: unknown key; did you mean hamiltonian?"],
  [withModel({ parameters: { sx: 1 } }), "model.parameters.sx: sx means something in expressions"],
  [
    withModel({ parameters: { T_hot: 1 } }),
    "model.parameters.T_hot: T_hot means something in a spec",
  ],
  [withModel({ parameters: { w: "1" } }), 'model.parameters.w: got "1", wants a number'],
  [
    { ...valve, equation: "local" },
    "model.bare: missing; local wants the Hamiltonian that the baths",
  ],
  [{ ...valve, equation: "redfield-eq213" }, "equation: got"],
  [{ ...valve, equation: "unified" }, "cluster_width: missing; wants a number > 0"],
  [{ ...valve, method: "closed" }, "method: lindblad has no closed form"],
  [{ ...valve, columns: ["rho_77"] }, 'columns[0]: got "rho_77", wants a column of valve'],
  [{ ...valve, w_1: 3 }, "w_1: unknown key"],
])("a mistake in a model is named with its path (%#)", (spec, message) => {
  expect(errorOf(spec)).toContain(message);
});

test("a coupling that needs D(0) of a bath where it is infinite is an error, of a sweep only where every row needs it", () => {
  const spec = (J: unknown) => ({
    model: {
      factors: [2],
      hamiltonian: "w*sz(1) + J*sx(1)",
      parameters: { w: 1, J: 0 },
      baths: { hot: { coupling: "sx(1)" } },
    },
    T_hot: 2,
    bath_hot: { spectrum: "flat", g: 0.1 },
    ...(typeof J === "number" ? { J } : { sweep: [{ J }] }),
  });
  expect(errorOf(spec(0.1))).toBe(
    "bath_hot.spectrum: D(ω) of a flat spectrum has no finite limit at ω → 0, and the coupling to hot " +
      "has a diagonal element in |1⟩, states of equal energy; wants power with an exponent of 1 or " +
      "more, or drude",
  );
  expect(errorOf(spec(0))).toBe("");
  expect(errorOf(spec([0, 0.1]))).toBe("");
});

test("the canonical spec gives the same sweep again, models and all", () => {
  const sweep = parseSpec({
    ...valve,
    equation: "partial-secular",
    sweep: [{ J: [0, 0.1] }, { secular_cutoff: { linspace: [0, 1, 3] } }],
  });
  expect(sweep.rows).toBe(6);
  expect(parseSpec(sweep.canonical).canonical).toBe(sweep.canonical);
  expect(sweep.constants.get("w")).toBe(1);
  expect(parseSpec({ ...valve, w: 2 }).constants.get("w")).toBe(2);
});

test("hostile expressions are refused at once: brackets, signs and products without end", () => {
  expect(errorOf(withH(`${"(".repeat(3000)}1`))).toContain("nested deeper than 64");
  expect(errorOf(withH(`${"-".repeat(3000)}w*sz(1)`))).toContain("nested deeper than 64");
  expect(errorOf(withH("w+".repeat(3000)))).toContain("longer than 4096 characters");
  expect(errorOf(withH("(w + v + J)**16*(w - v)**16*sz(1)"))).not.toBe("");
});
