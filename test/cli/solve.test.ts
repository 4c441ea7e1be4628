import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { solve } from "../../src/index.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { point, qheat, specOf } from "./run-cli.ts";

const folder = scratchFolder();

test("a point as a table: every column with its value and unit, the status in words", async () => {
  const path = join(folder, "point.json");
  writeFileSync(path, JSON.stringify(point));
  const { code, stdout } = await qheat(["solve", path, "--set", "T_A=3"]);
  expect(code).toBe(0);
  const lines = stdout.toString().trimEnd().split("\n");
  const { status, ...results } = await solve({ ...point, T_A: 3 });
  expect(lines.slice(0, -1).map((line) => line.split(/ +/).slice(0, 2))).toEqual(
    Object.entries(results).map(([name, value]) => [name, String(value)]),
  );
  expect(lines.at(-1)).toMatch(new RegExp(`^status +${status} +a row to trust$`));
  expect(lines.find((line) => line.startsWith("q_A"))).toContain("energy * rate");
});

test("a spec with sweep is refused", async () => {
  const { code, stderr } = await qheat(["solve", "-"], { input: specOf(3) });
  expect(code).toBe(2);
  expect(stderr).toContain("this spec sweeps");
});

test("points as lines: results in order, bad lines in their place, exit 2", async () => {
  const outside = { ...point, lambda: 2 };
  const { bath_A, bath_B } = point;
  const qubit = { model: "qubit", omega_0: 1, T_A: 2, T_B: 1, bath_A, bath_B };
  const lines = [
    JSON.stringify(point),
    "",
    "  \r",
    "{bad",
    JSON.stringify({ ...point, lamda: 1 }),
    `${JSON.stringify(qubit)}\r`,
    "[1]",
    "null",
    '{"__proto__": {"model": "qubit"}}',
    specOf(3),
    `{"x": "${"x".repeat(2 ** 20)}"}`,
    JSON.stringify(outside),
    JSON.stringify({ ...point, lambda: 0 }),
  ];
  const { code, stdout, stderr } = await qheat(["solve"], { input: lines.join("\n") });
  expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
  const results = stdout
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const numbers = results.map(({ error }) => /^line (\d+): /.exec(String(error))?.[1]);
  expect(numbers).toEqual([
    undefined,
    "4",
    "5",
    undefined,
    ..."7 8 9 10 11 12".split(" "),
    undefined,
  ]);
  expect(results[0]).toEqual(await solve(point));
  expect(results[3]).toEqual(await solve(qubit));
  expect(results[1]).toEqual({ error: expect.stringMatching(/^line 4: .*JSON/) });
  expect(results[2]).toEqual({ error: expect.stringMatching(/^line 5: .*lamda/) });
  expect(results.at(-1)).toEqual(await solve({ ...point, lambda: 0 }));
});

test("doubles come back bit for bit, and bytes that are no text are a bad line", async () => {
  const cold = { ...point, T_A: 0.004, T_B: 0.003 };
  const input = Buffer.concat([
    Buffer.from(`\ufeff${JSON.stringify(cold)}\n`),
    Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
  ]);
  const { code, stdout } = await qheat(["solve", "--backend", "js"], { input });
  expect(code).toBe(2);
  const [first, second] = stdout.toString().split("\n");
  const parsed = JSON.parse(first) as Record<string, number>;
  const expected = await solve(cold);
  for (const [name, value] of Object.entries(expected)) expect(parsed[name]).toBe(value);
  expect(second).toBe('{"error":"line 2: not UTF-8 text"}');
});

test("many points, more than fit a pipe at once, each with its own result", async () => {
  const count = 20_000;
  const points = Array.from({ length: count }, (_, k) => ({
    ...(k % 2 ? point : { ...point, equation: "redfield" }),
    T_A: 1 + k / count,
  }));
  const input = points.map((p) => JSON.stringify(p)).join("\n");
  const { code, stdout } = await qheat(["solve"], { input });
  expect(code).toBe(0);
  const lines = stdout.toString().trimEnd().split("\n");
  expect(lines).toHaveLength(count);
  for (const k of [0, 1, 777, count - 1]) {
    expect(JSON.parse(lines[k])).toEqual(await solve(points[k]));
  }
});

test("nothing in, nothing out", async () => {
  expect(await qheat(["solve"])).toMatchObject({ code: 0, stderr: "", stdout: Buffer.of() });
});
