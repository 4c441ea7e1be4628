import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeAtomically } from "../../src/arrow/atomic-file.ts";
import { FileError } from "../../src/arrow/file-error.ts";
import { scratchFolder } from "./scratch.ts";

const bytes = Buffer.from("all of it");
let folders = 0;
const root = scratchFolder();

function freshFolder(): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  return folder;
}

test("the file has its name only when it is complete, and nothing stays beside it", async () => {
  const folder = freshFolder();
  const path = join(folder, "x");
  const result = await writeAtomically(path, async (output) => {
    await output.write([bytes]);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder)).toHaveLength(1);
    return 7;
  });
  expect(result).toBe(7);
  expect(readFileSync(path)).toEqual(bytes);
  expect(readdirSync(folder)).toEqual(["x"]);
});

test("an error leaves what was there before, and nothing else", async () => {
  const folder = freshFolder();
  const path = join(folder, "x");
  writeFileSync(path, "before");
  const failing = writeAtomically(path, async (output) => {
    await output.write([bytes]);
    throw new Error("the sweep failed");
  });
  await expect(failing).rejects.toThrow(/^the sweep failed$/);
  expect(readFileSync(path, "utf8")).toBe("before");
  expect(readdirSync(folder)).toEqual(["x"]);
});

test("two writers of one file do not meet", async () => {
  const folder = freshFolder();
  const path = join(folder, "x");
  const write = (text: string) =>
    writeAtomically(path, async (output) => {
      for (let k = 0; k < 50; k++) await output.write([Buffer.from(text)]);
    });
  await Promise.all([write("a"), write("b")]);
  expect(["a", "b"].map((text) => text.repeat(50))).toContain(readFileSync(path, "utf8"));
  expect(readdirSync(folder)).toEqual(["x"]);
});

test("a symbolic link stays and its target is replaced", async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, "target"), "before");
  symlinkSync("target", join(folder, "link"));
  await writeAtomically(join(folder, "link"), (output) => output.write([bytes]));
  expect(lstatSync(join(folder, "link")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, "target"))).toEqual(bytes);
});

test("a device is written to, not replaced", async () => {
  await writeAtomically("/dev/null", (output) => output.write([bytes]));
  expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
});

test("a pipe is written to, not replaced", async () => {
  const path = join(freshFolder(), "pipe");
  execFileSync("mkfifo", [path]);
  const { readFile } = await import("node:fs/promises");
  const read = readFile(path);
  await writeAtomically(path, (output) => output.write([bytes]));
  expect(await read).toEqual(bytes);
});

test.each([
  ["a folder that is not there", "no/x", "ENOENT"],
  ["a folder in the file's place", ".", "EISDIR"],
  ["a file in a folder's place", "file/x", "ENOTDIR"],
])("%s is an error with path and cause", async (_, name, code) => {
  const folder = freshFolder();
  writeFileSync(join(folder, "file"), "");
  const path = join(folder, name);
  const error = await writeAtomically(path, async () => {
    throw new Error("must not start");
  }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(FileError);
  expect(error).toMatchObject({ code, message: expect.stringContaining(`${path}: ${code}`) });
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("a full disk is an error with path and cause", async () => {
  const writing = writeAtomically("/dev/full", (output) => output.write([bytes]));
  await expect(writing).rejects.toThrow("cannot write /dev/full: ENOSPC: no space left on device");
});
