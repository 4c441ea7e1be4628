import { join } from "node:path";
import { writeAtomically } from "../arrow/atomic-file.ts";
import type { Compression } from "../compress/compression.ts";
import type { Format } from "../arrow/format.ts";
import { sweepSchema } from "../arrow/schema.ts";
import { writeChunks } from "../output/write-chunks.ts";
import { defaultChunkRows } from "../pool/chunk-rows.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import type { Sweep } from "../spec/sweep.ts";
import { indexList } from "./index-list.ts";
import { mergedChunks } from "./merged-chunks.ts";
import { partName } from "./part-name.ts";
import { missingShards, readJob } from "./read-job.ts";
import type { RowBlock } from "./read-part.ts";
import { ShardError } from "./shard-error.ts";
import { readPlan, requireSame, type ShardPlan, shardPlan } from "./shard-plan.ts";
import { type StatusCounts, StatusTally } from "../pool/status-tally.ts";

export interface MergeOptions {
  readonly signal?: AbortSignal;
  /** Called with the rows done. */
  readonly onProgress?: (rowsDone: number) => void;
}

export const SUCCESS_NAME = "_SUCCESS";

/** What a merge has found right. */
export interface Merged {
  readonly rows: number;
  readonly bytes: number;
  readonly status: StatusCounts;
}

/**
 * Writes the rows of all shards as the file that the sweep would have been in one piece, byte for byte.
 *
 * @throws ShardError naming the shards that are missing or damaged; FileError
 */
export async function mergeJob(
  folder: string,
  path: string,
  { format, compress }: { readonly format: Format; readonly compress?: Compression },
  options: MergeOptions = {},
): Promise<Merged> {
  const { plan, sweep } = await completeJob(folder);
  const status = new StatusTally();
  const blocks = watched(
    readJob(folder, plan, [], (manifest) => status.addCounts(manifest.status)),
    options,
  );
  const columns = sweep.axes.flatMap(({ names }) => names).length + sweep.columns.length;
  const chunks = mergedChunks(blocks, columns, Math.min(defaultChunkRows(sweep), plan.rows));
  const written = await writeChunks(path, format, sweepSchema(sweep), chunks, {
    compress,
  });
  return { ...written, status: status.counts };
}

/**
 * Checks all shards and writes `_SUCCESS`, which says so and lists them with their hashes.
 *
 * @throws ShardError naming the shards that are missing or damaged; FileError
 */
export async function markSuccess(folder: string, options: MergeOptions = {}): Promise<Merged> {
  const { plan } = await completeJob(folder);
  const status = new StatusTally();
  const parts: string[] = [];
  let bytes = 0;
  const blocks = watched(
    readJob(folder, plan, [], ({ shard, rows, sha256, ...manifest }) => {
      parts.push(JSON.stringify({ part: `${partName(shard, plan.shards)}.arrow`, rows, sha256 }));
      bytes += manifest.bytes;
      status.addCounts(manifest.status);
    }),
    options,
  );
  while (!(await blocks.next()).done);
  const { version, kernel, spec_sha256, rows, shards } = plan;
  const facts = { version, kernel, spec_sha256, rows, shards, bytes, status: status.counts };
  const text = JSON.stringify(facts, null, 2).replace(
    /\n\}$/,
    `,\n  "parts": [\n    ${parts.join(",\n    ")}\n  ]\n}\n`,
  );
  await writeAtomically(join(folder, SUCCESS_NAME), (out) => out.write([Buffer.from(text)]));
  return { rows, bytes, status: status.counts };
}

/** The plan of a folder whose shards all have manifests, and its sweep, of this very build. */
async function completeJob(folder: string): Promise<{ plan: ShardPlan; sweep: Sweep }> {
  const plan = await readPlan(folder);
  const sweep = parseSpec(plan.spec);
  requireSame(folder, plan, shardPlan(sweep, plan.shards, plan.compress));
  const missing = await missingShards(folder, plan);
  if (missing.length > 0) {
    throw new ShardError(
      "missing",
      `${folder}: ${missing.length} of ${plan.shards} shards are missing: ${indexList(missing)}`,
    );
  }
  return { plan, sweep };
}

async function* watched(
  blocks: AsyncIterable<RowBlock>,
  { signal, onProgress }: MergeOptions,
): AsyncGenerator<RowBlock, void> {
  for await (const block of blocks) {
    signal?.throwIfAborted();
    onProgress?.(block.firstRow + block.rows);
    yield block;
  }
}
