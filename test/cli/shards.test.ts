import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { scratchFolder } from "../arrow/scratch.ts";
import { seeded } from "../support/random.ts";
import { main, qheat, specOf } from "./run-cli.ts";

const root = scratchFolder();
let folders = 0;

/** A folder with `spec.yaml` in it, of 100 · `hundreds` rows. */
function freshFolder(hundreds: number): string {
  const cwd = join(root, String(folders++));
  mkdirSync(cwd);
  writeFileSync(join(cwd, "spec.yaml"), specOf(hundreds));
  return cwd;
}

const shard = (index: number | string, shards = 3) =>
  `sweep spec.yaml --shards ${shards} --shard ${index} -o out`.split(" ");

test("by number, by an array's task, then merge and verify; with what is said of each", async () => {
  const cwd = freshFolder(3);
  const inFolder = (line: string, env = {}) => qheat(line.split(" "), { cwd, env });
  const first = await qheat(shard(0), { cwd });
  expect(first.code).toBe(0);
  expect(first.stderr).toMatch(/^out\/part-00000-of-00003\.arrow: 100 rows in .*; 100 to trust\n$/);
  const again = await qheat(shard(0), { cwd });
  expect(again.stderr).toContain("100 rows finished before and found right");

  const missing = await inFolder("merge out -o merged.arrow");
  expect(missing).toMatchObject({
    code: 1,
    stderr: "qheat: out: 2 of 3 shards are missing: 1-2\n",
  });
  for (const index of ["1", "2"]) {
    const env = { SLURM_ARRAY_TASK_ID: index, SGE_TASK_ID: "undefined" };
    expect((await qheat(shard("auto"), { cwd, env })).code).toBe(0);
  }
  const merge = await inFolder("merge out -o merged.arrow");
  expect(merge.code).toBe(0);
  expect(merge.stderr).toMatch(/^merged\.arrow: 300 rows, .* 200 to trust, 100 outside the domain/);
  await inFolder("sweep spec.yaml");
  const whole = readFileSync(join(cwd, "spec.arrow"));
  expect(readFileSync(join(cwd, "merged.arrow")).equals(whole)).toBe(true);
  for (const extension of ["parquet", "csv"]) {
    await inFolder(`merge out -o merged.${extension} --quiet`);
    await inFolder(`sweep spec.yaml -o spec.${extension}`);
    const bytes = (name: string) => readFileSync(join(cwd, `${name}.${extension}`));
    expect(bytes("merged").equals(bytes("spec"))).toBe(true);
  }
  expect((await inFolder("merge out")).stderr).toMatch(/^out\/_SUCCESS: 300 rows, /);

  expect((await inFolder("verify out")).stdout.toString()).toMatch(
    /^out: 300 rows in 3 shards, .*, right by their checksums\n$/,
  );
  expect((await inFolder("verify out --recompute")).stdout.toString()).toContain("and made again");
  expect((await inFolder("verify spec.arrow")).stdout.toString()).toMatch(
    /^spec\.arrow: 300 rows, .*, right: made again\n$/,
  );
  const part = join(cwd, "out/part-00002-of-00003.arrow");
  const bytes = readFileSync(part);
  bytes[bytes.length - 5000] ^= 1;
  writeFileSync(part, bytes);
  rmSync(join(cwd, "out/part-00001-of-00003.json"));
  const verified = await inFolder("verify out");
  expect(verified.code).toBe(1);
  expect(verified.stderr).toMatch(
    /^qheat: part-00002-of-00003\.arrow: its batch 0 \(rows 200 to 299\) has not the CRC .*\nqheat: damaged shards, to be run again: 2\nqheat: missing shards, to be run: 1\n$/,
  );
});

