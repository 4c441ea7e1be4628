import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Table, tableFromIPC } from "apache-arrow";
import { beforeAll, expect, test } from "vitest";
import { scratchFolder } from "../arrow/scratch.ts";
import { axisReader, type Picture, readSvg } from "../plot/read-svg.ts";
import { qheat, type Result } from "./run-cli.ts";

const cwd = scratchFolder();
const root = resolve(import.meta.dirname, "../..");
const file = (name: string) => readFileSync(join(cwd, "figures", name));
const table = (name: string) => tableFromIPC(file(name));
const picture = (name: string) => readSvg(file(name).toString());

let all: Result;
beforeAll(async () => {
  all = await qheat(["figure", "all"], { cwd });
});

function column(of: Table, name: string): Float64Array {
  return of.getChild(name)!.toArray() as Float64Array;
}

/** Greatest distance of a picture's line from its data, in heights of the frame. */
function distance(of: Picture, line: number, x: Float64Array, y: Float64Array): number {
  const [toX, toY] = [axisReader(of, "x"), axisReader(of, "y")];
  const points = of.lines[line].flat();
  expect(points).toHaveLength(x.length);
  const height = Math.max(...y) - Math.min(...y);
  return points.reduce((most, [px, py], row) => {
    expect(toX(px)).toBeCloseTo(x[row], 1);
    return Math.max(most, Math.abs(toY(py) - y[row]) / height);
  }, 0);
}

const mean = (of: Table) => {
  const [A, B] = [column(of, "T_A"), column(of, "T_B")];
  return A.map((value, row) => (value + B[row]) / 2);
};
const populations = ["rho_11", "rho_22", "rho_33", "rho_44"];

test("each figure has its picture, its data and its spec, and nothing else is there", () => {
  expect(all).toMatchObject({ code: 0, stderr: expect.stringMatching(/^(figures\/.*\n){4}$/) });
  const names = ["fig3", "fig4", "fig5", "redfield"].flatMap((name) =>
    ["svg", "arrow", "yaml"].map((extension) => `${name}.${extension}`),
  );
  const more = ["lindblad", "eq213", "appendix"].map((name) => `redfield-${name}.arrow`);
  expect(readdirSync(join(cwd, "figures")).toSorted()).toEqual([...names, ...more].toSorted());
});

