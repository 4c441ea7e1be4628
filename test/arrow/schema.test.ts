import { expect, test } from "vitest";
import { sweepSchema } from "../../src/arrow/schema.ts";
import { version } from "../../src/arrow/version.ts";
import { kernelHash } from "../../src/engine/kernel-hash.ts";
import { fakeSweep } from "./fake-sweep.ts";

const schema = sweepSchema(fakeSweep(5));

test("axes in spec order, then results, then status, none of them nullable", () => {
  expect(schema.fields.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    ...["cutoff_A", "lambda", "T_A", "rho_11", "rho_22", "rho_33", "rho_44"].map(float),
    ...["re_rho_23", "im_rho_23", "q_A", "q_B", "residual", "rcond"].map(float),
    ...["rho_11", "rho_22", "rho_33", "rho_44"].map((name) => float(`${name}_error`)),
    ...["re_rho_23", "im_rho_23", "q_A", "q_B"].map((name) => float(`${name}_error`)),
    "status: Uint8",
  ]);
  expect(schema.fields.some((field) => field.nullable)).toBe(false);
});

function float(name: string): string {
  return `${name}: Float64`;
}

test("fields carry unit, description and equation", () => {
  const metadata = (name: string) =>
    Object.fromEntries(schema.fields.find((field) => field.name === name)!.metadata);
  expect(metadata("cutoff_A")).toEqual({
    unit: "energy",
    description: "cutoff frequency of the spectral function of bath A",
  });
  expect(metadata("q_B")).toEqual({
    unit: "energy * rate",
    description: "heat current from bath B into the system",
    equation: "(2.12)",
  });
  expect(metadata("status")["description"]).toMatch(/^0 for a row to trust.* 16 residual/);
});

test("the schema carries what made the file, and nothing else", () => {
  expect([...schema.metadata]).toEqual([
    ["qheat.spec", '{"model":"qubit-pair"}'],
    ["qheat.rows", "5"],
    ["qheat.version", version()],
    ["qheat.kernel", kernelHash()],
  ]);
});
