import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import * as v from "valibot";
import { FileError } from "../arrow/file-error.ts";
import { manifestPath } from "./part-name.ts";
import { ShardError } from "./shard-error.ts";
import type { ShardPlan } from "./shard-plan.ts";
import { shardRange } from "./shard-range.ts";

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const hex = (digits: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${digits}}$`)));

const manifestSchema = v.object({
  shard: count,
  shards: count,
  /** Rows of the sweep, counted from 0; `last_row` is null where the shard has none. */
  first_row: count,
  last_row: v.nullable(count),
  rows: count,
  version: v.string(),
  kernel: v.string(),
  spec_sha256: hex(64),
  bytes: count,
  sha256: hex(64),
  /** Bytes before the first batch. */
  head_bytes: count,
  /** Of each batch, as it stands in the file: the bytes of its message, and their CRC-32. */
  batches: v.array(v.object({ rows: count, bytes: count, crc32: hex(8) })),
  /** Rows by the value of their status. */
  status: v.record(v.string(), count),
  /** What is no part of the result, and differs from attempt to attempt. */
  made: v.object({ host: v.string(), started: v.string(), finished: v.string() }),
});

/** What stands beside a part of a sweep, in `part-….json`. */
export type Manifest = Readonly<v.InferOutput<typeof manifestSchema>>;

/** What a shard's manifest says because of the plan alone. */
export function shardFacts(plan: ShardPlan, shard: number) {
  const { version, kernel, spec_sha256, shards } = plan;
  const { firstRow, rows } = shardRange(plan.rows, shards, shard);
  const last_row = rows === 0 ? null : firstRow + rows - 1;
  return { shard, shards, first_row: firstRow, last_row, rows, version, kernel, spec_sha256 };
}

/** The manifest's text. */
export function manifestText(manifest: Manifest): string {
  const { batches, ...rest } = manifest;
  // a line for a batch: a thousand batches are still read by eye
  const lines = batches.map((batch) => `    ${JSON.stringify(batch)}`).join(",\n");
  const text = JSON.stringify({ ...rest, batches: [] }, null, 2);
  return `${text.replace(/\[\]\n\}$/, lines === "" ? "[]\n}" : `[\n${lines}\n  ]\n}`)}\n`;
}

/**
 * The manifest of a shard, or undefined where there is none.
 *
 * @throws ShardError if it is damaged, or not the one of this shard of the plan; FileError
 */
export async function readManifest(
  folder: string,
  plan: ShardPlan,
  shard: number,
): Promise<Manifest | undefined> {
  const path = manifestPath(folder, shard, plan.shards);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new FileError(`read ${path}`, error);
  }
  const name = basename(path);
  let manifest: Manifest;
  try {
    manifest = v.parse(manifestSchema, JSON.parse(text));
  } catch {
    throw new ShardError("damaged", `${name} is no manifest`);
  }
  const wanted = shardFacts(plan, shard);
  for (const [key, value] of Object.entries(wanted)) {
    const found = manifest[key as keyof Manifest];
    if (found === value) continue;
    const [got, want] = [JSON.stringify(found), JSON.stringify(value)];
    throw new ShardError("damaged", `${name}: ${key} is ${got}, and the plan says ${want}`);
  }
  if (manifest.batches.reduce((sum, batch) => sum + batch.rows, 0) !== wanted.rows) {
    throw new ShardError("damaged", `${name}: its batches have not ${wanted.rows} rows`);
  }
  return manifest;
}
