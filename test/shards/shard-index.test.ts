import { expect, test } from "vitest";
import { indexVariables, shardIndex } from "../../src/shards/shard-index.ts";

test.each(indexVariables)("$engine: $variable, its arrays begin at $first", (where) => {
  const { variable, first } = where;
  expect(shardIndex({ [variable]: String(first) }, 8)).toBe(0);
  expect(shardIndex({ [variable]: String(first + 7) }, 8)).toBe(7);
  const before = first === 0 ? "-1" : "00";
  for (const value of [String(first + 8), before, "3.5", "x", " 3"]) {
    const numbered = `numbered ${first} to ${first + 7}`;
    expect(() => shardIndex({ [variable]: value }, 8)).toThrow(numbered);
  }
});

test("no array: Grid Engine says undefined, LSF 0, the others nothing", () => {
  for (const environment of [{}, { SGE_TASK_ID: "undefined" }, { LSB_JOBINDEX: "0" }]) {
    expect(() => shardIndex(environment, 8)).toThrow(
      "--shard auto: this is no array's task: there is no SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX",
    );
  }
});

test("two engines: the same shard is taken, another one refused", () => {
  expect(shardIndex({ SLURM_ARRAY_TASK_ID: "3", SGE_TASK_ID: "4" }, 8)).toBe(3);
  expect(() => shardIndex({ SLURM_ARRAY_TASK_ID: "3", JOB_COMPLETION_INDEX: "4" }, 8)).toThrow(
    "SLURM_ARRAY_TASK_ID=3 says shard 3 and JOB_COMPLETION_INDEX=4 says shard 4; say --shard I",
  );
});

test("Slurm's count of a resubmitted subset is not looked at", () => {
  const subset = {
    SLURM_ARRAY_TASK_ID: "4",
    SLURM_ARRAY_TASK_COUNT: "2",
    SLURM_ARRAY_TASK_MIN: "3",
  };
  expect(shardIndex(subset, 8)).toBe(4);
});
