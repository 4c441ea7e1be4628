import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { beforeAll, expect, test } from "vitest";
import { scratchFolder } from "../arrow/scratch.ts";
import { qheat, specOf } from "./run-cli.ts";

const cwd = scratchFolder();
beforeAll(async () => {
  await qheat(["sweep", "-", "-o", "x.arrow"], { cwd, input: specOf(3) });
  await qheat(["sweep", "-", "-o", "x.arrows"], { cwd, input: specOf(3) });
  await qheat(["sweep", "-", "-o", "x.parquet"], { cwd, input: specOf(3) });
  await qheat(["sweep", "-", "-o", "x.csv"], { cwd, input: specOf(3) });
  await qheat(["sweep", "-", "-o", "z.arrow", "--compress", "zstd"], { cwd, input: specOf(3) });
});

test.each([
  ["x.arrow", "Arrow IPC file, 300 rows in 1 batch"],
  ["x.arrows", "Arrow IPC stream, 300 rows in 1 batch"],
  ["x.parquet", "Parquet, 300 rows in 1 row group"],
  ["x.csv", "CSV, 300 rows"],
  ["z.arrow", "Arrow IPC file, 300 rows in 1 batch"],
])("%s: what made it, axes, columns, rows, status", async (name, kind) => {
  const { code, stdout, stderr } = await qheat(["info", name], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const text = stdout.toString();
  expect(text).toContain(`${name}: ${kind}, `);
  for (const line of [
    /^made by +qheat \d/m,
    /^kernel +[0-9a-f]{64}$/m,
    /^model +qubit-pair /m,
    /^equation +lindblad$/m,
    /^method +closed$/m,
    /^ +lambda +0 … 2, linspace +3 values$/m,
    /^ +q_A +Float64 +energy \* rate +\(3\.56\) +heat current/m,
    /^ +200 +to trust$/m,
    /^ +100 +outside the domain/m,
  ]) {
    expect(text).toMatch(line);
  }
});

test("compressed columns are told of, and drawn as they are", async () => {
  const { stdout } = await qheat(["info", "z.arrow"], { cwd });
  expect(stdout.toString()).toMatch(/^z\.arrow: .* kB, columns compressed by zstd$/m);
  const draw = (name: string) =>
    qheat(["plot", name, "--x", "T_A", "--y", "q_A", "--by", "lambda", "-o", `${name}.svg`], {
      cwd,
    });
  for (const name of ["x.arrow", "z.arrow"]) expect((await draw(name)).code).toBe(0);
  const [plain, compressed] = ["x.arrow", "z.arrow"].map((name) =>
    readFileSync(join(cwd, `${name}.svg`), "utf8").replaceAll(name, ""),
  );
  expect(compressed).toBe(plain);
});

test("a file that qheat did not make: its columns, and that nothing more is known", async () => {
  const table = tableFromArrays({ a: Int32Array.of(1, 2), b: Float64Array.of(1, 2) });
  writeFileSync(join(cwd, "other.arrow"), tableToIPC(table, "file"));
  const { code, stdout } = await qheat(["info", "other.arrow"], { cwd });
  expect(code).toBe(0);
  expect(stdout.toString()).toContain("not made by qheat");
  expect(stdout.toString()).toMatch(/^ +a +Int32$/m);
});

test("the four formats tell the same spec", async () => {
  const specs = await Promise.all(
    ["arrow", "arrows", "parquet", "csv"].map(async (extension) => {
      const { stdout } = await qheat(["info", `x.${extension}`, "--spec"], { cwd });
      return stdout.toString();
    }),
  );
  expect(JSON.parse(specs[0])).toMatchObject({ model: "qubit-pair" });
  expect(new Set(specs).size).toBe(1);
});

test("a CSV file without its metadata, or with those of another file: its columns alone", async () => {
  const text = readFileSync(join(cwd, "x.csv"), "utf8");
  writeFileSync(join(cwd, "alone.csv"), text);
  writeFileSync(join(cwd, "changed.csv"), text.replace("0.0", "1.0"));
  copyFileSync(join(cwd, "x.csv-metadata.json"), join(cwd, "changed.csv-metadata.json"));
  for (const name of ["alone.csv", "changed.csv"]) {
    const { code, stdout } = await qheat(["info", name], { cwd });
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(`${name}: CSV, 300 rows, `);
    expect(stdout.toString()).toContain("not made by qheat");
    expect(stdout.toString()).toMatch(/^ +200 +to trust$/m);
  }
});

test.each([
  ["a,b\n1,2\n3\n", "is damaged: line 3: 1 cells, and the header has 2"],
  ['a,b\n1,"2\n', "is damaged: line 2: a quote is not closed"],
  ["", "is damaged: it has no header"],
  ["a,a\n1,2\n", 'is damaged: the column "a" stands twice'],
])("CSV text %j: exit 1", async (text, message) => {
  writeFileSync(join(cwd, "bad.csv"), text);
  const { code, stderr } = await qheat(["info", "bad.csv"], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain(`qheat: bad.csv ${message}`);
});

test("a file cut short: exit 1", async () => {
  for (const name of ["x.arrow", "x.arrows"]) {
    const bytes = readFileSync(join(cwd, name));
    writeFileSync(join(cwd, "cut"), bytes.subarray(0, bytes.length / 2));
    const { code, stderr } = await qheat(["info", "cut"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^qheat: cut is cut short: .*\n$/);
  }
  const bytes = readFileSync(join(cwd, "x.parquet"));
  writeFileSync(join(cwd, "cut"), bytes.subarray(0, bytes.length / 2));
  const { code, stderr } = await qheat(["info", "cut"], { cwd });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "qheat: cut is damaged: Invalid Parquet file. Corrupt footer\n",
  });
});

test.each([
  ["missing", "qheat: cannot read missing: ENOENT: no such file or directory\n"],
  [".", "qheat: . is no result file: it is not a file\n"],
  ["text", "qheat: text is no result file: it is neither Arrow nor Parquet, nor named .csv\n"],
])("%s: exit 2", async (name, message) => {
  writeFileSync(join(cwd, "text"), "lambda,T_A\n1,2\n");
  expect(await qheat(["info", name], { cwd })).toMatchObject({ code: 2, stderr: message });
});
