import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromArrays, tableFromIPC, tableToIPC } from "apache-arrow";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { readPoints, readSpec, SpecError, sweep } from "../../src/index.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { qheat } from "../cli/run-cli.ts";
import { seed } from "../support/arbitrary.ts";

const cwd = scratchFolder();
const write = (name: string, data: string | Uint8Array) => writeFileSync(join(cwd, name), data);

const point = {
  model: "qubit-pair",
  equation: "redfield",
  omega_1: 1,
  omega_2: 2,
  bath_A: { spectrum: "flat", g: 1 },
  bath_B: { spectrum: "flat", g: 0.5 },
};
// in no order; λ ≥ √2 lies outside the domain
const lambda = [0.5, 0.1, 2, 0.7, 0];
const T_A = [2, 1, 1, 0.3, 5];
const T_B = [1, 1, 2, 4, 0.25];
const rows = lambda.map((l, i) => ({ lambda: l, T_A: T_A[i], T_B: T_B[i] }));
const columns = {
  lambda: Float64Array.from(lambda),
  T_A: Float64Array.from(T_A),
  T_B: Float64Array.from(T_B),
};

beforeAll(async () => {
  write("p.csv", `lambda,T_A,T_B\n${rows.map((r) => Object.values(r).join()).join("\n")}\n`);
  write("p.jsonl", `${rows.map((r) => JSON.stringify(r)).join("\n")}\n`);
  write("p.arrow", tableToIPC(tableFromArrays(columns), "file"));
  write("p.arrows", tableToIPC(tableFromArrays(columns), "stream"));
  write("spec.json", JSON.stringify({ ...point, points: "p.csv" }));
  // a result is a file of points too
  await sweep({ ...point, points: columns }).toFile(join(cwd, "p.parquet"));
  for (const compress of ["zstd", "lz4"] as const) {
    await sweep({ ...point, points: columns }).toFile(join(cwd, `${compress}.arrow`), { compress });
  }
});

const all = ["lambda", "T_A", "T_B"];

test.each(["p.csv", "p.jsonl", "p.arrow", "p.arrows", "p.parquet", "zstd.arrow", "lz4.arrow"])(
  "%s: a row each, in its order, the bits of the same points in a sweep",
  async (name) => {
    const points = await readPoints(join(cwd, name), { columns: all });
    const options = { threads: 2, chunkRows: 2 };
    const found = await sweep({ ...point, points }, options).toTable();
    const expected = await sweep({ ...point, sweep: [{ lambda, T_A, T_B }] }).toTable();
    expect(found.toArray().map(String)).toEqual(expected.toArray().map(String));
    expect(found.schema.fields.map(String)).toEqual(expected.schema.fields.map(String));
  },
);

test("points by name, and one by one, are an axis with their values in the spec", () => {
  const { canonical } = parseSpec({ ...point, sweep: [{ lambda, T_A, T_B }] });
  expect(parseSpec({ ...point, points: columns }).canonical).toBe(canonical);
  expect(parseSpec({ ...point, points: { lambda, T_A, T_B } }).canonical).toBe(canonical);
  expect(parseSpec({ ...point, points: rows }).canonical).toBe(canonical);
});

test(`any doubles come back from CSV and JSON lines, −0 as 0 (seed ${seed})`, async () => {
  const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(numbers, async (values) => {
      write("any.csv", `x\n${values.join("\n")}\n`);
      write("any.jsonl", values.map((x) => JSON.stringify({ x })).join("\n"));
      for (const name of ["any.csv", "any.jsonl"]) {
        const { columns: found } = await readPoints(join(cwd, name));
        expect([...found[0]]).toEqual(values.map((x) => x + 0));
      }
    }),
    { seed, numRuns: 20 },
  );
});

test("the file's spec names the points file and its checksum, and makes the bytes again", async () => {
  const run = await qheat(["sweep", "spec.json", "-o", "a.arrow"], { cwd });
  expect(run.code).toBe(0);
  const spec = tableFromIPC(readFileSync(join(cwd, "a.arrow"))).schema.metadata.get("qheat.spec")!;
  const sha256 = createHash("sha256")
    .update(readFileSync(join(cwd, "p.csv")))
    .digest("hex");
  expect(JSON.parse(spec).points).toEqual({ file: "p.csv", sha256, columns: all, rows: 5 });
  // described, not read
  expect(parseSpec(spec)).toMatchObject({ rows: 5, canonical: spec });
  expect(() => sweep(spec)).toThrow('"p.csv" has not been read');

  await qheat(["sweep", "-", "-o", "b.arrow"], { cwd, input: spec });
  expect(readFileSync(join(cwd, "b.arrow"))).toEqual(readFileSync(join(cwd, "a.arrow")));
  expect((await qheat(["verify", "a.arrow"], { cwd })).code).toBe(0);
  const info = (await qheat(["info", "a.arrow"], { cwd })).stdout.toString();
  expect(info).toContain(`points, row by row from p.csv (SHA-256 ${sha256})`);

  write("changed.csv", readFileSync(join(cwd, "p.csv"), "utf8").replace("0.7", "0.8"));
  const changed = spec.replace("p.csv", "changed.csv");
  const { code, stderr } = await qheat(["sweep", "-", "-o", "c.arrow"], { cwd, input: changed });
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^qheat: points: changed\.csv: it has changed: its SHA-256 is [0-9a-f]{64}/,
  );
});

