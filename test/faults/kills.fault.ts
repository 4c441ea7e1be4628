import type { ChildProcess } from "node:child_process";
import { readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { finishedBatches } from "../support/finished-batches.ts";
import { seeded } from "../support/random.ts";
import { fileIn, freshFolder, killedAfter, long, sweep } from "./support.ts";

const KILLS = long ? 200 : 10;
const seed = Number(process.env["QHEAT_SEED"] ?? 1);

test(`${KILLS} random SIGKILLs, each resumed to the identical file (seed ${seed})`, async () => {
  const chance = seeded(seed);
  const small = ["--chunk-rows", "1000", "--threads", "2"];
  const whole = freshFolder(1_000_000);
  const started = performance.now();
  expect(await sweep(whole, small)).toMatchObject({ code: 0 });
  const lasts = performance.now() - started;
  const bytes = fileIn(whole)!;
  let partial = 0;
  for (let k = 0; k < KILLS; k++) {
    const folder = freshFolder(1_000_000);
    const { killed } = await sweep(folder, small, { started: killedAfter(chance() * lasts * 1.1) });
    const found = fileIn(folder);
    if (found) expect(found.equals(bytes)).toBe(true);
    else expect(killed).toBe("SIGKILL");
    const parts = readdirSync(folder).filter((name) => name.includes(".part"));
    expect(parts.length).toBeLessThanOrEqual(1);
    const resumed = await sweep(folder, [
      "--resume",
      "--chunk-rows",
      "1000",
      "--threads",
      String(1 + (k % 3)),
    ]);
    expect(resumed, `kill ${k}`).toMatchObject({ code: 0 });
    if (resumed.stderr.includes("were there")) partial++;
    expect(fileIn(folder)!.equals(bytes), `kill ${k}`).toBe(true);
    expect(readdirSync(folder)).toEqual(["x.arrow"]);
  }
  console.log(`${KILLS} kills in ${Math.round(lasts)} ms runs; ${partial} had finished batches`);
  expect(partial).toBeGreaterThan(0);
});

test("a process whose part another has taken over says so and stops, and has harmed nothing", async () => {
  const folder = freshFolder(100_000_000);
  const started = (child: ChildProcess) => {
    const timer = setInterval(() => {
      const part = readdirSync(folder).find((name) => name.includes(".part-"));
      if (part === undefined || finishedBatches(folder) === 0) return;
      clearInterval(timer);
      renameSync(join(folder, part), join(folder, "x.arrow.part"));
    }, 5);
    child.on("close", () => clearInterval(timer));
  };
  const outcome = await sweep(folder, ["--threads", "1"], { started });
  expect(outcome).toMatchObject({
    code: 1,
    stderr: "qheat: another process has taken over x.arrow\n",
  });
  expect(readdirSync(folder)).toEqual(["x.arrow.part"]);
  expect(finishedBatches(folder)).toBeGreaterThan(0);
  rmSync(folder, { recursive: true });
});
