import { join } from "node:path";
import { expect, test } from "vitest";
import { createEngine as browserEngine } from "../../src/browser/create-engine.ts";
import { createEngine, readPoints, solve, sweep } from "../../src/index.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { pair } from "../spec/points.ts";

const folder = scratchFolder();

/** What a program without types, or with options in a variable, may pass. */
const any = (options: unknown) => options as never;

/** Every public function that takes options, with these. */
const functions: readonly [name: string, call: (options: never) => unknown, given: string][] = [
  ["sweep", (options) => sweep(pair, options), "threads"],
  ["toFile", (options) => sweep(pair).toFile(join(folder, "x.arrow"), options), "resume"],
  ["solve", (options) => solve(pair, options), "backend"],
  ["createEngine", (options) => createEngine(options), "backend"],
  ["createEngine of the browser", (options) => browserEngine(options), "backend"],
  ["readPoints", (options) => readPoints("examples/measured.csv", options), "columns"],
];

/** The error of a call that throws or rejects. */
async function errorOf(call: () => unknown): Promise<Error> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("passed");
}

test.each(functions)(
  "%s refuses an unknown option and names the nearest",
  async (_, call, name) => {
    const misspelt = name.slice(0, -1);
    const error = await errorOf(() => call(any({ [misspelt]: 1 })));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe(`${misspelt}: unknown option; did you mean ${name}?`);
  },
);

test.each(functions)("%s refuses options that are no object", async (_, call) => {
  for (const wrong of [null, 4, "threads", [2]]) {
    const { message } = await errorOf(() => call(any(wrong)));
    expect(message).toMatch(/^options: got .*, wants \{ \w+(, \w+)* \}$/);
  }
});

test.each<[string, unknown, string]>([
  ["sweep", { threads: 0 }, "threads: got 0, wants a whole number of 1 or more"],
  ["sweep", { threads: "2" }, 'threads: got "2", wants a whole number of 1 or more'],
  ["sweep", { chunkRows: 1.5 }, "chunkRows: got 1.5, wants a whole number of 1 or more"],
  ["sweep", { backend: "wsm" }, 'backend: got "wsm", wants wasm or js; did you mean wasm?'],
  ["sweep", { signal: {} }, "signal: got {}, wants an AbortSignal"],
  ["sweep", { onProgress: true }, "onProgress: got true, wants a function"],
  [
    "sweep",
    { colour: 1 },
    "colour: unknown option; there are backend, threads, chunkRows, signal and onProgress",
  ],
  [
    "toFile",
    { format: "parket" },
    'format: got "parket", wants arrow, stream, parquet or csv; did you mean parquet?',
  ],
  ["toFile", { compress: "gzip" }, 'compress: got "gzip", wants zstd or lz4'],
  [
    "toFile",
    { format: "parquet", compress: "zstd" },
    "compress: is for Arrow files (.arrow, .arrows); parquet is compressed already",
  ],
  ["toFile", { resume: "yes" }, 'resume: got "yes", wants true or false'],
  ["solve", { backend: "cuda" }, 'backend: got "cuda", wants wasm or js'],
  ["createEngine", { backend: "cuda" }, 'backend: got "cuda", wants wasm or js'],
  [
    "readPoints",
    { columns: "T_A" },
    'columns: got "T_A", wants a list of different names of columns',
  ],
])("%s with %j says what it wants", async (name, options, message) => {
  const [, call] = functions.find(([found]) => found === name)!;
  expect((await errorOf(() => call(any(options)))).message).toBe(message);
});

test("an option that is undefined is one that is not given", async () => {
  const options = { threads: undefined, chunkRows: undefined, signal: undefined };
  expect((await sweep(pair, any(options)).toTable()).numRows).toBe(1);
  expect((await solve(pair, any({ backend: undefined })))["status"]).toBe(0);
});
