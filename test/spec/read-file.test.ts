import { execFile } from "node:child_process";
import { chmod, mkdtemp, open, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSpecFile } from "../../src/spec/read-file.ts";
import { specRejection } from "./errors.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "qheat-spec-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

test("a file and a pipe are read", async () => {
  expect(await readSpecFile(await file("a.yaml", "a: 1\nb: [2]\n"))).toEqual({ a: 1, b: [2] });
  const pipe = join(folder, "pipe");
  await promisify(execFile)("mkfifo", [pipe]);
  const read = readSpecFile(pipe);
  const writer = await open(pipe, "w");
  await writer.writeFile('{"a": 1}');
  await writer.close();
  expect(await read).toEqual({ a: 1 });
});

describe("refused, with the path", () => {
  const message = (path: string) => specRejection(readSpecFile(path));

  test("a missing file", async () => {
    const path = join(folder, "none.yaml");
    expect(await message(path)).toBe(`${path}: no such file`);
  });
  test("a folder", async () => {
    expect(await message(folder)).toBe(`${folder}: is a directory, wants a file`);
  });
  test("a file within a file", async () => {
    const path = join(await file("b.yaml", "a: 1"), "c");
    expect(await message(path)).toContain(`${path}: no such file`);
  });
  test("a device", async () => {
    expect(await message("/dev/zero")).toBe("/dev/zero: wants a regular file or a pipe");
  });
  test("a name with NUL", async () => {
    expect(await message("a\u0000b")).toBe("a\\u0000b: is no file name");
  });
  test.skipIf(process.getuid?.() === 0)("a file without permission", async () => {
    const path = await file("secret.yaml", "a: 1");
    await chmod(path, 0);
    expect(await message(path)).toBe(`${path}: permission denied`);
  });
  test("a YAML error, with its line", async () => {
    const path = await file("wrong.yaml", "a: 1\nb: [1, 2");
    expect(await message(path)).toContain(`${path}: line 2, column 9: `);
  });
  test("bytes that are no text", async () => {
    const path = await file("bytes", Uint8Array.of(0x61, 0xff, 0xfe));
    expect(await message(path)).toBe(`${path}: is not UTF-8 text`);
  });
  test("100 MB, unread", async () => {
    const path = await file("garbage", "");
    await truncate(path, 1e8);
    expect(await message(path)).toBe(`${path}: got 100000000 bytes, wants at most 16777216`);
  });
  test("a pipe without end", async () => {
    const pipe = join(folder, "endless");
    await promisify(execFile)("mkfifo", [pipe]);
    const rejected = message(pipe);
    const writer = await open(pipe, "w");
    const written = writer.writeFile(new Uint8Array(2 ** 26)).finally(() => writer.close());
    await expect(written).rejects.toThrow("EPIPE");
    expect(await rejected).toBe(`${pipe}: too long, wants at most 16777216`);
  });
});
