import type { RowRange } from "../grid/chunks.ts";

/**
 * The rows of shard `shard` of `shards`, counted from 0: contiguous ranges in order whose lengths differ
 * by one row at most. With more shards than rows some have none. Rows below 2^53.
 */
export function shardRange(rows: number, shards: number, shard: number): RowRange {
  // rows · shards may pass 2^53
  const edge = (s: number) => Number((BigInt(s) * BigInt(rows)) / BigInt(shards));
  const firstRow = edge(shard);
  return { firstRow, rows: edge(shard + 1) - firstRow };
}
