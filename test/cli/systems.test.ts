import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeModel, parseSpec, readSpec } from "../../src/index.ts";
import { models } from "../../src/models/index.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { qheat } from "./run-cli.ts";

const cwd = scratchFolder();
const examples = join(import.meta.dirname, "../../examples");
const example = (name: string) => join(examples, `${name}.yaml`);

test("qheat models SPEC explains a system: levels, transitions, which bath drives which", async () => {
  const { code, stdout, stderr } = await qheat(["models", example("three-level-maser")]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const text = stdout.toString();
  for (const line of [
    /^model: maser \(a system of 3 levels from a spec\)$/m,
    /^ +bath hot: S B† \+ S† B, S = proj\(1, 1, 3\)$/m,
    /^ +omega_hot +as the model has it/m,
    /^ +\|3⟩ +3$/m,
    /^ +\|2⟩ → \|1⟩ +1 +signal 1$/m,
    /^ +\|3⟩ → \|1⟩ +3 +hot 1$/m,
    /^ +\|3⟩ → \|2⟩ +2 +cold 1$/m,
  ]) {
    expect(text).toMatch(line);
  }
});

test("qheat models SPEC --json: the same as data, numbers unrounded", async () => {
  const changes = ["--set", "equation=lindblad", "--set", "columns=[currents]"];
  const args = ["models", example("heat-valve"), ...changes, "--json"];
  const { code, stdout } = await qheat(args);
  expect(code).toBe(0);
  const { explanation, ...model } = JSON.parse(stdout.toString()) as Record<string, any>;
  const spec = await readSpec(example("heat-valve"));
  const sweep = parseSpec({ ...(spec as object), equation: "lindblad", columns: ["currents"] });
  expect(model).toEqual(describeModel(sweep.model));
  const found = (name: string) => model["parameters"].find((p: any) => p.name === name);
  expect(found("J")).toMatchObject({ default: 0.6, unit: "as the model has it" });
  expect(found("secular_tolerance")).toMatchObject({ default: 1e-9, domain: { maximum: 1 } });
  expect(model["columns"].find((c: any) => c.name === "re_rho_12").onRequest).toBe(true);
  // J = 0 in the first row: two qubits of splitting 1 and 0.6
  expect(explanation).toMatchObject({ at: { J: 0, omega_1: 1, omega_2: 0.6 }, bare: false });
  const half = (x: number) => expect.closeTo(x, 12);
  expect(explanation["levels"]).toEqual([-0.8, -0.2, 0.2, 0.8].map(half));
  expect(explanation["transitions"]).toEqual([
    { from: 2, to: 1, frequency: half(0.6), strengths: { hot: 0, cold: half(1) } },
    { from: 3, to: 1, frequency: half(1), strengths: { hot: half(1), cold: 0 } },
    { from: 4, to: 2, frequency: half(1), strengths: { hot: half(1), cold: 0 } },
    { from: 4, to: 3, frequency: half(0.6), strengths: { hot: 0, cold: half(1) } },
  ]);
  const built = await qheat(["models", example("figure-4"), "--json"]);
  expect(JSON.parse(built.stdout.toString())).toEqual(
    JSON.parse(JSON.stringify(describeModel(models[1]))),
  );
});

test("the spec in a system's file makes the file again, byte by byte, on either backend", async () => {
  const file = join(cwd, "valve.arrow");
  expect((await qheat(["sweep", example("heat-valve"), "-o", file])).code).toBe(0);
  const spec = (await qheat(["info", file, "--spec"])).stdout.toString();
  const again = join(cwd, "again.arrow");
  const { code } = await qheat(["sweep", "-", "--backend", "js", "-o", again], { input: spec });
  expect(code).toBe(0);
  expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
});

test.each([
  ["three-level-maser", "451 to trust"],
  ["absorption-refrigerator", "201 to trust"],
  ["thermal-transistor", "181 to trust"],
  ["xx-chain", "171 to trust"],
  ["dark-state", "81 to trust, 1 singular"],
])("examples/%s.yaml runs: %s", async (name, counts) => {
  const file = join(cwd, `${name}.arrow`);
  const { code, stderr } = await qheat(["sweep", example(name), "-o", file]);
  expect(code).toBe(0);
  expect(stderr).toContain(counts);
});

test("points of systems as JSON lines: one a line, an error in the place of a wrong one", async () => {
  const point = (coupling: string) => ({
    model: { levels: 2, hamiltonian: "proj(1, 2, 2)", baths: { b: { coupling } } },
    T_b: 1,
    bath_b: { spectrum: "flat", g: 1 },
    columns: ["rho_22"],
  });
  const lines = [point("proj(1, 1, 2)"), point("proj(1, 1, 3)"), point("proj(1, 1, 2)")];
  const input = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const { code, stdout } = await qheat(["solve"], { input });
  expect(code).toBe(2);
  const [first, second, third] = stdout.toString().trim().split("\n");
  expect(JSON.parse(first)).toEqual({ rho_22: expect.closeTo(1 / (1 + Math.E), 15), status: 0 });
  expect(second).toContain('line 2: model.baths.b.coupling: character 12, at \\"3)\\"');
  expect(third).toBe(first);
});
