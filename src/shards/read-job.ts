import { readdir } from "node:fs/promises";
import { FileError } from "../arrow/file-error.ts";
import { indexList } from "./index-list.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { partName, partPath } from "./part-name.ts";
import { readPart, type RowBlock } from "./read-part.ts";
import { ShardError } from "./shard-error.ts";
import type { ShardPlan } from "./shard-plan.ts";

/** Shards that have no manifest: they have not been started, or not been finished. */
export async function missingShards(folder: string, { shards }: ShardPlan): Promise<number[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new FileError(`read ${folder}`, cause);
  });
  const there = new Set(names);
  const missing: number[] = [];
  for (let shard = 0; shard < shards; shard++) {
    if (!there.has(`${partName(shard, shards)}.json`)) missing.push(shard);
  }
  return missing;
}

/**
 * The rows of all shards but the `skipped` ones in order, each byte of manifests and parts checked on
 * the way. After the first damage nothing more is yielded, but the rest is checked all the same.
 *
 * @param seen is given the manifest of every shard that is right.
 * @throws ShardError at the end, naming all that is damaged
 */
export async function* readJob(
  folder: string,
  plan: ShardPlan,
  skipped: readonly number[],
  seen: (manifest: Manifest) => void,
): AsyncGenerator<RowBlock> {
  const without = new Set(skipped);
  const damage: string[] = [];
  const damaged: number[] = [];
  for (let shard = 0; shard < plan.shards; shard++) {
    if (without.has(shard)) continue;
    try {
      const manifest = await readManifest(folder, plan, shard);
      if (!manifest)
        throw new ShardError("missing", `${partName(shard, plan.shards)}.json is gone`);
      for await (const block of readPart(partPath(folder, shard, plan.shards), manifest)) {
        if (damage.length === 0) yield block;
      }
      seen(manifest);
    } catch (error) {
      if (!(error instanceof ShardError)) throw error;
      damage.push(error.message);
      damaged.push(shard);
    }
  }
  if (damage.length === 0) return;
  const lines = [...damage, `damaged shards, to be run again: ${indexList(damaged)}`];
  throw new ShardError("damaged", lines.join("\n"));
}
