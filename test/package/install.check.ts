import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "qheat-package-"));
const app = join(folder, "app");
const tools = join(folder, "tools");
let tarball = "";
let entries: string[] = [];

/** What a command prints; rejects with all of its output if it fails. */
async function run(cwd: string, command: string, ...args: string[]): Promise<string> {
  const options = { cwd, timeout: 240_000, maxBuffer: 2 ** 26 };
  try {
    return (await promisify(execFile)(command, args, options)).stdout;
  } catch (error) {
    const { message, stdout, stderr } = error as Error & Record<"stdout" | "stderr", string>;
    throw new Error(`${message}\n${stdout}\n${stderr}`, { cause: error });
  }
}

function project(path: string): void {
  mkdirSync(path);
  writeFileSync(join(path, "package.json"), '{ "private": true, "type": "module" }');
}

const install = ["install", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline"];

beforeAll(async () => {
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [packed] = JSON.parse(await run(root, "npm", ...pack)) as [
    { filename: string; files: { path: string }[] },
  ];
  tarball = join(folder, packed.filename);
  entries = packed.files.map(({ path }) => path);
  project(app);
  cpSync(join(root, "examples"), join(app, "examples"), { recursive: true });
  await run(app, "npm", ...install, tarball);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the tarball holds what runs, its types, the kernels' source and the examples", () => {
  const wanted =
    /^(package\.json|qheat\.schema\.json|README\.md|LICENSE|dist\/qheat\.wasm|dist\/(src|assembly)\/.*\.(js|d\.ts)|dist\/browser\/qheat\.js|dist\/node\/([\w-]+\.cjs|licenses\.md)|assembly\/.*\.(ts|md|json)|examples\/.*)$/;
  expect(entries.filter((entry) => !wanted.test(entry))).toEqual([]);
  for (const entry of ["dist/src/cli/main.js", "dist/node/worker.cjs", "dist/src/index.d.ts"]) {
    expect(entries).toContain(entry);
  }
});

test("in an empty project every command works, without a development dependency", async () => {
  const qheat = (...args: string[]) => run(app, "npx", "--no-install", "qheat", ...args);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    version: string;
  };
  expect(await qheat("--version")).toBe(`${version}\n`);
  expect(JSON.parse(await qheat("models", "--json"))).toHaveProperty("models");
  await qheat("sweep", "examples/million-points.yaml", "-o", "map.arrow", "--threads", "2");
  expect(await qheat("info", "map.arrow")).toContain("1,000,000 rows");
  await qheat("plot", "map.arrow", "--x", "T_A", "--y", "lambda", "--color", "q_A");
  await qheat("figure", "4");
  expect(
    await qheat(
      "solve",
      "examples/million-points.yaml",
      "--set",
      "sweep=[]",
      "--set",
      "lambda=1",
      "--set",
      "T_A=2",
    ),
  ).toContain("q_A");
});

test("a program imports it, runs a sweep on threads, and solves in what is for the browser", async () => {
  writeFileSync(
    join(app, "program.js"),
    `import { readFileSync } from "node:fs";
     import { createEngine, describeModels, solve, sweep, parseSpec, statusBits, SpecError, FileError } from "qheat";
     import * as browser from "qheat/browser";
     const spec = parseSpec(readFileSync("examples/million-points.yaml", "utf8"));
     const table = await sweep(spec.canonical, { threads: 2 }).toTable();
     const { model, equation, omega_1, omega_2, T_B, bath_A, bath_B } = JSON.parse(spec.canonical);
     const point = { model, equation, omega_1, omega_2, T_B, bath_A, bath_B, lambda: 0.05, T_A: 0.5 };
     const results = [await solve(point), (await createEngine()).solve(point), (await browser.createEngine()).solve(point)];
     const equal = results.every(({ q_A }) => q_A === table.getChild("q_A").get(0));
     console.log(table.numRows, equal, describeModels().models.length > 1, statusBits.length, [SpecError, FileError].map(({ name }) => name).join());`,
  );
  expect(await run(app, "node", "program.js")).toMatch(
    /^1000000 true true \d+ SpecError,FileError\n$/,
  );
});

test.each([
  ["nodenext", "nodenext"],
  ["bundler", "esnext"],
])("its types fit a strict program, moduleResolution %s", async (moduleResolution, module) => {
  writeFileSync(
    join(app, "program.ts"),
    `import { createEngine, sweep, type Engine, type Sweep, type SweepResult, parseSpec } from "qheat";
     import { createEngine as inBrowser } from "qheat/browser";
     const engine: Engine = await createEngine({ backend: "js" });
     const same: Engine = await inBrowser();
     const q: number = engine.solve({ model: "qubit" })["q_A"] ?? same.solve({})["q_A"] ?? 0;
     const spec: Sweep = parseSpec("");
     const rows: SweepResult = sweep(spec.canonical, { threads: 2 });
     for await (const batch of rows) batch.getChild("q_A")?.get(q);
     // @ts-expect-error: no such backend
     await createEngine({ backend: "cuda" });
     export {};`,
  );
  const options = ["--strict", "--noEmit", "--skipLibCheck", "--target", "es2022", "--types", ""];
  const tsc = join(root, "node_modules/.bin/tsc");
  const modules = ["--module", module, "--moduleResolution", moduleResolution];
  expect(await run(app, tsc, ...options, ...modules, "program.ts")).toBe("");
});

test("publint and arethetypeswrong find nothing", async () => {
  project(tools);
  await run(tools, "npm", ...install, "publint@0.3.25", "@arethetypeswrong/cli@0.18.5");
  const bin = join(tools, "node_modules/.bin");
  expect(await run(tools, join(bin, "publint"), tarball, "--strict")).toContain("All good!");
  const attw = [tarball, "--profile", "esm-only", "--no-color", "--no-emoji"];
  // it exits with 1 for a problem that the profile does not ignore
  expect(await run(tools, join(bin, "attw"), ...attw)).toContain("OK (ESM)");
});

test("install size and cold start, told", async () => {
  const megabytes = async (path: string) =>
    Number((await run(app, "du", "-sk", path)).split("\t")[0]) / 1024;
  const packages = (await run(app, "npm", "ls", "--all", "--parseable")).trim().split("\n").length;
  const main = join(app, "node_modules/qheat/dist/src/cli/main.js");
  const point = join(app, "point.json");
  writeFileSync(point, readFileSync(join(app, "examples/points.jsonl"), "utf8").split("\n")[0]);
  const median = async (...args: string[]) => {
    const times: number[] = [];
    for (let k = 0; k < 11; k++) {
      const started = performance.now();
      await run(app, process.execPath, ...args);
      times.push(performance.now() - started);
    }
    return `${times.toSorted((a, b) => a - b)[5].toFixed(0)} ms`;
  };
  const told = {
    tarball: `${(readFileSync(tarball).length / 1e6).toFixed(2)} MB`,
    qheat: `${(await megabytes("node_modules/qheat")).toFixed(1)} MiB`,
    installed: `${(await megabytes("node_modules")).toFixed(1)} MiB in ${packages - 1} packages`,
    node: await median("-e", "0"),
    "qheat --version": await median(main, "--version"),
    "qheat solve POINT": await median(main, "solve", point),
    "qheat sweep, 201 rows": await median(main, "sweep", "examples/figure-4.yaml", "-o", "a.arrow"),
  };
  process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  expect(packages).toBeLessThan(150);
});
