import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sweepSchema } from "../../src/arrow/schema.ts";
import { writeFile } from "../../src/output/write-file.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { qheat, specOf } from "../cli/run-cli.ts";

const root = scratchFolder();

// 20 batches: some rows lie outside the domain, so that a status is counted in the middle of a batch
const sweep = parseSpec(JSON.parse(specOf(20)));
const file = (name: string) =>
  ({ path: join(root, name), format: "arrow", sweep, schema: sweepSchema(sweep) }) as const;
const options = { chunkRows: 97 };

test("the calling thread writes the same bytes and counts the same statuses as two workers", async () => {
  const here = await writeFile(file("here.arrow"), { ...options, callerWorks: true });
  const there = await writeFile(file("there.arrow"), { ...options, threads: 2 });
  expect(here).toEqual(there);
  expect(here.status).toMatchObject({ 0: 1400, 1: 600 });
  expect(readFileSync(file("here.arrow").path)).toEqual(readFileSync(file("there.arrow").path));
});

test("interrupted in the calling thread after three batches, it is resumed there to the same bytes", async () => {
  const folder = join(root, "interrupted");
  mkdirSync(folder);
  const path = join(folder, "x.arrow");
  const controller = new AbortController();
  let batches = 0;
  const run = {
    ...options,
    callerWorks: true,
    signal: controller.signal,
    onProgress: () => {
      if (++batches === 3) controller.abort(new Error("enough"));
    },
  };
  await expect(writeFile({ ...file(""), path }, run)).rejects.toThrow("enough");
  expect(readdirSync(folder)).toEqual(["x.arrow.part"]);
  const resumed = await writeFile(
    { ...file(""), path },
    { ...options, callerWorks: true, resume: true },
  );
  expect(resumed.resumedRows).toBeGreaterThanOrEqual(3 * options.chunkRows);
  await writeFile(file("whole.arrow"), { ...options, threads: 1 });
  expect(readFileSync(path)).toEqual(readFileSync(file("whole.arrow").path));
});

test.each([
  ["a short one starts no thread", "lindblad", 10, []],
  ["a long one does, once that is seen", "redfield-appendix", 15_000, []],
  ["a short one does where threads are asked for", "lindblad", 10, ["--threads", "2"]],
] as const)("qheat sweep of several batches: %s", async (_, equation, count, more) => {
  const cwd = join(root, `${equation}${more.length}`);
  mkdirSync(cwd);
  const baths = { bath_A: { spectrum: "flat", g: 1 }, bath_B: { spectrum: "flat", g: 1 } };
  const spec = { ...JSON.parse(specOf(count)), equation, ...baths };
  writeFileSync(join(cwd, "spec.json"), JSON.stringify(spec));
  const batches = ["--chunk-rows", count === 10 ? "100" : "65536"];
  const args = ["sweep", "spec.json", "-o", "x.arrow", "--quiet", ...batches, ...more];
  // Node tells on stderr which files it loads
  const { code, stderr } = await qheat(args, { cwd, env: { NODE_DEBUG: "module" } });
  expect(code).toBe(0);
  expect(stderr.includes("batch-worker.cjs")).toBe(count !== 10 || more.length > 0);
});
