import { join } from "node:path";
import { expect, test } from "vitest";
import { fileIn, freshFolder, sweep } from "./support.ts";

const rows = 200_000;
const args = ["--chunk-rows", "1000", "--threads", "2"];
const preload = join(import.meta.dirname, "mortal-workers.mjs");

function mortal(every: number): { env: NodeJS.ProcessEnv } {
  return { env: { NODE_OPTIONS: `--import=${preload}`, MORTAL_WORKERS: String(every) } };
}

test("workers that die in the middle of a write, every seventh or so: the same file", async () => {
  const [plain, folder] = [freshFolder(rows), freshFolder(rows)];
  expect(await sweep(plain, args)).toMatchObject({ code: 0 });
  const outcome = await sweep(folder, args, mortal(7));
  expect(outcome).toMatchObject({ code: 0 });
  expect(fileIn(folder)!.equals(fileIn(plain)!)).toBe(true);
});

test("workers that die at their first write: exit 1 with the rows named, no hang", async () => {
  const folder = freshFolder(rows);
  const { code, stderr } = await sweep(folder, args, mortal(0));
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^qheat: rows \d+ to \d+: two workers failed: worker exited with code: 9\n/,
  );
  expect(fileIn(folder)).toBeUndefined();
});
