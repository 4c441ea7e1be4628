import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { beforeAll, expect, test } from "vitest";
import { scratchFolder } from "../arrow/scratch.ts";
import { qheat, specOf } from "./run-cli.ts";

const cwd = scratchFolder();
beforeAll(async () => {
  await qheat(["sweep", "-", "-o", "x.arrow"], { cwd, input: specOf(3) });
  await qheat(["sweep", "-", "-o", "x.arrows"], { cwd, input: specOf(3) });
});

test.each([
  ["x.arrow", "IPC file"],
  ["x.arrows", "IPC stream"],
])("%s: what made it, axes, columns, rows, status", async (name, kind) => {
  const { code, stdout, stderr } = await qheat(["info", name], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const text = stdout.toString();
  expect(text).toContain(`${name}: Arrow ${kind}, 300 rows in 1 batch, `);
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

test("a file that qheat did not make: its columns, and that nothing more is known", async () => {
  const table = tableFromArrays({ a: Int32Array.of(1, 2), b: Float64Array.of(1, 2) });
  writeFileSync(join(cwd, "other.arrow"), tableToIPC(table, "file"));
  const { code, stdout } = await qheat(["info", "other.arrow"], { cwd });
  expect(code).toBe(0);
  expect(stdout.toString()).toContain("not made by qheat");
  expect(stdout.toString()).toMatch(/^ +a +Int32$/m);
});

test("a file cut short: exit 1", async () => {
  for (const name of ["x.arrow", "x.arrows"]) {
    const bytes = readFileSync(join(cwd, name));
    writeFileSync(join(cwd, "cut"), bytes.subarray(0, bytes.length / 2));
    const { code, stderr } = await qheat(["info", "cut"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^qheat: cut is cut short: .*\n$/);
  }
});

test.each([
  ["missing", "qheat: cannot read missing: ENOENT: no such file or directory\n"],
  [".", "qheat: . is not Arrow: it is not a file\n"],
  ["text", "qheat: text is not Arrow: it is not an Arrow IPC file or stream\n"],
])("%s: exit 2", async (name, message) => {
  writeFileSync(join(cwd, "text"), "lambda,T_A\n1,2\n");
  expect(await qheat(["info", name], { cwd })).toMatchObject({ code: 2, stderr: message });
});
