import { accessSync, constants } from "node:fs";
import { describe, expect, test } from "vitest";
import { version } from "../../src/arrow/version.ts";
import { allColumns } from "../../src/models/columns.ts";
import { describeModels } from "../../src/models/describe-models.ts";
import { models } from "../../src/models/index.ts";
import { main, qheat } from "./run-cli.ts";

test.each([["--help"], ["-h"], ["sweep", "--help"], ["solve", "-h"], ["info", "--help"]])(
  "qheat %s %s: help on stdout",
  async (...args) => {
    const { code, stdout, stderr } = await qheat(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.toString()).toMatch(/^qheat.*\n\n/);
  },
);

test("the program may be executed: npx runs it so in a clone", () => {
  expect(() => accessSync(main, constants.X_OK)).not.toThrow();
});

test("qheat --version", async () => {
  expect((await qheat(["--version"])).stdout.toString()).toBe(`${version()}\n`);
});

test("qheat models names every model, parameter, equation and spectral function", async () => {
  const { code, stdout } = await qheat(["models"]);
  expect(code).toBe(0);
  for (const word of ["qubit-pair", "omega_2", "T_B", "redfield-appendix", "drude", "q_A", "16"]) {
    expect(stdout.toString()).toContain(word);
  }
});

test("qheat models --json: the same as data, every domain with its ends", async () => {
  const { code, stdout } = await qheat(["models", "--json"]);
  expect(code).toBe(0);
  const described = JSON.parse(stdout.toString()) as ReturnType<typeof describeModels>;
  expect(described).toEqual(describeModels());
  expect(described.models.map(({ name }) => name)).toEqual(models.map(({ name }) => name));
  for (const [m, { columns, parameters: own }] of described.models.entries()) {
    expect(columns.map(({ name }) => name)).toEqual(allColumns(models[m]).map(({ name }) => name));
    expect(own.map(({ name }) => name)).toEqual(models[m].parameters.map(({ name }) => name));
    expect(columns.filter(({ onRequest }) => onRequest).map(({ group }) => group)).toContain(
      "rcond",
    );
    expect(columns.find(({ name }) => name === "q_A")).toMatchObject({ onRequest: false });
  }
  const [{ parameters }] = described.spectra;
  expect(parameters[0].domain).toMatchObject({ minimum: 1e-100, maximum: 1e100, zero: true });
});

describe("a wrong command line: one line on stderr, exit 2", () => {
  test.each([
    ["", "say a command"],
    ["sweeep x", "unknown command sweeep; did you mean sweep?"],
    ["constructor", "unknown command constructor"],
    ["--verison", "unknown option --verison; did you mean --version?"],
    ["sweep", "SPEC is missing"],
    ["sweep a b", 'unexpected argument "b"'],
    ["sweep a --thread 2", "unknown option --thread; did you mean --threads?"],
    ["sweep a -z", "unknown option -z"],
    ["sweep a --__proto__ 1", "unknown option --__proto__"],
    ["sweep a --threads 0", '--threads must be a whole number from 1 to 1024, got "0"'],
    ["sweep a --threads two", '--threads must be a whole number from 1 to 1024, got "two"'],
    ["sweep a --backend cuda", '--backend must be wasm or js, got "cuda"'],
    ["sweep a --threads 1 --threads 2", "--threads is given more than once"],
    ["sweep a -o", "-o needs a value"],
    ["sweep a -o --quiet", "-o needs a value"],
    ["sweep a --quiet=1", "--quiet takes no value"],
    ["sweep a -o x.xlsx", "no format for .xlsx: there are arrow (an IPC file, .arrow)"],
    ["sweep a -o x", "x has no extension"],
    ["sweep a --format xlsx", 'no format "xlsx": there are arrow'],
    ["sweep a -o - --format arrow", "stdout takes an IPC stream"],
    ["sweep a -o - --resume", "--resume goes with a file: say -o FILE"],
    ["sweep a --compress gzip", '--compress must be zstd or lz4, got "gzip"'],
    [
      "sweep a -o x.parquet --compress zstd",
      "--compress is for Arrow files (.arrow, .arrows); parquet is",
    ],
    [
      "sweep a -o - --format csv --compress lz4",
      "--compress is for Arrow files (.arrow, .arrows); csv is",
    ],
    ["merge a --compress zstd", "--compress is for a file: say -o FILE"],
    ["sweep -", "a spec from stdin has no name"],
    ["sweep no-such.yaml", "no-such.yaml: no such file"],
    ["info", "FILE is missing"],
    ["models all", "all: no such file"],
  ])("qheat %s", async (line, message) => {
    const { code, stdout, stderr } = await qheat(line.split(" ").filter(Boolean));
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^qheat: .*\n$/);
    expect(stderr).toContain(message);
  });
});
