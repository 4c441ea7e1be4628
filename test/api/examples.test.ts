import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { scratchFolder } from "../arrow/scratch.ts";

const folder = scratchFolder();
const examples = resolve(import.meta.dirname, "../../examples/api");

/** What `node examples/api/NAME.mjs` prints; rejects if it fails. */
async function output(name: string): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [resolve(examples, `${name}.mjs`)], {
    cwd: folder,
  });
  return stdout;
}

test(
  "optimise.mjs finds the greatest current, the same at every run",
  { timeout: 300_000 },
  async () => {
    const found = await output("optimise");
    expect(found).toContain("omega_2 = 0.990465\nlambda = 0.213228\nq_A = 0.008508838\n");
  },
);

test("stream.mjs holds a third of what it reads at most", { timeout: 300_000 }, async () => {
  const found = await output("stream");
  expect(found).toContain("10000000 rows, 490 MB of columns, mean q_A = 0.081306\n");
  const [, before, most] = /after the first batch (\d+) MB, at most (\d+) MB/.exec(found)!;
  expect(Number(most) - Number(before)).toBeLessThan(490 / 3);
});

test(
  "abort.mjs stops at the first row that breaks the second law, and at a signal",
  { timeout: 300_000 },
  async () => {
    // a billion rows would outlast this test
    const [first, second] = (await output("abort")).split("\n");
    const row = JSON.parse(first.replace("found ", "")) as Record<string, number>;
    expect(row).toMatchObject({ g_A: 1, g_B: 1, status: 8 });
    expect(row["T_A"]).toBeCloseTo(1.76752, 4); // where q_A changes its sign at g = 1
    expect(row["q_A"]).toBeLessThan(0);
    expect(second).toBe("aborted: TimeoutError");
  },
);
