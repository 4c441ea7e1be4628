import { describe, expect, test } from "vitest";
import { applyOverrides } from "../../src/spec/overrides.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { specError } from "./errors.ts";
import { pair } from "./points.ts";

describe("a setting", () => {
  test.each([
    ["T_A=2", { T_A: 2 }],
    [" lambda = -1e-3", { lambda: -1e-3 }],
    ["equation=redfield", { equation: "redfield" }],
    ["columns=[q_A, rho_11]", { columns: ["q_A", "rho_11"] }],
    ["bath_A.g=0.1", { bath_A: { ...pair.bath_A, g: 0.1 } }],
    ["g_A=0.1", { bath_A: { ...pair.bath_A, g: 0.1 } }],
    ["cutoff_B=3", { bath_B: { ...pair.bath_B, cutoff: 3 } }],
    ["bath_A={spectrum: flat, g: 1}", { bath_A: { spectrum: "flat", g: 1 } }],
    ["sweep=[T_A: {linspace: [1, 2, 3]}]", { sweep: [{ T_A: { linspace: [1, 2, 3] } }] }],
    ["a=b=c", { a: "b=c" }],
  ])("%s", (setting, change) => {
    const before = structuredClone(pair);
    expect(applyOverrides(pair, [setting])).toEqual({ ...pair, ...change });
    expect(pair).toEqual(before);
  });

  test("makes a bath that is not there; the last of a key wins", () => {
    expect(applyOverrides({}, ["bath_A.spectrum=flat", "g_A=1", "g_A=2"])).toEqual({
      bath_A: { spectrum: "flat", g: 2 },
    });
  });

  test("that parses is not yet valid", () => {
    expect(specError(() => parseSpec(applyOverrides(pair, ["T_a=1"])))).toBe(
      "T_a: unknown key; did you mean T_A?",
    );
  });

  test("of what is no spec leaves that to the parser", () => {
    expect(applyOverrides(7, ["T_A=1"])).toBe(7);
  });
});

describe("refused", () => {
  const key = "wants key=value, with a key like T_A or bath_A.g";
  test.each([
    ["T_A", `--set T_A: ${key}`],
    ["=1", `--set =1: ${key}`],
    ["a b=1", `--set a b=1: ${key}`],
    ["a.b.c=1", `--set a.b.c=1: ${key}`],
    ["__proto__=1", `--set __proto__=1: ${key}`],
    ["a.__proto__=1", `--set a.__proto__=1: ${key}`],
    ["T_A=", "--set T_A=: the text is empty"],
    ["T_A=[1", "--set T_A=[1: line 1, column "],
    ["T_A=*x", "--set T_A=*x: line 1, column 1: an alias (*name) is not allowed"],
    ["T_A.x=1", "--set T_A.x=1: got 1.5 in the spec, wants an object to set x of"],
  ])("%s", (setting, message) => {
    expect(specError(() => applyOverrides(pair, [setting]))).toContain(message);
  });

  test("where an axis would win", () => {
    const spec = { ...pair, sweep: [{ T_A: [1, 2], g_B: [1, 2] }] };
    expect(specError(() => applyOverrides(spec, ["T_A=3", "bath_B.g=1", "T_B=1"]))).toBe(
      "--set T_A=3: has no effect, for an axis sweeps T_A\n" +
        "--set bath_B.g=1: has no effect, for an axis sweeps g_B",
    );
    expect(applyOverrides(spec, ["T_A=3", "sweep=[]"])).toEqual({ ...pair, T_A: 3, sweep: [] });
  });

  test("nothing reaches a prototype", () => {
    const result = applyOverrides({}, ["constructor.prototype={polluted: 1}", "toString=1"]);
    expect(Object.keys(result as object)).toEqual(["constructor", "toString"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.prototype.toString.call(1)).toBe("[object Number]");
  });
});