describe("refused with exit 2", () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = freshFolder(1);
    await qheat(shard(0), { cwd });
  });

  test.each([
    ["sweep spec.yaml --shards 3 -o out", "--shard is missing"],
    ["sweep spec.yaml --shard 0 -o out", "--shards is missing"],
    ["sweep spec.yaml --shards 3 --shard 0", "--output is missing"],
    ["sweep spec.yaml --shards 3 --shard 3 -o out", "auto or a whole number from 0 to 2, got"],
    ["sweep spec.yaml --shards 3 --shard 0 -o -", "a shard goes to a folder, not to stdout"],
    ["sweep spec.yaml --shards 3 --shard 0 -o out --format csv", "parts of a sweep are of format"],
    ["sweep spec.yaml --shards 3 --shard 0 -o out --chunk-rows 9", "leave out --chunk-rows"],
    ["sweep spec.yaml --shards 3 --shard 0 -o out --resume", "leave out --resume"],
    ["sweep spec.yaml --shards 3 --shard auto -o out", "this is no array's task"],
    ["sweep spec.yaml --shards 4 --shard 0 -o out", "shards: 3 there, 4 here"],
    ["sweep spec.yaml --shards 3 --shard 0 -o out --set T_B=2", "T_B: 1 there, 2 here"],
    ["sweep spec.yaml --shards 3 --shard 0 -o spec.yaml", "cannot make the folder spec.yaml"],
    ["merge out -o -", "merge writes a file"],
    ["merge out --format csv", "--format is for a file"],
    ["verify missing", "cannot read missing: ENOENT"],
  ])("qheat %s", async (line, message) => {
    const { code, stderr } = await qheat(line.split(" "), { cwd });
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(readdirSync(join(cwd, "out"))).toHaveLength(3);
  });
});

test("a folder in which nothing has been started: worth another try", async () => {
  const { code, stderr } = await qheat(["merge", "."], { cwd: freshFolder(1) });
  expect(code).toBe(1);
  expect(stderr).toBe("qheat: . has no plan.json: no shard has been started there\n");
});

/** 1.2 million rows in one shard: 19 batches. */
const LONG = 12_000;

function start(
  cwd: string,
  backend = "wasm",
): { child: ChildProcess; ended: Promise<number | null> } {
  const args = [main, ...shard(0, 1), "--threads", "1", "--backend", backend];
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  return { child, ended: new Promise((end) => child.on("close", end)) };
}

/** Resolves when an attempt has written a batch. */
async function firstBatch(cwd: string): Promise<void> {
  for (;;) {
    const names = readdirSync(cwd).includes("out") ? readdirSync(join(cwd, "out")) : [];
    const journal = names.find((name) => name.endsWith(".journal"));
    if (journal && readFileSync(join(cwd, "out", journal)).length > 0) return;
    await wait(2);
  }
}

test("SIGTERM: exit 143, what is done is kept and gone on from", async () => {
  const cwd = freshFolder(LONG);
  const { child, ended } = start(cwd, "js"); // slow enough to be caught
  let stderr = "";
  child.stderr!.on("data", (data: Buffer) => (stderr += data.toString()));
  await firstBatch(cwd);
  child.kill("SIGTERM");
  expect(await ended).toBe(143);
  expect(stderr).toMatch(
    /^qheat: interrupted by SIGTERM\nqheat: [\d,]+ of 1,200,000 rows of shard 0 are kept; .*\n$/,
  );
  const { code, stderr: said } = await qheat(shard(0, 1), { cwd });
  expect(code).toBe(0);
  expect(said).toMatch(/, [\d,]+ of them kept from an earlier attempt, /);
  expect(readdirSync(join(cwd, "out"))).toHaveLength(3);
});

test("SIGKILL at six moments, then two attempts at once: the very bytes, nothing left", async () => {
  const cwd = freshFolder(LONG);
  const random = seeded(7);
  for (let kill = 0; kill < 6; kill++) {
    const { child, ended } = start(cwd);
    await Promise.race([ended, wait(200 + 300 * random())]);
    child.kill("SIGKILL");
    await ended;
  }
  expect(await Promise.all([start(cwd).ended, start(cwd).ended])).toEqual([0, 0]);
  expect(readdirSync(join(cwd, "out")).toSorted()).toEqual([
    "part-00000-of-00001.arrow",
    "part-00000-of-00001.json",
    "plan.json",
  ]);
  await qheat(["merge", "out", "-o", "merged.arrow"], { cwd });
  await qheat(["sweep", "spec.yaml"], { cwd });
  const [merged, whole] = ["merged.arrow", "spec.arrow"].map((name) =>
    readFileSync(join(cwd, name)),
  );
  expect(merged.equals(whole)).toBe(true);
}, 240_000);
