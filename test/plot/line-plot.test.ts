import { expect, test } from "vitest";
import { linePlot, withBy } from "../../src/plot/line-plot.ts";
import type { Table } from "../../src/plot/table.ts";
import { axisReader, readSvg } from "./read-svg.ts";

/** Rows over x (fastest), b and c; `q` = x² + 10 b + 100 c. */
function grid(counts: readonly [c: number, b: number, x: number]): Table {
  const rows = counts[0] * counts[1] * counts[2];
  const row = Float64Array.from({ length: rows }, (_, r) => r);
  const x = row.map((r) => r % counts[2]);
  const b = row.map((r) => Math.floor(r / counts[2]) % counts[1]);
  const c = row.map((r) => Math.floor(r / counts[2] / counts[1]));
  const q = row.map((_, r) => x[r] ** 2 + 10 * b[r] + 100 * c[r]);
  const columns = { c, b, x, q, minus: q.map((value) => -value), status: row.map((r) => r % 2) };
  return {
    name: "grid.arrow",
    rows,
    columns: new Map(Object.entries(columns)),
    fields: Object.keys(columns).map((name) => ({
      name,
      unit: "energy",
      description: `the ${name}`,
    })),
    axes: ["c", "b", "x"].map((name) => ({ names: [name], log: false, scattered: false })),
  };
}

test("a line through the table's points, its axes labelled", () => {
  const table = { ...grid([1, 1, 5]), axes: [] };
  const picture = readSvg(linePlot(table, { x: "x", y: ["q"] }));
  expect(picture.root.getAttribute("xmlns")).toBe("http://www.w3.org/2000/svg");
  expect(picture.root.querySelector("rect")!.getAttribute("fill")).toBe("white");
  expect(picture.texts).toEqual(
    expect.arrayContaining(["grid.arrow", "x, the x (energy)", "q, the q (energy)", "q"]),
  );
  expect(picture.lines).toHaveLength(1);
  const [toX, toY] = [axisReader(picture, "x"), axisReader(picture, "y")];
  picture.lines[0][0].forEach(([px, py], row) => {
    expect(toX(px)).toBeCloseTo(row, 1);
    expect(toY(py)).toBeCloseTo(row ** 2, 0);
  });
});

test("a NaN is a gap", () => {
  const table = { ...grid([1, 1, 9]), axes: [] };
  table.columns.get("q")![4] = NaN;
  const [line] = readSvg(linePlot(table, { x: "x", y: ["q"] })).lines;
  expect(line.map((part) => part.length)).toEqual([4, 4]);
});

test("a line for each value and column; the other axes held at their middle value, and said so", () => {
  const table = grid([3, 4, 5]);
  const choice = { x: "x", y: ["q", "minus"], by: "b" };
  const { lines, texts } = readSvg(linePlot(table, choice));
  expect(lines).toHaveLength(8);
  for (const text of [
    "at c = 1, the middle one of 3 values",
    "b = 0",
    "b = 3",
    "q",
    "minus",
    "10 of 20 rows have a status other than 0",
  ]) {
    expect(texts).toContain(text);
  }
});

test("without by: the slowest axis beside that of x", () => {
  const table = grid([3, 4, 5]);
  const by = (x: string) => withBy(table, { x, y: ["q"] }).by;
  expect([by("x"), by("c"), by("q")]).toEqual(["c", "b", "c"]);
  expect(withBy({ axes: [] }, { x: "x", y: ["q"] }).by).toBeUndefined();
});

test("the label has the columns in the order of the choice", () => {
  const { texts } = readSvg(linePlot(grid([1, 1, 5]), { x: "x", y: ["minus", "q"] }));
  expect(texts).toContain("minus, q (energy)");
});

test("too many values: eight, evenly picked with both ends, and said so", () => {
  const picture = readSvg(linePlot(grid([1, 100, 5]), { x: "x", y: ["q"], by: "b" }));
  expect(picture.lines).toHaveLength(8);
  expect(picture.texts).toEqual(
    expect.arrayContaining(["8 of 100 values of b, evenly picked", "b = 0", "b = 99"]),
  );
});

test("a million rows are 2,000 points at most, and said so", () => {
  const table = { ...grid([1, 1, 1_000_000]), axes: [] };
  const { lines, texts } = readSvg(linePlot(table, { x: "x", y: ["q"] }));
  expect(lines[0][0].length).toBeLessThanOrEqual(2000);
  expect(texts).toContain("least and greatest value of each 1,502 rows of a line");
});

test("rows of one column drawn at random are put in its order, then joined", () => {
  const table = grid([1, 1, 5]);
  const x = [3, 0, 4, 1, 2];
  table.columns.get("x")!.set(x);
  table.columns.get("q")!.set(x.map((value) => value ** 2));
  const axes = [{ names: ["x"], log: false, scattered: true }];
  const picture = readSvg(linePlot({ ...table, axes }, { x: "x", y: ["q"] }));
  const toX = axisReader(picture, "x");
  picture.lines[0][0].forEach(([px], k) => expect(toX(px)).toBeCloseTo(k, 1));
  // against a result too
  const against = readSvg(linePlot({ ...table, axes }, { x: "q", y: ["x"] }));
  const toY = axisReader(against, "y");
  against.lines[0][0].forEach(([, py], k) => expect(toY(py)).toBeCloseTo(k, 1));
});

test("rows of several columns drawn together are dots; of many, some", () => {
  const axes = [
    { names: ["c"], log: false, scattered: false },
    { names: ["b", "x"], log: false, scattered: true },
  ];
  const dotsOf = (count: number) => {
    const table = { ...grid([1, 1, count]), axes };
    const picture = readSvg(linePlot(table, { x: "x", y: ["q"] }));
    expect(picture.lines).toEqual([]);
    return { picture, dots: picture.root.querySelectorAll('[aria-label="dot"] circle').length };
  };
  expect(dotsOf(7).dots).toBe(7);
  const many = dotsOf(20_001);
  expect(many.dots).toBe(Math.ceil(20_001 / 11));
  expect(many.picture.texts).toContain("one row in 11 drawn");
  const by = (...y: string[]) => withBy({ axes }, { x: "x", y }).by;
  expect([by("q"), by("q", "minus")]).toEqual(["c", undefined]);
});
