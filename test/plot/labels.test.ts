import { expect, test } from "vitest";
import { labelOf, valueText } from "../../src/plot/label.ts";
import { svgElement } from "../../src/plot/document.ts";
import { symbolOf } from "../../src/plot/symbol.ts";
import { plainText, typeset } from "../../src/plot/typeset.ts";

test.each([
  ["rho_11", "{ρ}_{11}"],
  ["rho_pp", "{ρ}_{++}"],
  ["rho_mm", "{ρ}_{−−}"],
  ["re_rho_23", "Re {ρ}_{23}"],
  ["im_rho_23", "Im {ρ}_{23}"],
  ["T_A", "{T}_{A}"],
  ["q_B", "{q}_{B}"],
  ["omega_0", "{ω}_{0}"],
  ["lambda", "{λ}"],
  ["g_A", "{g}_{A}"],
  ["cutoff_A", "cutoff_A"],
  ["residual", "residual"],
  ["my_own_column", "my_own_column"],
  ["re", "re"],
])("%s is %s", (column, symbol) => {
  expect(symbolOf(column)).toBe(symbol);
});

test("a label: symbol, description, unit; of several columns the symbols and a common unit", () => {
  const T_A = { name: "T_A", unit: "energy", description: "temperature of bath A" };
  const q_A = { name: "q_A", unit: "energy * rate", description: "heat current" };
  expect(labelOf([T_A])).toBe("{T}_{A}, temperature of bath A (energy)");
  expect(labelOf([q_A, { ...q_A, name: "q_B" }])).toBe("{q}_{A}, {q}_{B} (energy × rate)");
  expect(labelOf([q_A, T_A])).toBe("{q}_{A}, {T}_{A}");
  expect(labelOf([{ ...T_A, description: "x".repeat(80) }])).toBe("{T}_{A} (energy)");
  expect(labelOf([{ name: "a", unit: "1" }])).toBe("{a}");
  expect(valueText(-0.1 - 0.2)).toBe("−0.3");
});

test("symbols are set in italics with their index lowered, and what follows raised again", () => {
  const text = svgElement("text", {}, "at {T}_{A} = 1");
  typeset(svgElement("svg", {}, text));
  const runs = [...text.children].map((run) => [
    run.textContent,
    run.getAttribute("font-style"),
    run.getAttribute("dy"),
  ]);
  expect(runs).toEqual([
    ["at ", null, null],
    ["T", "italic", null],
    ["A", null, "0.3472em"],
    [" = 1", null, "-0.25em"],
  ]);
  expect(plainText("at {T}_{A} = {x}")).toBe("at TA = x");
});
