import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeAtomically } from "../../src/arrow/atomic-file.ts";
import { findPlace } from "../../src/arrow/place.ts";
import { scratchFolder } from "./scratch.ts";

const folder = scratchFolder();
const at = (name: string) => join(folder, name);
const write = (path: string) => writeAtomically(path, (sink) => sink.write([Buffer.from("new")]));

test("a link stays, and what it leads to is written: a file, nothing yet, through another link", async () => {
  mkdirSync(at("data"));
  writeFileSync(at("data/old"), "old");
  symlinkSync("data/old", at("to-file"));
  symlinkSync("data/none", at("to-nothing"));
  symlinkSync("to-nothing-else", at("to-link"));
  symlinkSync("data/other", at("to-nothing-else"));
  for (const [link, file] of [
    ["to-file", "data/old"],
    ["to-nothing", "data/none"],
    ["to-link", "data/other"],
  ]) {
    await write(at(link));
    expect(lstatSync(at(link)).isSymbolicLink(), link).toBe(true);
    expect(readFileSync(at(file), "utf8")).toBe("new");
  }
});

test("a link to itself and a link into no folder are errors, and the links stay", async () => {
  symlinkSync("loop", at("loop"));
  symlinkSync("no/where", at("nowhere"));
  await expect(write(at("loop"))).rejects.toThrow("ELOOP");
  await expect(write(at("nowhere"))).rejects.toThrow("ENOENT");
  for (const link of ["loop", "nowhere"]) expect(lstatSync(at(link)).isSymbolicLink()).toBe(true);
});

test("a folder is no place, a device and a path of no file are", async () => {
  await expect(findPlace(folder)).rejects.toThrow("EISDIR");
  expect(await findPlace("/dev/null")).toEqual({ target: "/dev/null", special: true });
  expect(await findPlace(at("fresh"))).toEqual({ target: at("fresh"), special: false });
});
