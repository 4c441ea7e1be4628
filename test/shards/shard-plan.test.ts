import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pinPlan, readPlan, shardPlan } from "../../src/shards/shard-plan.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { specOf } from "../cli/run-cli.ts";

const root = scratchFolder();
const sweep = parseSpec(specOf(3));
const plan = shardPlan(sweep, 5);

test("tasks that race agree on one plan; the others are refused, with the difference", async () => {
  const folder = join(root, "race");
  const plans = Array.from({ length: 24 }, (_, k) => ({ ...plan, shards: 5 + (k % 3) }));
  const outcomes = await Promise.allSettled(plans.map((p) => pinPlan(folder, p)));
  const { shards } = await readPlan(folder);
  for (const [k, outcome] of outcomes.entries()) {
    const expected = plans[k].shards === shards ? "fulfilled" : "rejected";
    expect(outcome.status).toBe(expected);
    if (outcome.status === "rejected") {
      expect(String(outcome.reason)).toContain(`shards: ${shards} there, ${plans[k].shards} here`);
    }
  }
  expect(readdirSync(folder)).toEqual(["plan.json"]);
});

test("another spec, version or kernel: every difference is named", async () => {
  const folder = join(root, "other");
  await pinPlan(folder, { ...plan, version: "0.0.9", kernel: "0".repeat(64) });
  const changed = JSON.parse(specOf(3)) as Record<string, unknown>;
  const other = parseSpec({ ...changed, T_B: 3, bath_A: { spectrum: "flat", g: 0.5 } });
  const message = await pinPlan(folder, shardPlan(other, 5)).catch((error: Error) => error.message);
  expect(message).toMatch(/^.*plan\.json is the plan of another job:\n/);
  expect(message).toContain(`qheat: "0.0.9" there, "${plan.version}" here`);
  expect(message).toContain(`kernel: "0000`);
  expect(message).toContain("T_B: 1 there, 3 here");
  expect(message).toContain("bath_A: another value");
  expect(message).not.toContain("shards");
});

test("a damaged plan is found", async () => {
  const folder = join(root, "damaged");
  await pinPlan(folder, plan);
  const path = join(folder, "plan.json");
  const text = readFileSync(path, "utf8");
  for (const wrong of [text.slice(0, 99), text.replace('"T_B": 1', '"T_B": 9'), "{}", ""]) {
    writeFileSync(path, wrong);
    await expect(readPlan(folder)).rejects.toThrow("plan.json is damaged");
  }
});

test("a folder without a plan: nothing has been started there", async () => {
  await expect(readPlan(root)).rejects.toMatchObject({ name: "ShardError", lasting: false });
});
