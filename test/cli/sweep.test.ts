import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { tableFromIPC } from "apache-arrow";
import { expect, test } from "vitest";
import { scratchFolder } from "../arrow/scratch.ts";
import { finishedBatches } from "../support/finished-batches.ts";
import { main, qheat, specOf } from "./run-cli.ts";

const root = scratchFolder();
let folders = 0;

/** A folder with `spec.yaml` in it: 300 rows, of which 100 are outside the domain. */
function freshFolder(count = 3): string {
  const cwd = join(root, String(folders++));
  mkdirSync(cwd);
  writeFileSync(join(cwd, "spec.yaml"), specOf(count));
  return cwd;
}

test("without -o: a file named after the spec, and a summary on stderr", async () => {
  const cwd = freshFolder();
  const { code, stdout, stderr } = await qheat(["sweep", "spec.yaml"], { cwd });
  expect({ code, stdout: stdout.length }).toEqual({ code: 0, stdout: 0 });
  expect(stderr).toMatch(
    /^spec\.arrow: 300 rows in .*; 200 to trust, 100 outside the domain .*\n$/,
  );
  const table = tableFromIPC(readFileSync(join(cwd, "spec.arrow")));
  expect(table.numRows).toBe(300);
  expect(table.get(200)!.toJSON()).toMatchObject({ lambda: 2, T_A: 1, q_A: NaN, status: 1 });
});

test("-o -: a stream on stdout, alone there; --quiet: nothing on stderr", async () => {
  const cwd = freshFolder();
  const args = ["sweep", "spec.yaml", "-o", "-", "--quiet", "--threads", "2"];
  const { code, stdout, stderr } = await qheat(args, { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(tableFromIPC(stdout).numRows).toBe(300);
  await qheat(["sweep", "spec.yaml", "-o", "x.arrows", "--backend", "js"], { cwd });
  expect(readFileSync(join(cwd, "x.arrows"))).toEqual(stdout);
});

test("--compress: the same rows in fewer bytes, to stdout as to a file", async () => {
  const cwd = freshFolder(20);
  const args = ["sweep", "spec.yaml", "--chunk-rows", "300", "--threads", "2"];
  await qheat([...args, "-o", "plain.arrows"], { cwd });
  const plain = readFileSync(join(cwd, "plain.arrows"));
  for (const codec of ["zstd", "lz4"]) {
    const compress = ["--compress", codec];
    const { code, stdout } = await qheat([...args, ...compress, "-o", "-"], { cwd });
    expect(code).toBe(0);
    expect(stdout.length).toBeLessThan(0.95 * plain.length);
    await qheat([...args.slice(0, 4), ...compress, "-o", "x.arrows"], { cwd });
    expect(readFileSync(join(cwd, "x.arrows"))).toEqual(stdout);
    const { stdout: info } = await qheat(["info", "x.arrows"], { cwd });
    expect(info.toString()).toContain("2,000 rows in 7 batches");
  }
});

test("--format csv: text to stdout, the same as in a file", async () => {
  const cwd = freshFolder();
  const args = ["sweep", "spec.yaml", "-o", "-", "--format", "csv", "--threads", "2"];
  const { code, stdout } = await qheat(args, { cwd });
  expect(code).toBe(0);
  const lines = stdout.toString().trimEnd().split("\n");
  expect(lines).toHaveLength(301);
  expect(lines[0]).toMatch(/^lambda,T_A,rho_11,.*,status$/);
  expect(lines[201]).toMatch(/^2\.0,1\.0,NaN,.*,1$/);
  const { stderr } = await qheat(["sweep", "spec.yaml", "-o", "x.csv"], { cwd });
  expect(stderr).toMatch(/^x\.csv: 300 rows in /);
  expect(readFileSync(join(cwd, "x.csv"))).toEqual(stdout);
  expect(readdirSync(cwd)).toEqual(["spec.yaml", "x.csv", "x.csv-metadata.json"]);
});

test("the spec from stdin, changed by --set", async () => {
  const cwd = freshFolder();
  const args = ["sweep", "-", "-o", "-", "--set", "T_B=3", "--set", "bath_A.g=0.5"];
  const { code, stdout } = await qheat(args, { cwd, input: specOf(3) });
  expect(code).toBe(0);
  const spec = tableFromIPC(stdout).schema.metadata.get("qheat.spec");
  expect(JSON.parse(spec!)).toMatchObject({ T_B: 3, bath_A: { g: 0.5 } });
});

test("a spec without sweep is one row", async () => {
  const cwd = freshFolder();
  const args = ["sweep", "-", "-o", "one.arrow"];
  const input = JSON.stringify({ ...JSON.parse(specOf(1)), sweep: [], lambda: 0.5, T_A: 2 });
  expect((await qheat(args, { cwd, input })).code).toBe(0);
  expect(tableFromIPC(readFileSync(join(cwd, "one.arrow"))).numRows).toBe(1);
});

test("what is wrong with a spec: exit 2, each line named, no stack", async () => {
  const input = JSON.stringify({ ...JSON.parse(specOf(1)), T_B: -1, omega_3: 1 });
  const { code, stderr } = await qheat(["sweep", "-", "-o", "-"], { input });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^(qheat: .*\n)+$/);
  expect(stderr).toContain("omega_3");
});

test("a file that cannot be written is an error with its path; nothing stays behind", async () => {
  const cwd = freshFolder();
  const missing = await qheat(["sweep", "spec.yaml", "-o", "no/x.arrow"], { cwd });
  expect(missing).toMatchObject({
    code: 2,
    stderr: "qheat: cannot write no/x.arrow: ENOENT: no such file or directory\n",
  });
  const full = await qheat(["sweep", "spec.yaml", "-o", "/dev/full", "--format", "arrow"], { cwd });
  expect(full).toMatchObject({
    code: 1,
    stderr: "qheat: cannot write /dev/full: ENOSPC: no space left on device\n",
  });
  expect(readdirSync(cwd)).toEqual(["spec.yaml"]);
});

// many more rows than are ever waited for
const ENDLESS = 1e8;

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "%s: exit %i, and the batches are kept with the command to go on",
  async (signal, exitCode) => {
    const cwd = freshFolder(3000);
    const args = [
      "sweep",
      "spec.yaml",
      "--chunk-rows",
      "1000",
      "--set",
      "T_B=0.5",
      "-o",
      "a b.arrow",
    ];
    const child = spawn(process.execPath, [main, ...args], {
      cwd,
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, npm_command: "" },
    });
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    const ended = new Promise((end) => child.on("close", end));
    while (finishedBatches(cwd) === 0) await wait(1);
    child.kill(signal);
    expect(await ended).toBe(exitCode);
    expect(readdirSync(cwd)).toEqual(["a b.arrow.part", "spec.yaml"]);
    expect(stderr).toBe(
      `qheat: interrupted by ${signal}
qheat: ${finishedBatches(cwd)} of 300 batches are kept in a b.arrow.part; to go on:
qheat:   qheat sweep spec.yaml --chunk-rows 1000 --set T_B=0.5 -o 'a b.arrow' --resume
`,
    );
    const again = await qheat(args, { cwd });
    expect(again).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("or discard them (rm -r 'a b.arrow.part')"),
    });
    const resumed = await qheat([...args, "--resume"], { cwd });
    expect(resumed).toMatchObject({ code: 0, stderr: expect.stringMatching(/,000 were there\)/) });
    expect(readdirSync(cwd)).toEqual(["a b.arrow", "spec.yaml"]);
    const whole = await qheat([...args.slice(0, -1), "whole.arrow"], { cwd });
    expect(whole.code).toBe(0);
    expect(
      readFileSync(join(cwd, "a b.arrow")).equals(readFileSync(join(cwd, "whole.arrow"))),
    ).toBe(true);
    const more = await qheat([...args, "--resume"], { cwd });
    expect(more.stderr).toMatch(/^a b\.arrow: finished already, 300,000 rows, .*\n$/);
  },
);

