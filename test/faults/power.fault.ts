import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seeded } from "../support/random.ts";
import { fileIn, freshFolder, long, missing, root, sweep } from "./support.ts";

const CUTS = long ? 12 : 3;
const rows = 200_000; // 18 MB
const args = ["--chunk-rows", "1000", "--threads", "2"];
const chance = seeded(Number(process.env["QHEAT_SEED"] ?? 1));

const image = join(root, "disk.img");
const place = join(root, "disk");
const cut = join(import.meta.dirname, "power-cut.py");

function mount(): void {
  execFileSync("mount", ["-o", "loop", image, place]);
}

const noDisk = missing(
  "power cuts",
  ["mkfs.ext4", "-V"],
  ["python3", "--version"],
  ["sh", "-c", "test $(id -u) = 0 && losetup -f"],
);

afterAll(() => {
  spawnSync("umount", ["-l", place]);
});

describe.skipIf(noDisk)("a disk that loses what is not on it", () => {
  beforeAll(() => {
    mkdirSync(place);
    execFileSync("truncate", ["-s", "300M", image]);
    execFileSync("mkfs.ext4", ["-q", image]);
  });

  test(`${CUTS} power cuts at random moments, and as many right after exit 0`, async () => {
    const plain = freshFolder(rows);
    const started = performance.now();
    await sweep(plain, args);
    const lasts = performance.now() - started;
    const whole = fileIn(plain)!;
    for (let k = 0; k < CUTS; k++) {
      mount();
      const folder = freshFolder(rows, place);
      writeFileSync(join(folder, "../sync"), "");
      execFileSync("sync", ["-f", place]);
      const running = sweep(folder, args);
      await wait(chance() * lasts);
      execFileSync("python3", [cut, place]);
      await running;
      execFileSync("umount", [place]);

      mount();
      const found = fileIn(folder);
      if (found) expect(found.equals(whole), `cut ${k}`).toBe(true);
      expect(await sweep(folder, ["--resume", ...args]), `cut ${k}`).toMatchObject({ code: 0 });
      // what has ended with 0 is on disk
      execFileSync("python3", [cut, place]);
      execFileSync("umount", [place]);
      mount();
      expect(fileIn(folder)?.equals(whole), `cut ${k}, after exit 0`).toBe(true);
      execFileSync("rm", ["-r", folder]);
      execFileSync("umount", [place]);
    }
    expect(readdirSync(place)).toEqual([]);
  });

  test("a power cut after the journal was synced, 5 s on, loses batches of the last seconds alone", async () => {
    const many = 600_000;
    const numeric = ["equation=redfield", "method=lu", "columns=[populations,currents,errors]"];
    const slow = [...numeric.flatMap((change) => ["--set", change]), "--chunk-rows", "1000"];
    const plain = freshFolder(many);
    await sweep(plain, slow);
    mount();
    const folder = freshFolder(many, place);
    execFileSync("sync", ["-f", place]);
    // some 20 s of the twin on one thread
    const running = sweep(folder, [...slow, "--backend", "js", "--threads", "1"]);
    await wait(9000);
    execFileSync("python3", [cut, place]);
    const { code } = await running;
    execFileSync("umount", [place]);
    mount();
    expect({ code, file: fileIn(folder) }).toEqual({ code: 1, file: undefined });
    const resumed = await sweep(folder, ["--resume", ...slow]);
    expect(resumed.stderr).toMatch(/[1-9][\d,]*000 were there/);
    expect(fileIn(folder)!.equals(fileIn(plain)!)).toBe(true);
    execFileSync("rm", ["-r", folder]);
    execFileSync("umount", [place]);
  });
});
