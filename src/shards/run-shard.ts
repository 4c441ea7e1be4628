import { rename } from "node:fs/promises";
import { hostname } from "node:os";
import { writeAtomically } from "../arrow/atomic-file.ts";
import { createEncoder } from "../arrow/encoder.ts";
import { FileError } from "../arrow/file-error.ts";
import { sweepSchema } from "../arrow/schema.ts";
import type { RowRange } from "../grid/chunks.ts";
import { defaultChunkRows } from "../pool/chunk-rows.ts";
import type { RunOptions } from "../pool/job.ts";
import { runSweep } from "../pool/run-sweep.ts";
import type { Sweep } from "../spec/sweep.ts";
import { Attempt } from "./attempt.ts";
import { checkShard } from "./check-shard.ts";
import { createOnce, linkOnce } from "./create-once.ts";
import { keptBatches, removeAttempts } from "./earlier-attempts.ts";
import { fileHash } from "../arrow/file-hash.ts";
import { type Manifest, manifestText, shardFacts } from "./manifest.ts";
import { manifestPath, partName, partPath } from "./part-name.ts";
import { columnsOf } from "./read-part.ts";
import { ShardError } from "./shard-error.ts";
import type { ShardPlan } from "./shard-plan.ts";
import { shardRange } from "./shard-range.ts";
import { StatusTally } from "../pool/status-tally.ts";

/** A shard to compute into a folder whose plan is pinned. */
export interface ShardTask {
  readonly folder: string;
  readonly plan: ShardPlan;
  readonly sweep: Sweep;
  readonly shard: number;
}

export interface ShardOptions extends Omit<RunOptions, "range"> {
  /** Called after each batch with the rows that are done, and with those of it that were kept. */
  readonly onProgress?: (rowsDone: number, rowsKept: number) => void;
}

/** How a shard came to be finished. */
export interface ShardResult {
  readonly manifest: Manifest;
  /** Who computed it: `this` attempt, or one `before` it or `beside` it. */
  readonly by: "this" | "before" | "beside";
  /** Rows copied from an earlier attempt. */
  readonly rowsKept: number;
}

/**
 * Computes a shard: its part, then its manifest, each written aside, on disk, and linked to its name. Of
 * attempts that race, on one host or on several, one is first and the others see that its part is
 * theirs to the last bit. A part that does not fit its manifest is computed again.
 *
 * @throws ShardError where another attempt's finished part has other bits; FileError; the signal's reason
 */
export async function runShard(task: ShardTask, options: ShardOptions): Promise<ShardResult> {
  const { folder, plan, shard } = task;
  const part = partPath(folder, shard, plan.shards);
  const found = await finished(task);
  if (found) {
    await removeAttempts(part);
    return { manifest: found, by: "before", rowsKept: 0 };
  }
  const started = new Date();
  const attempt = await Attempt.start(part);
  try {
    const { digest, tally, rowsKept } = await fill(attempt, task, options);
    const manifest: Manifest = {
      ...shardFacts(plan, shard),
      ...digest,
      status: tally.counts,
      made: {
        host: hostname(),
        started: started.toISOString(),
        finished: new Date().toISOString(),
      },
    };
    const first = await commit(attempt, task, manifest);
    await removeAttempts(part);
    return { manifest, by: first ? "this" : "beside", rowsKept };
  } catch (error) {
    await attempt.abandon();
    throw error;
  }
}

/** The manifest of a shard that is finished and right. */
async function finished({ folder, plan, shard }: ShardTask): Promise<Manifest | undefined> {
  try {
    return await checkShard(folder, plan, shard);
  } catch (error) {
    if (error instanceof ShardError) return undefined;
    throw error;
  }
}

async function fill(attempt: Attempt, task: ShardTask, options: ShardOptions) {
  const { folder, plan, sweep, shard } = task;
  const { onProgress, ...run } = options;
  const range = shardRange(plan.rows, plan.shards, shard);
  const { compress } = plan;
  const encoder = await createEncoder("arrow", sweepSchema(sweep, range), compress);
  const tally = new StatusTally();
  const head = Buffer.concat(await encoder.head());
  await attempt.head([head]);
  let done = 0;
  const part = partPath(folder, shard, plan.shards);
  for await (const bytes of keptBatches(part, attempt.aside, head)) {
    run.signal?.throwIfAborted();
    const rows = Math.min(run.chunkRows ?? defaultChunkRows(sweep), range.rows - done);
    tally.add((await columnsOf(bytes, rows)).at(-1)!);
    encoder.skip!(rows, bytes.byteLength);
    await attempt.batch(rows, [bytes]);
    done += rows;
    onProgress?.(done, rows);
  }
  const rowsKept = done;
  if (done < range.rows) {
    const rest: RowRange = { firstRow: range.firstRow + done, rows: range.rows - done };
    for await (const chunk of runSweep(sweep, { ...run, compress, range: rest })) {
      tally.add(chunk.status);
      await attempt.batch(chunk.rows, await encoder.batch(chunk));
      done += chunk.rows;
      chunk.release();
      onProgress?.(done, 0);
    }
  }
  return { digest: await attempt.finish(await encoder.tail()), tally, rowsKept };
}

/** Gives part and manifest their names; false where another attempt has been first with the same bits. */
async function commit(attempt: Attempt, task: ShardTask, manifest: Manifest): Promise<boolean> {
  const { folder, plan, shard } = task;
  const part = partPath(folder, shard, plan.shards);
  const beside = manifestPath(folder, shard, plan.shards);
  const text = manifestText(manifest);
  let first = await linkOnce(attempt.aside, part).catch((cause: unknown) => {
    throw new FileError(`write ${part}`, cause);
  });
  if (!first) {
    const rival = await finished(task);
    if (rival) {
      if (rival.sha256 === manifest.sha256) return false;
      throw disagreement(task, rival, manifest);
    }
    // it has not its manifest yet, or it is damaged
    if ((await fileHash(part)) !== manifest.sha256) {
      await rename(attempt.aside, part);
      first = true;
    }
  }
  if (await createOnce(beside, text)) return first;
  if (!(await finished(task))) {
    await writeAtomically(beside, (output) => output.write([Buffer.from(text)]));
  }
  return first;
}

function disagreement({ plan, shard }: ShardTask, there: Manifest, here: Manifest): ShardError {
  const says = ({ sha256, made }: Manifest) => `${sha256.slice(0, 12)}… on ${made.host}`;
  return new ShardError(
    "damaged",
    `${partName(shard, plan.shards)}: two attempts differ, ${says(there)} and ${says(here)}: one of the machines is faulty; remove the part and try again`,
  );
}
