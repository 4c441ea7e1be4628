import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sweepSchema } from "../../src/arrow/schema.ts";
import type { Compression } from "../../src/compress/compression.ts";
import { writeChunks } from "../../src/output/write-chunks.ts";
import { runSweep } from "../../src/pool/run-sweep.ts";
import { pinPlan, shardPlan } from "../../src/shards/shard-plan.ts";
import type { ShardTask } from "../../src/shards/run-shard.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { specOf } from "../cli/run-cli.ts";

/** A job of `shards` shards in a folder of its own, its plan pinned; 100 · `hundreds` rows. */
export async function jobIn(
  root: string,
  name: string,
  hundreds: number,
  shards: number,
  compress?: Compression,
) {
  const folder = join(root, name);
  const sweep = parseSpec(specOf(hundreds));
  const plan = shardPlan(sweep, shards, compress);
  await pinPlan(folder, plan);
  const task = (shard: number): ShardTask => ({ folder, plan, sweep, shard });
  return { folder, sweep, plan, task };
}

/** The bytes of the sweep in one piece. */
export async function wholeFile(
  root: string,
  hundreds: number,
  compress?: Compression,
): Promise<Buffer> {
  const sweep = parseSpec(specOf(hundreds));
  const folder = join(root, `whole-${hundreds}-${compress}`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "whole.arrow");
  await writeChunks(path, "arrow", sweepSchema(sweep), runSweep(sweep, { threads: 1 }), {
    compress,
  });
  return readFileSync(path);
}

/** Files in a folder that are no part, no manifest and no plan. */
export function leftovers(folder: string): string[] {
  return readdirSync(folder).filter(
    (name) => !/^(part-\d+-of-\d+\.(arrow|json)|plan\.json)$/.test(name),
  );
}
