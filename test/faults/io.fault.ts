import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { finishedBatches } from "../support/finished-batches.ts";
import { fileIn, freshFolder, long, missing, type Outcome, root, sweep } from "./support.ts";

const rows = 1_000;
const args = ["--chunk-rows", "200", "--threads", "2"];
const library = join(root, "fail-io.so");
const noCompiler = missing("faults of every I/O call", ["cc", "--version"]);

/** Every so many calls in the bounded run. */
const STRIDE = long ? 1 : 3;
const LAST = 1_000_000;

const causes = {
  EIO: [5, "EIO: i/o error"],
  ENOSPC: [28, "ENOSPC: no space left on device"],
  EDQUOT: [122, "EDQUOT: disk quota exceeded"],
  EROFS: [30, "EROFS: read-only file system"],
} as const;

function failing(folder: string, first: number, last: number, action: string | number) {
  const FAIL_IO = `${folder}:${first}:${last}:${action}`;
  return { env: { LD_PRELOAD: library, FAIL_IO } };
}

let whole: Buffer;

beforeAll(async () => {
  if (noCompiler) return;
  const source = join(import.meta.dirname, "fail-io.c");
  execFileSync("cc", ["-shared", "-fPIC", "-o", library, source, "-ldl"]);
  const folder = freshFolder(rows);
  await sweep(folder, args);
  whole = fileIn(folder)!;
});

/** After any fault: nothing or the whole file; and without the fault it goes on to the same file. */
async function recovers(folder: string, { code, killed, stderr }: Outcome, what: string) {
  const found = fileIn(folder);
  if (found) expect(found.equals(whole), what).toBe(true);
  if (code === 0) {
    expect(found, what).toBeDefined();
  } else {
    expect(stderr.includes("    at "), `${what}: ${stderr}`).toBe(false);
  }
  const resumed = await sweep(folder, ["--resume", ...args]);
  expect(resumed, `${what}, after ${code ?? killed}: ${stderr}`).toMatchObject({ code: 0 });
  expect(fileIn(folder)!.equals(whole), what).toBe(true);
  expect(readdirSync(folder), what).toEqual(["x.arrow"]);
  rmSync(folder, { recursive: true });
}

describe.skipIf(noCompiler)("every I/O call fails in turn", () => {
  test.each([
    ["once", 0],
    ["and all later ones", LAST],
  ])("with EIO, %s: the error says so, and nothing is lost", async (_, more) => {
    const messages = new Set<string>();
    for (let call = 1; ; call += STRIDE) {
      const folder = freshFolder(rows);
      const log = join(root, "calls");
      rmSync(log, { force: true });
      const { env } = failing(folder, call, call + more, 5);
      const outcome = await sweep(folder, args, { env: { ...env, FAIL_IO_LOG: log } });
      const made = Number(execFileSync("sh", ["-c", `wc -l < ${log}`], { encoding: "utf8" }));
      if (outcome.code !== 0) {
        expect(outcome.code, `call ${call}`).toBe(1);
        expect(outcome.stderr, `call ${call}`).toMatch(
          /^qheat: cannot write x\.arrow: EIO: i\/o error\n/,
        );
        messages.add(outcome.stderr.split("\n")[0]);
      }
      await recovers(folder, outcome, `call ${call}`);
      if (made < call) break;
    }
    expect([...messages]).toEqual(["qheat: cannot write x.arrow: EIO: i/o error"]);
  });

  test("with EIO once in a resumed run: what is told to be kept is, and the printed command ends in the same file", async () => {
    const model = freshFolder(rows);
    // killed once three or four batches are finished
    for (let call = 15; call > 0 && ![3, 4].includes(finishedBatches(model)); call--) {
      rmSync(model, { recursive: true });
      mkdirSync(model);
      await sweep(model, args, failing(model, call, call, "kill"));
    }
    const plain = freshFolder(rows);
    await sweep(plain);
    let failures = 0;
    for (let call = 1; ; call += STRIDE) {
      const folder = freshFolder(rows);
      cpSync(model, folder, { recursive: true });
      const resume = ["--resume", "--threads", "2"];
      const outcome = await sweep(folder, resume, failing(folder, call, call, 5));
      const told = / (\d) of 5 batches are kept in x\.arrow\.part/.exec(outcome.stderr)?.[1];
      expect(Number(told ?? 0), `call ${call}: ${outcome.stderr}`).toBe(
        outcome.code === 0 ? 0 : finishedBatches(folder),
      );
      const resumed = await sweep(folder, resume);
      expect(resumed, `call ${call}`).toMatchObject({ code: 0 });
      // where nothing was kept the run begins afresh, in batches of its own
      const same = outcome.code === 0 || told ? whole : fileIn(plain)!;
      expect(fileIn(folder)!.equals(same), `call ${call}: ${outcome.stderr}`).toBe(true);
      expect(readdirSync(folder), `call ${call}`).toEqual(["x.arrow"]);
      rmSync(folder, { recursive: true });
      if (outcome.code === 0) break;
      failures++;
    }
    expect(failures).toBeGreaterThanOrEqual(6 / STRIDE);
  });

  test("the last sync of a resumed run fails: what a killed run had finished is kept", async () => {
    const folder = freshFolder(rows);
    for (let call = 15; call > 0 && ![3, 4].includes(finishedBatches(folder)); call--) {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      await sweep(folder, args, failing(folder, call, call, "kill"));
    }
    const before = finishedBatches(folder);
    const { env } = failing(folder, 1, 1, 5);
    const resume = ["--resume", "--threads", "2"];
    const outcome = await sweep(folder, resume, { env: { ...env, FAIL_IO_ONLY: "fsync" } });
    expect(outcome.code).toBe(1);
    expect(finishedBatches(folder), outcome.stderr).toBeGreaterThanOrEqual(before);
    await recovers(folder, outcome, "the last sync");
  });

  test("the process is killed at every I/O call in turn: nothing is lost", async () => {
    let kills = 0;
    for (let call = 1; ; call += STRIDE, kills++) {
      const folder = freshFolder(rows);
      const outcome = await sweep(folder, args, failing(folder, call, call, "kill"));
      await recovers(folder, outcome, `call ${call}`);
      if (outcome.killed === null) break;
    }
    // a run makes 16 or 17 calls, as two finished batches may share a write of the journal: of five
    // batches, head and tail at least one each, one of the journal, four to finish
    expect(kills).toBeGreaterThanOrEqual(12 / STRIDE);
  });

  test.each(Object.entries(causes))(
    "%s in the middle of the batches",
    async (_, [errno, words]) => {
      const folder = freshFolder(rows);
      const outcome = await sweep(folder, args, failing(folder, 9, LAST, errno));
      expect(outcome.code).toBe(1);
      expect(outcome.stderr).toMatch(new RegExp(`^qheat: cannot write x\\.arrow: ${words}\n`));
      await recovers(folder, outcome, words);
    },
  );
});
