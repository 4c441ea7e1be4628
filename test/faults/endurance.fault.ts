import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { finishedBatches } from "../support/finished-batches.ts";
import { seeded } from "../support/random.ts";
import { fileIn, freshFolder, long, missing, sweep } from "./support.ts";
import type { ChildProcess } from "node:child_process";

const ROWS = long ? 10_000_000 : 1_000_000;
const KILLS = 10;
const seed = Number(process.env["QHEAT_SEED"] ?? 1);
const noProc = missing("a long run killed again and again", ["test", "-r", "/proc/self/status"]);

interface Sample {
  readonly batches: number;
  readonly megabytes: number;
  readonly threads: number;
  readonly handles: number;
}

/** Looks at a process until it ends, and kills it once its journal has `until` batches more. */
function watched(folder: string, until: number, samples: Sample[]) {
  return (child: ChildProcess) => {
    const look = async () => {
      let before: number | undefined;
      while (child.exitCode === null && child.signalCode === null) {
        const batches = finishedBatches(folder);
        before ??= batches;
        const sample = sampleOf(child.pid!, batches);
        if (sample && batches > before) samples.push(sample);
        if (batches - before >= until) child.kill("SIGKILL");
        await wait(5);
      }
    };
    void look();
  };
}

function sampleOf(pid: number, batches: number): Sample | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const number = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
    const handles = readdirSync(`/proc/${pid}/fd`).length;
    const megabytes = number("VmRSS") / 1000;
    if (Number.isNaN(megabytes)) return undefined; // it is about to end
    return { batches, megabytes, threads: number("Threads"), handles };
  } catch {
    return undefined; // it has just ended
  }
}

test.skipIf(noProc)(
  `${ROWS} rows in small batches, killed ${KILLS} times: the same file, memory flat, nothing leaked (seed ${seed})`,
  async () => {
    const chance = seeded(seed);
    const chunkRows = 4096;
    const args = ["--chunk-rows", String(chunkRows), "--threads", "2"];
    const all = Math.ceil(ROWS / chunkRows);
    const plain = freshFolder(ROWS);
    const samples: Sample[] = [];
    await sweep(plain, args, { started: watched(plain, Infinity, samples) });
    const folder = freshFolder(ROWS);
    for (let k = 0; k < KILLS; k++) {
      const until = Math.ceil((chance() * all) / KILLS);
      const more = k === 0 ? args : ["--resume", ...args];
      const { killed } = await sweep(folder, more, { started: watched(folder, until, samples) });
      expect(killed, `kill ${k}`).toBe("SIGKILL");
      expect(fileIn(folder)).toBeUndefined();
    }
    const { code, stderr } = await sweep(folder, ["--resume", ...args]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("were there") });
    expect(fileIn(folder)!.equals(fileIn(plain)!)).toBe(true);
    expect(readdirSync(folder)).toEqual(["x.arrow"]);

    const most = (key: keyof Sample, some = samples) => Math.max(...some.map((s) => s[key]));
    const [early, late] = [
      samples.filter((s) => s.batches < all / 2),
      samples.filter((s) => s.batches >= all / 2),
    ];
    console.log(
      `most: ${most("megabytes").toFixed(0)} MB (${most("megabytes", early).toFixed(0)} in the first half), ${most("threads")} threads, ${most("handles")} handles`,
    );
    expect(most("megabytes")).toBeLessThan(250);
    expect(most("megabytes", late)).toBeLessThan(most("megabytes", early) + 30);
    // main, two workers, and Node's own: V8's and libuv's pools of four
    expect(most("threads")).toBeLessThanOrEqual(16);
    // a handle lost with each batch would be a hundred; workers that start late open a few
    expect(most("handles", late)).toBeLessThan(most("handles", early) + 20);
  },
);
