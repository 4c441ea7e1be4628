import { join } from "node:path";

/** Shards of a job at most: more files than a folder should hold. */
export const MOST_SHARDS = 1_000_000;

/** The name of a shard's files without their extension: `part-00017-of-00100`. */
export function partName(shard: number, shards: number): string {
  const digits = (n: number) => String(n).padStart(5, "0");
  return `part-${digits(shard)}-of-${digits(shards)}`;
}

/** Where a shard's rows are. */
export function partPath(folder: string, shard: number, shards: number): string {
  return join(folder, `${partName(shard, shards)}.arrow`);
}

/** Where a shard's manifest is. */
export function manifestPath(folder: string, shard: number, shards: number): string {
  return join(folder, `${partName(shard, shards)}.json`);
}
