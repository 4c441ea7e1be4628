import { indexList } from "./index-list.ts";
import type { Manifest } from "./manifest.ts";
import { missingShards, readJob } from "./read-job.ts";
import { ShardError } from "./shard-error.ts";
import { readPlan, type ShardPlan } from "./shard-plan.ts";

/**
 * Checks every shard of a folder that is there, byte by byte.
 *
 * @param seen is given the manifest of every shard that is right.
 * @returns the plan, where nothing is missing or damaged.
 * @throws ShardError naming the shards that are; FileError
 */
export async function verifyJob(
  folder: string,
  seen: (manifest: Manifest) => void,
  signal: AbortSignal,
): Promise<ShardPlan> {
  const plan = await readPlan(folder);
  const missing = await missingShards(folder, plan);
  const problems: string[] = [];
  try {
    for await (const _ of readJob(folder, plan, missing, seen)) signal.throwIfAborted();
  } catch (error) {
    if (!(error instanceof ShardError)) throw error;
    problems.push(error.message);
  }
  if (missing.length > 0) problems.push(`missing shards, to be run: ${indexList(missing)}`);
  if (problems.length > 0) throw new ShardError("damaged", problems.join("\n"));
  return plan;
}