test("a second SIGINT ends at once, and what was finished can be resumed", async () => {
  const cwd = freshFolder(3000);
  const args = ["sweep", "spec.yaml", "--chunk-rows", "100"];
  const child = spawn(process.execPath, [main, ...args], { cwd, stdio: "ignore" });
  const ended = new Promise((end) => child.on("close", end));
  while (finishedBatches(cwd) === 0) await wait(1);
  child.kill("SIGINT");
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect((await qheat([...args, "--resume"], { cwd })).code).toBe(0);
  expect(readdirSync(cwd)).toEqual(["spec.arrow", "spec.yaml"]);
});

test.each([
  ["SIGINT, and soon after another, ends a slow sweep that nobody gave threads", 2],
  ["SIGINT finishes the batches in hand of a slow sweep that nobody gave threads", 1],
])("%s", async (_, signals) => {
  const cwd = freshFolder(20_000);
  const numeric = ["equation=redfield", "method=lu", "columns=[populations,currents,errors]"];
  const slow = [...numeric.flatMap((change) => ["--set", change]), "--backend", "js"];
  const args = [main, "sweep", "spec.yaml", "-o", "x.arrow", ...slow];
  const child = spawn(process.execPath, args, { cwd, stdio: "ignore" });
  const ended = new Promise((end) => child.on("close", end));
  while (readdirSync(cwd).length === 1) await wait(1);
  for (let k = 0; k < signals; k++) {
    await wait(100);
    child.kill("SIGINT");
  }
  expect(await ended).toBe(130);
  expect(finishedBatches(cwd) > 0).toBe(signals === 1);
});

test("a signal before the first batch is finished leaves nothing", async () => {
  const cwd = freshFolder(ENDLESS);
  const args = [main, "sweep", "spec.yaml", "--chunk-rows", "4000000", "--backend", "js"];
  const child = spawn(process.execPath, args, { cwd, stdio: "ignore" });
  const ended = new Promise((end) => child.on("close", end));
  while (readdirSync(cwd).length === 1) await wait(1);
  child.kill("SIGINT");
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(readdirSync(cwd)).toEqual(["spec.yaml"]);
});

test("SIGINT while nobody reads stdout: exit 130", async () => {
  const cwd = freshFolder(ENDLESS);
  const args = [main, "sweep", "spec.yaml", "-o", "-"];
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((end) => child.on("exit", end));
  await new Promise((readable) => child.stdout.once("readable", readable));
  child.kill("SIGINT");
  expect(await ended).toBe(130);
});

test("a reader that leaves ends the sweep: exit 0, nothing on stderr", async () => {
  const cwd = freshFolder(ENDLESS);
  const args = [main, "sweep", "spec.yaml", "-o", "-"];
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((end) => child.on("close", end));
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await ended).toBe(0);
  expect(stderr).toBe("");
});
