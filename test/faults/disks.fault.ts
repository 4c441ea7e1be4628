import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "../cli/run-cli.ts";
import { fileIn, freshFolder, missing, root, specText, sweep } from "./support.ts";

const rows = 100_000; // 8.9 MB
const args = ["--chunk-rows", "1000", "--threads", "2"];
const mounts: string[] = [];

afterAll(() => {
  for (const place of mounts.toReversed()) spawnSync("umount", ["-l", place]);
});

/** A file system in memory of so many megabytes, mounted for the tests. */
function memoryDisk(name: string, megabytes: number): string {
  const place = join(root, name);
  mkdirSync(place);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", place]);
  mounts.push(place);
  return place;
}

const noMount = missing("a small and a read-only file system", [
  "sh",
  "-c",
  "test $(id -u) = 0 && d=$(mktemp -d) && mount -t tmpfs tmpfs $d && umount $d",
]);

describe.skipIf(noMount)("on a file system of our own", () => {
  test("a full disk: exit 1 with the cause; with room again, --resume ends in the same file", async () => {
    const plain = freshFolder(rows);
    await sweep(plain, args);
    const disk = memoryDisk("small", 6);
    const folder = freshFolder(rows, disk);
    const full = await sweep(folder, args);
    expect(full.code).toBe(1);
    expect(full.stderr).toMatch(
      /^qheat: cannot write x\.arrow: ENOSPC: no space left on device\nqheat: \d+ of 100 batches are kept in x\.arrow\.part; to go on:\n/,
    );
    const again = await sweep(folder, ["--resume", ...args]);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("ENOSPC") });
    execFileSync("mount", ["-o", "remount,size=20m", disk]);
    const resumed = await sweep(folder, ["--resume", ...args]);
    expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining("were there") });
    expect(fileIn(folder)!.equals(fileIn(plain)!)).toBe(true);
  });

  test("a read-only file system: exit 1 with the cause", async () => {
    const disk = memoryDisk("read-only", 6);
    const folder = freshFolder(rows, disk);
    execFileSync("mount", ["-o", "remount,ro", disk]);
    expect(await sweep(folder, args)).toMatchObject({
      code: 1,
      stderr: "qheat: cannot write x.arrow: EROFS: read-only file system\n",
    });
  });
});

const noLimit = missing("limits on file size and handles", ["prlimit", "--fsize=1000000", "true"]);

test.skipIf(noLimit)(
  "a limit on the size of files: exit 1, and without it --resume goes on",
  async () => {
    const folder = freshFolder(rows);
    const limited = await sweep(folder, args, { wrapper: ["prlimit", "--fsize=3000000"] });
    expect(limited.code).toBe(1);
    expect(limited.stderr).toMatch(
      /^qheat: cannot write x\.arrow: EFBIG: file too large\nqheat: \d+ of 100 batches are kept/,
    );
    expect(await sweep(folder, ["--resume", ...args])).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toEqual(["x.arrow"]);
  },
);

test.skipIf(noLimit)("too few file handles: a clear end, and nothing stays behind", async () => {
  const codes: (number | null)[] = [];
  // with fewer than some forty Node itself does not start its threads
  for (const handles of [45, 50, 55, 60, 100]) {
    const folder = freshFolder(rows);
    const { code, stderr } = await sweep(folder, args, {
      wrapper: ["prlimit", `--nofile=${handles}`],
    });
    codes.push(code);
    if (code === 1) expect(stderr).toMatch(/EMFILE|ENFILE|too many open files/i);
    expect(await sweep(folder, ["--resume", ...args])).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toEqual(["x.arrow"]);
  }
  expect(codes.at(-1)).toBe(0);
});

/** Runs a shell line in which $QHEAT sweeps the spec in the folder. */
function shell(line: string): { status: number | null; stderr: string } {
  const folder = join(root, "shell");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(join(folder, "spec.json"), specText(rows));
  const env = { ...process.env, QHEAT: `${process.execPath} ${main} sweep spec.json --quiet` };
  const { status, stderr } = spawnSync("bash", ["-c", line], {
    cwd: folder,
    env,
    encoding: "utf8",
    timeout: 120_000,
  });
  expect(readdirSync(folder)).toEqual(["spec.json"]);
  return { status, stderr };
}

const noDevice = "qheat: cannot write to stdout: ENOSPC: no space left on device\n";

test.each([
  [
    "a full device",
    "$QHEAT -o /dev/full --format arrow",
    1,
    "qheat: cannot write /dev/full: ENOSPC: no space left on device\n",
  ],
  ["stdout to a full device", "$QHEAT -o - >/dev/full", 1, noDevice],
  ["CSV to a full device", "$QHEAT -o - --format csv >/dev/full", 1, noDevice],
  ["a reader that leaves", "set -o pipefail; $QHEAT -o - | head -c 1000 >/dev/null", 0, ""],
  ["a closed stdout", "$QHEAT -o - >&-", 1, "qheat: cannot write to stdout: it is closed\n"],
])("%s: %s", (_, line, status, stderr) => {
  expect(shell(line)).toEqual({ status, stderr });
});
