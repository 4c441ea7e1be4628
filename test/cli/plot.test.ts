import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Table, tableFromArrays, tableToIPC, vectorFromArray } from "apache-arrow";
import { beforeAll, expect, test } from "vitest";
import { scratchFolder } from "../arrow/scratch.ts";
import { axisReader, readSvg } from "../plot/read-svg.ts";
import { point, qheat, specOf } from "./run-cli.ts";

const cwd = scratchFolder();
const text = (name: string) => readFileSync(join(cwd, name), "utf8");
const plot = (...args: string[]) => qheat(["plot", ...args], { cwd });

beforeAll(async () => {
  // rows of the last lambda are outside the domain
  for (const name of ["x.arrow", "x.arrows"]) {
    await qheat(["sweep", "-", "-o", name, "--quiet"], { cwd, input: specOf(3) });
  }
});

test("lines, into a file named after the input; the axis that is left over tells them apart", async () => {
  const { code, stdout, stderr } = await plot("x.arrow", "--x", "T_A", "--y", "q_A");
  expect({ code, stdout: stdout.length, stderr }).toEqual({
    code: 0,
    stdout: 0,
    stderr: "x.svg\n",
  });
  const picture = readSvg(text("x.svg"));
  expect(picture.texts).toEqual(
    expect.arrayContaining([
      "x.arrow",
      "TA, temperature of bath A (energy)",
      "qA, heat current from bath A into the system (energy × rate)",
      "λ = 0",
      "λ = 1",
      "λ = 2",
      "100 of 300 rows have a status other than 0",
    ]),
  );
  const toX = axisReader(picture, "x");
  // λ = 2 has no results
  expect(picture.lines).toHaveLength(2);
  expect(picture.lines[1][0]).toHaveLength(100);
  expect(toX(picture.lines[1][0][0][0])).toBeCloseTo(1, 2);
  expect(toX(picture.lines[1][0][99][0])).toBeCloseTo(2, 2);
});

test("a stream gives the same picture but for its name", async () => {
  await plot("x.arrow", "--x", "T_A", "--y", "q_A,q_B", "-o", "a.svg");
  await plot("x.arrows", "--x", "T_A", "--y", "q_A,q_B", "-o", "b.svg");
  expect(text("b.svg").replaceAll("x.arrows", "x.arrow")).toBe(text("a.svg"));
});

test("a heat map, as a page for a browser", async () => {
  const { code } = await plot(
    "x.arrow",
    ..."--x T_A --y lambda --color q_A -o map.html".split(" "),
  );
  expect(code).toBe(0);
  const html = text("map.html");
  expect(html).toMatch(/^<!doctype html>\n<meta charset="utf-8">\n<title>x\.arrow<\/title>/);
  const svg = readSvg(html.slice(html.indexOf("<svg")));
  expect(svg.root.querySelectorAll('[aria-label="cells"]')).toHaveLength(2);
  expect(svg.texts).toContain("grey: no result; 100 of 300 rows have no number");
});

test("a million rows: a map of means and lines, both of a size to look at", async () => {
  const { lambda: _, T_A: __, ...fixed } = point;
  const linspace = (from: number, to: number) => ({ linspace: [from, to, 1000] });
  const sweep = [{ lambda: linspace(0.05, 1.3) }, { T_A: linspace(0.5, 4.5) }];
  const input = JSON.stringify({ ...fixed, sweep, columns: ["q_A"] });
  await qheat(["sweep", "-", "-o", "million.arrow", "--quiet"], { cwd, input });
  await plot("million.arrow", ..."--x T_A --y lambda --color q_A -o map.svg".split(" "));
  expect(readSvg(text("map.svg")).texts).toContain("each cell the mean of up to 25 rows");
  expect(statSync(join(cwd, "map.svg")).size).toBeLessThan(2e6);
  await plot("million.arrow", ..."--x T_A --y q_A".split(" "));
  expect(readSvg(text("million.svg")).texts).toContain("8 of 1,000 values of λ, evenly picked");
  expect(statSync(join(cwd, "million.svg")).size).toBeLessThan(4e5);
});

