import { type Manifest, readManifest } from "./manifest.ts";
import { partPath } from "./part-name.ts";
import { readPart } from "./read-part.ts";
import type { ShardPlan } from "./shard-plan.ts";

/**
 * Reads a shard's manifest and every byte of its part.
 *
 * @returns the manifest of a finished shard, undefined for one without.
 * @throws ShardError if the two do not fit each other and the plan.
 */
export async function checkShard(
  folder: string,
  plan: ShardPlan,
  shard: number,
): Promise<Manifest | undefined> {
  const manifest = await readManifest(folder, plan, shard);
  if (!manifest) return undefined;
  const blocks = readPart(partPath(folder, shard, plan.shards), manifest);
  while (!(await blocks.next()).done);
  return manifest;
}