test("in shards: the merged file is the file of one run", async () => {
  await qheat(["sweep", "spec.json", "-o", "whole.arrow"], { cwd });
  for (const shard of ["0", "1", "2"]) {
    const args = ["sweep", "spec.json", "--shards", "3", "--shard", shard, "-o", "parts"];
    expect((await qheat(args, { cwd })).code).toBe(0);
  }
  expect((await qheat(["merge", "parts", "-o", "merged.arrow"], { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, "merged.arrow"))).toEqual(readFileSync(join(cwd, "whole.arrow")));
});

test("the file's name starts from the spec's folder", async () => {
  const spec = (await readSpec(join(cwd, "spec.json"))) as { points: { file: string } };
  expect(spec.points.file).toBe("p.csv");
  expect(sweep(spec).rows).toBe(5);
  const run = await qheat(["sweep", join(cwd, "spec.json"), "-o", "/dev/null", "--format", "csv"]);
  expect(run.code).toBe(0);
});

test("--set may name other points, but not a number that they give", async () => {
  const other = ["sweep", "spec.json", "-o", "-", "--format", "csv", "--set"];
  const some = "points={file: p.jsonl, columns: [T_A, T_B]}";
  const run = await qheat([...other, some, "--set", "lambda=0.25"], { cwd });
  expect(run.stdout.toString()).toMatch(/^T_A,T_B,rho_11.*\n2\.0,1\.0,/);
  const { code, stderr } = await qheat([...other, "T_A=3"], { cwd });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "qheat: --set T_A=3: has no effect, for an axis sweeps T_A\n",
  });
});

describe("a wrong file: exit 2, what and where", () => {
  test.each([
    ["no.csv", undefined, "cannot read"],
    ["x.txt", "1 2 3", "x.txt: wants CSV, JSON lines, Arrow or Parquet"],
    ["x.csv", "", "x.csv: is empty"],
    ["x.csv", "T_A,T_B,lambda\n", "x.csv: it has no rows"],
    ["x.csv", "T_A,T_B,lambda\n1,2\n", "x.csv: line 2: 2 cells, and the header has 3"],
    ["x.csv", "T_A,T_B,lambda\n1,2,\n", "row 1, column lambda: got NaN, wants a finite number"],
    ["x.csv", "T_A,T_B,lambda\n1,2,inf\n", "row 1, column lambda: got Infinity"],
    ["x.csv", "T_A,T_B,lambda\n1,2,3\n1,2,0x3\n", 'line 3, column lambda: "0x3" is no number'],
    ["x.csv", "T_A,T_B,lamda\n1,2,3\n", 'points.lamda: column of "x.csv": unknown parameter'],
    ["x.csv", "T_A,T_B,lamda\n1,2,3\n", "did you mean lambda?"],
    ["x.csv", "T_A,T_A\n1,2\n", 'the column "T_A" stands twice'],
    ["x.csv", "T_A,T_B,lambda\n1,2,3\n", "no row is valid"],
    [
      "x.csv",
      "T_A,T_B,lambda\n-1,2,0\n-2,2,0\n",
      "points.T_A: got a column of 2, wants a number ≥ 0",
    ],
    ["x.jsonl", "[1]\n", "line 1: got [1], wants an object"],
    ["x.jsonl", '{"T_A":1}\n{"T_B":1}\n', 'line 2, "T_A": missing'],
    ["x.jsonl", '{"T_A":1}\n{"T_A":1,"T_B":2}\n', 'line 2, "T_B": the first line has no such name'],
    ["x.jsonl", '{"T_A":"1"}\n', 'line 1, "T_A": got "1", wants a number'],
    ["x.jsonl", '{"T_A":1,"T_A":2}\n', "line 1: a key stands twice"],
    ["x.arrow", tableToIPC(tableFromArrays({ T_A: ["a"] }), "file"), "column T_A is"],
    ["x.parquet", "PAR1 and no more", "x.parquet: "],
  ])("%s: %j", async (name, data, message) => {
    if (data !== undefined) write(name, data);
    const args = ["sweep", "spec.json", "-o", "never.arrow", "--set", `points=${name}`];
    const { code, stderr } = await qheat(args, { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^(qheat: .*\n)+$/);
    expect(stderr).toContain(message);
  });

  test.each([
    [[], "points: got [], wants a file"],
    [3, "points: got 3, wants a file"],
    [[{ T_A: 1 }, 2], "points[1]: got 2, wants a point"],
    [[{ T_A: 1 }, { T_A: "x" }], 'points.T_A[1]: got "x", wants a finite number'],
    [[{ T_A: 1 }, { T_A: 1, T_B: 1 }], "points[1].T_B: points[0] has no such name"],
    [{ T_X: [1] }, "points.T_X: unknown parameter"],
    [{ file: "p.csv" }, '"p.csv" has not been read'],
    [{ file: "p.csv", column: ["T_A"] }, "points.column: unknown key; did you mean columns?"],
    [{ file: "p.csv", columns: ["T_A", "T_A"] }, "points.columns: got"],
    [{ file: "p.csv", sha256: "1" }, 'points.sha256: got "1", wants a SHA-256'],
  ])("points: %j", (points, message) => {
    expect(() => parseSpec({ ...point, points })).toThrow(SpecError);
    expect(() => parseSpec({ ...point, points })).toThrow(message);
  });

  test("points beside a sweep", () => {
    const both = { ...point, points: rows, sweep: [{ omega_1: [1] }] };
    expect(() => parseSpec(both)).toThrow("points: a spec has points or a sweep, not both");
  });
});