test("a Sobol' design: dots, or a map; with several columns no lines apart", async () => {
  const { lambda: _, T_A: __, T_B: ___, ...fixed } = point;
  const sobol = (from: number, to: number) => ({ sobol: [from, to, 64] });
  const sweep = [{ T_B: [1, 2] }, { lambda: sobol(0.05, 1.3), T_A: sobol(0.5, 4.5) }];
  const input = JSON.stringify({ ...fixed, sweep });
  await qheat(["sweep", "-", "-o", "sobol.arrow", "--quiet"], { cwd, input });
  await plot("sobol.arrow", "--x", "T_A", "--y", "q_A");
  const picture = readSvg(text("sobol.svg"));
  expect(picture.root.querySelectorAll('[aria-label="dot"] circle')).toHaveLength(128);
  expect((await plot("sobol.arrow", ..."--x T_A --y lambda --color q_A".split(" "))).code).toBe(0);
  const two = await plot("sobol.arrow", ..."--x T_A --y q_A,q_B --by T_B".split(" "));
  expect(two).toMatchObject({
    code: 2,
    stderr: "qheat: --by takes one column of --y where rows are dots\n",
  });
});

test("a logarithmic axis where the sweep has one", async () => {
  const { T_A: _, ...fixed } = point;
  const input = JSON.stringify({ ...fixed, sweep: [{ T_A: { geomspace: [0.01, 100, 5] } }] });
  await qheat(["sweep", "-", "-o", "log.arrow", "--quiet"], { cwd, input });
  expect((await plot("log.arrow", "--x", "T_A", "--y", "q_A")).code).toBe(0);
  const [[line]] = readSvg(text("log.svg")).lines;
  const steps = line.slice(1).map(([x], k) => x - line[k][0]);
  for (const step of steps) expect(step).toBeCloseTo(steps[0], 0);
});

test("a file that qheat did not make: integers, nulls, no axes, no units", async () => {
  const table = new Table({
    a: vectorFromArray([1n, 2n, 3n, 4n]),
    b: vectorFromArray([1, null, 2, 3]),
  });
  writeFileSync(join(cwd, "other.arrow"), tableToIPC(table, "file"));
  expect((await plot("other.arrow", "--x", "a", "--y", "b")).code).toBe(0);
  const picture = readSvg(text("other.svg"));
  expect(picture.lines[0].map((part) => part.length)).toEqual([1, 2]);
  expect(picture.texts).toEqual(expect.arrayContaining(["a", "b", "other.arrow"]));
});

test.each([
  [
    "x.arrow --x T_C --y q_A",
    '--x: no column "T_C"; did you mean T_A?\nqheat: there are lambda, T_A,',
  ],
  ["x.arrow --x T_A --y q_A,zzzzzz", '--y: no column "zzzzzz"\nqheat: there are lambda, T_A,'],
  ["x.arrow --x T_A --y q_A --by lamda", '--by: no column "lamda"; did you mean lambda?'],
  ["x.arrow --x T_A --y q_A --color q_B", "--y: a map lies over two axes, q_A is none"],
  ["x.arrow --x T_A --y T_A --color q_B", "--x and --y must differ with --color"],
  ["x.arrow --x T_A --y lambda,T_A --color q_B", "--y takes one column with --color"],
  ["x.arrow --x T_A --y lambda --color q_B --by T_A", "--by is for lines and --color for a map"],
  ["x.arrow --x T_A", "say --x COL and --y COL"],
  ["x.arrow --x T_A --y q_A,q_B,q_A", "--y: q_A stands twice"],
  ["x.arrow --x T_A --y q_A --by T_A", "--by: a line for each T_A would be one point"],
  ["x.arrow --x T_A --y q_A -o x.png", 'a picture is .svg or .html, got "x.png"'],
  ["text.arrow --x a --y word", "--y: word has no numbers, it is Dictionary"],
  ["missing.arrow --x T_A --y q_A", "cannot read missing.arrow: ENOENT: no such file or directory"],
  ["x.arrow --x T_A --y q_A -o no/x.svg", "cannot write no/x.svg: ENOENT: no such file"],
])("%s: exit 2, and no picture", async (line, message) => {
  const words = tableFromArrays({ a: Float64Array.of(1, 2), word: ["one", "two"] });
  writeFileSync(join(cwd, "text.arrow"), tableToIPC(words, "file"));
  const before = readdirSync(cwd);
  const { code, stderr } = await plot(...line.split(" "));
  expect(code).toBe(2);
  expect(stderr).toContain(`qheat: ${message}`);
  expect(readdirSync(cwd)).toEqual(before);
});

test("a file cut short: exit 1", async () => {
  const bytes = readFileSync(join(cwd, "x.arrow"));
  writeFileSync(join(cwd, "cut.arrow"), bytes.subarray(0, bytes.length / 2));
  const { code, stderr } = await plot("cut.arrow", "--x", "T_A", "--y", "q_A");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^qheat: cut\.arrow is cut short: .*\n$/);
});