test.each([
  ["fig3", "figure-3"],
  ["fig4", "figure-4"],
  ["fig5", "figure-5"],
  ["redfield", "figure-redfield"],
])("%s.yaml is the example, and a sweep of it gives the figure's data", async (name, example) => {
  expect(file(`${name}.yaml`)).toEqual(readFileSync(join(root, "examples", `${example}.yaml`)));
  const args = ["sweep", `figures/${name}.yaml`, "-o", "again.arrow", "--quiet"];
  expect((await qheat(args, { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, "again.arrow")).subarray(8)).toEqual(
    file(`${name}.arrow`).subarray(8),
  );
});

test.each(["fig3", "fig4", "fig5", "redfield"])("docs/figures/%s.svg is what is made", (name) => {
  const svg = file(`${name}.svg`);
  expect(svg.toString()).toBe(readFileSync(join(root, `docs/figures/${name}.svg`), "utf8"));
  expect(svg.length).toBeLessThan(200_000);
});

test("Fig. 3: all in the ground state at T = 0, nearly equal populations at T = 10", () => {
  const data = table("fig3.arrow");
  const T = mean(data);
  expect([T[0], T.at(-1)]).toEqual([0, 10]);
  const drawn = picture("fig3.svg");
  populations.forEach((name, line) => {
    const values = column(data, name);
    expect(distance(drawn, line, T, values)).toBeLessThan(1e-3);
    expect(values[0]).toBe(name === "rho_11" ? 1 : 0);
    expect(Math.abs(values.at(-1)! - 0.25)).toBeLessThan(0.04);
  });
  expect(drawn.texts).toEqual(
    expect.arrayContaining(["mean temperature T", "population ρnn", "ρ11", "ρ44"]),
  );
});

test("Fig. 4: currents over T_A from 0.5 to 1.5, opposite, zero where the temperatures are equal", () => {
  const data = table("fig4.arrow");
  const [T, A, B] = ["T_A", "q_A", "q_B"].map((name) => column(data, name));
  expect([T[0], T.at(-1)]).toEqual([0.5, 1.5]);
  const drawn = picture("fig4.svg");
  expect(distance(drawn, 0, T, A)).toBeLessThan(1e-3);
  expect(distance(drawn, 1, T, B)).toBeLessThan(1e-3);
  expect(Math.abs(A[T.indexOf(1)])).toBe(0);
  A.forEach((value, row) => {
    expect(value).toBeCloseTo(-B[row], 15);
    expect(Math.sign(value) === Math.sign(T[row] - 1)).toBe(true);
  });
  expect(drawn.texts).toEqual(expect.arrayContaining(["temperature TA", "heat current q", "qA"]));
});

test("Fig. 5: zeros of ρ₃₃ at T = 5.837280 and of ρ₄₄ at T = 6.007143, said on the picture", () => {
  const data = table("fig5.arrow");
  const T = mean(data);
  expect(T[0]).toBeCloseTo(5.01, 12);
  expect(T.at(-1)).toBe(8);
  const drawn = picture("fig5.svg");
  populations.forEach((name, line) => {
    expect(distance(drawn, line, T, column(data, name))).toBeLessThan(1e-3);
  });
  for (const [name, zero] of [
    ["rho_33", 5.83728],
    ["rho_44", 6.007143],
  ] as const) {
    const values = column(data, name);
    const row = values.findIndex((value) => value >= 0);
    expect(T[row - 1]).toBeLessThan(zero);
    expect(T[row]).toBeGreaterThan(zero);
    expect(values.subarray(row).every((value) => value >= 0)).toBe(true);
  }
  expect(drawn.texts).toEqual(
    expect.arrayContaining(["ρ33 = 0 at T = 5.837", "ρ44 = 0 at T = 6.007"]),
  );
});

test("redfield: Lindblad obeys the second law everywhere, the Redfield equations do not", () => {
  const statuses = (name: string) => new Set(column(table(name), "status"));
  expect(statuses("redfield-lindblad.arrow")).toEqual(new Set([0]));
  expect(statuses("redfield.arrow")).toEqual(new Set([0, 8]));
  expect(statuses("redfield-eq213.arrow")).toEqual(new Set([0, 8]));
  expect(statuses("redfield-appendix.arrow")).toEqual(new Set([0, 4]));
  const drawn = picture("redfield.svg");
  const T = column(table("redfield.arrow"), "T_A");
  ["redfield-lindblad.arrow", "redfield.arrow", "redfield-eq213.arrow"].forEach((name, line) => {
    expect(distance(drawn, line, T, column(table(name), "q_A"))).toBeLessThan(1e-2);
  });
  for (const text of ["second law broken", "a negative population", "redfield-appendix"]) {
    expect(drawn.texts).toContain(text);
  }
});

test("redfield: the marked stretch begins with the first row that has the status", () => {
  const data = table("redfield.arrow");
  const first = column(data, "T_A")[column(data, "status").indexOf(8)];
  const drawn = picture("redfield.svg");
  const band = drawn.root.querySelector('[aria-label="rect"] rect')!;
  const from = axisReader(drawn, "x")(Number(band.getAttribute("x")));
  expect(from).toBeCloseTo(first, 2);
  expect(column(data, "q_A")[column(data, "status").indexOf(8)]).toBeLessThan(0);
});

test("one figure, into a folder that is there", async () => {
  mkdirSync(join(cwd, "mine"));
  expect((await qheat(["figure", "4", "-o", "mine"], { cwd })).code).toBe(0);
  expect(readdirSync(join(cwd, "mine"))).toEqual(["fig4.arrow", "fig4.svg", "fig4.yaml"]);
  expect(readFileSync(join(cwd, "mine/fig4.svg"))).toEqual(file("fig4.svg"));
});

test.each([
  [["figure", "redfeld"], 'no figure "redfeld"; did you mean redfield?'],
  [["figure", "fig4"], 'no figure "fig4"; did you mean 4?'],
  [["figure"], "FIGURE is missing"],
  [["figure", "4", "-o", "no/such"], "cannot make folder no/such: ENOENT: no such file"],
])("%j: exit 2", async (args, message) => {
  const { code, stderr } = await qheat(args, { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(`qheat: ${message}`);
  expect(existsSync(join(cwd, "no"))).toBe(false);
});

test("info counts Redfield's negative populations and broken second law", async () => {
  const T = "{linspace: [0.02, 12, 25]}";
  const spec = join(root, "examples/redfield-map.yaml");
  const args = ["sweep", spec, "--set", `sweep=[{T_A: ${T}}, {T_B: ${T}}]`, "-o", "map.arrow"];
  expect((await qheat(args, { cwd })).code).toBe(0);
  const status = column(tableFromIPC(readFileSync(join(cwd, "map.arrow"))), "status");
  const count = (bit: number) => status.filter((flags) => (flags & bit) !== 0).length;
  expect(count(4)).toBeGreaterThan(0);
  expect(count(8)).toBeGreaterThan(0);
  const text = (await qheat(["info", "map.arrow"], { cwd })).stdout.toString();
  expect(text).toMatch(new RegExp(`^ +${count(4)} +a negative population$`, "m"));
  expect(text).toMatch(new RegExp(`^ +${count(8)} +the second law broken$`, "m"));
});
