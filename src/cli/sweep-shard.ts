import type { ShardResult } from "../shards/run-shard.ts";
import { compressions } from "../compress/compression.ts";
import { type Arguments, countOf, oneOf } from "./arguments.ts";
import type { Context } from "./command.ts";
import { countText, sizeText } from "./number-text.ts";
import { runOptions } from "./run-options.ts";
import { StatusCounts } from "./status-counts.ts";
import { tell } from "./stderr.ts";
import { stopwatch } from "./stopwatch.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { UsageError } from "./usage-error.ts";

/** `qheat sweep SPEC --shards N --shard I|auto -o DIR`: one shard of a sweep into a folder. */
export async function sweepShard(given: Arguments, { signal, hints }: Context): Promise<number> {
  const { MOST_SHARDS, partPath } = await import("../shards/part-name.ts");
  const shards = countOf("--shards", needed(given, "shards"), MOST_SHARDS);
  const shard = await shardOf(needed(given, "shard"), shards);
  const folder = folderOf(needed(given, "output"));
  if ((given.text("format") ?? "arrow") !== "arrow") {
    throw new UsageError("parts of a sweep are of format arrow; qheat merge writes the others");
  }
  if (given.flag("resume")) {
    throw new UsageError("a shard always goes on from what is kept: leave out --resume");
  }
  if (given.text("chunk-rows") !== undefined) {
    throw new UsageError(
      "all attempts at a shard cut it in the same batches: leave out --chunk-rows",
    );
  }
  const name = given.text("compress");
  const compress = name === undefined ? undefined : oneOf("--compress", name, compressions);
  const run = runOptions(given, signal);
  const { loadSpec } = await import("./load-spec.ts");
  const { parseObject } = await import("../spec/parse-object.ts");
  const sweep = parseObject(await loadSpec(given.positionals[0], given.texts("set"), signal));

  const { pinPlan, shardPlan } = await import("../shards/shard-plan.ts");
  const { runShard } = await import("../shards/run-shard.ts");
  const { shardRange } = await import("../shards/shard-range.ts");
  const plan = shardPlan(sweep, shards, compress);
  await pinPlan(folder, plan);
  const { rows } = shardRange(plan.rows, shards, shard);
  const quiet = given.flag("quiet");
  const progress = await terminalProgress(rows, quiet);
  const seconds = stopwatch();
  let rowsDone = 0;
  let result: ShardResult;
  try {
    const onProgress = (done: number, kept: number) => {
      rowsDone = done;
      progress?.advance(done, kept);
    };
    result = await runShard({ folder, plan, sweep, shard }, { ...run, onProgress });
  } catch (error) {
    if (rowsDone > 0) {
      const kept = `${countText(rowsDone)} of ${countText(rows)} rows of shard ${shard} are kept`;
      hints.push(`${kept}; the same command goes on from there`);
    }
    throw error;
  } finally {
    progress?.stop();
  }
  if (!quiet) {
    await tell(summary(partPath(folder, shard, shards), result, seconds()));
  }
  return 0;
}

async function shardOf(value: string, shards: number): Promise<number> {
  if (value === "auto") {
    const { shardIndex } = await import("../shards/shard-index.ts");
    return shardIndex(process.env, shards);
  }
  const shard = Number(value);
  if (/^\d+$/.test(value) && shard < shards) return shard;
  const got = JSON.stringify(value);
  throw new UsageError(
    `--shard must be auto or a whole number from 0 to ${shards - 1}, got ${got}`,
  );
}

function folderOf(output: string): string {
  if (output !== "-") return output;
  throw new UsageError("a shard goes to a folder, not to stdout: -o DIR");
}

function needed(given: Arguments, option: "shards" | "shard" | "output"): string {
  const value = given.text(option);
  if (value !== undefined) return value;
  throw new UsageError(
    `a sweep in shards needs --shards N, --shard I|auto and -o DIR: --${option} is missing`,
  );
}

function summary(part: string, { manifest, by, rowsKept }: ShardResult, seconds: number): string {
  const { rows, bytes, status } = manifest;
  const counts = new StatusCounts();
  counts.addCounts(status);
  const texts = {
    this: `in ${seconds.toFixed(2)} s (${countText((rows - rowsKept) / seconds)} rows/s)`,
    before: "finished before and found right",
    beside: "finished by another attempt, with the same bits",
  };
  const kept = rowsKept > 0 ? `, ${countText(rowsKept)} of them kept from an earlier attempt` : "";
  const what = counts.lines().map(([count, words]) => `${count} ${words}`);
  return `${part}: ${countText(rows)} rows ${texts[by]}${kept}, ${sizeText(bytes)}; ${what.join(", ")}${counts.overlap}\n`;
}
