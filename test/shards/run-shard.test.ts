import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { checkShard } from "../../src/shards/check-shard.ts";
import type { Compression } from "../../src/compress/compression.ts";
import type { Manifest } from "../../src/shards/manifest.ts";
import { markSuccess, mergeJob } from "../../src/shards/merge.ts";
import { partName } from "../../src/shards/part-name.ts";
import { runShard, type ShardOptions, type ShardTask } from "../../src/shards/run-shard.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { jobIn, leftovers, wholeFile } from "./jobs.ts";

const root = scratchFolder();
const options: ShardOptions = { threads: 1, chunkRows: 64 };

async function merged(folder: string, compress?: Compression): Promise<Buffer> {
  const path = join(folder, "../merged.arrow");
  await mergeJob(folder, path, { format: "arrow", ...(compress && { compress }) });
  return readFileSync(path);
}

/** An attempt that ends after `batches` batches, as at a kill: what it has kept stays. */
async function cutShort(task: ShardTask, batches: number): Promise<void> {
  const stop = new AbortController();
  let left = batches;
  const onProgress = () => {
    if (--left === 0) stop.abort(new Error("killed"));
  };
  const attempt = runShard(task, { ...options, signal: stop.signal, onProgress });
  await expect(attempt).rejects.toThrow("killed");
}

test.each([1, 2, 3, 7, 120])("100 rows in %i shards merge to the very bytes", async (shards) => {
  const { folder, task } = await jobIn(root, `n-${shards}`, 1, shards);
  for (let shard = 0; shard < shards; shard++) {
    const result = await runShard(task(shard), options);
    expect(result).toMatchObject({ by: "this", rowsKept: 0 });
  }
  expect((await merged(folder)).equals(await wholeFile(root, 1))).toBe(true);
  expect(leftovers(folder)).toEqual([]);
});

test("compressed parts, one cut short: merged they are the very bytes, compressed or not", async () => {
  const { folder, task } = await jobIn(root, "compressed", 12, 3, "zstd");
  await cutShort(task(1), 3);
  for (const shard of [0, 1, 2]) {
    const { rowsKept } = await runShard(task(shard), options);
    expect(rowsKept).toBe(shard === 1 ? 192 : 0);
    const { batches } = (await checkShard(folder, task(shard).plan, shard))!;
    expect(batches.map(({ rows }) => rows)).toEqual([64, 64, 64, 64, 64, 64, 16]);
  }
  for (const compress of [undefined, "zstd", "lz4"] as const) {
    const wanted = await wholeFile(root, 12, compress);
    expect((await merged(folder, compress)).equals(wanted), compress).toBe(true);
  }
  const { folder: plain, task: same } = await jobIn(root, "plain", 12, 3);
  await runShard(same(1), options);
  const sizes = [folder, plain].map((f) => statSync(join(f, `${partName(1, 3)}.arrow`)).size);
  expect(sizes[0]).toBeLessThan(sizes[1]);
  await expect(jobIn(root, "plain", 12, 3, "lz4")).rejects.toThrow(
    'compress: not set there, "lz4" here',
  );
});

test("shards that end within batches of 65,536 rows, on one thread and on two", async () => {
  const { folder, task } = await jobIn(root, "edges", 2000, 3);
  for (const shard of [2, 0, 1]) await runShard(task(shard), { threads: 1 + (shard % 2) });
  expect((await merged(folder)).equals(await wholeFile(root, 2000))).toBe(true);
});

describe("one shard of 400 rows, 64 to a batch", () => {
  let right: Buffer;
  let manifestless: Record<string, unknown>;
  const manifestOf = (folder: string) => {
    const { made: _, ...rest } = JSON.parse(
      readFileSync(join(folder, `${partName(1, 3)}.json`), "utf8"),
    ) as Record<string, unknown>;
    return rest;
  };
  const partIn = (folder: string) => join(folder, `${partName(1, 3)}.arrow`);
  beforeAll(async () => {
    const { folder, task } = await jobIn(root, "right", 12, 3);
    await runShard(task(1), options);
    right = readFileSync(partIn(folder));
    manifestless = manifestOf(folder);
  });
  const expectRight = (folder: string) => {
    expect(readFileSync(partIn(folder)).equals(right)).toBe(true);
    expect(manifestOf(folder)).toEqual(manifestless);
    expect(leftovers(folder)).toEqual([]);
  };

  test("the manifest: rows, batches, counts", () => {
    expect(manifestless).toMatchObject({ shard: 1, shards: 3, rows: 400 });
    expect(manifestless).toMatchObject({ first_row: 400, last_row: 799, bytes: right.length });
    expect(manifestless["batches"]).toHaveLength(7);
    const counts = Object.values(manifestless["status"] as Record<string, number>);
    expect(counts.reduce((sum, rows) => sum + rows, 0)).toBe(400);
  });

  test.each([1, 3, 6])(
    "cut short after %i batches: the next goes on from there",
    async (batches) => {
      const { folder, task } = await jobIn(root, `cut-${batches}`, 12, 3);
      await cutShort(task(1), batches);
      expect(readdirSync(folder)).toHaveLength(3);
      expect(await runShard(task(1), options)).toMatchObject({
        by: "this",
        rowsKept: 64 * batches,
      });
      expectRight(folder);
    },
  );

  test("cut short before a batch: nothing stays; cut again and again: the furthest is taken", async () => {
    const { folder, task } = await jobIn(root, "again", 12, 3);
    const stopped = AbortSignal.abort(new Error("killed"));
    await expect(runShard(task(1), { ...options, signal: stopped })).rejects.toThrow("killed");
    expect(leftovers(folder)).toEqual([]);
    for (const batches of [2, 1, 3]) await cutShort(task(1), batches);
    expect((await runShard(task(1), options)).rowsKept).toBeGreaterThanOrEqual(64 * 3);
    expectRight(folder);
  });

  test.each([
    ["a bit of batch 2", ".tmp", (bytes: Buffer) => (bytes[bytes.length - 9000] ^= 4), 2],
    ["the head", ".tmp", (bytes: Buffer) => (bytes[1000] ^= 1), 0],
    ["the journal's second line", ".journal", (bytes: Buffer) => (bytes[16] ^= 1), 1],
  ])("kept, then damaged: %s", async (_, suffix, damage, batches) => {
    const { folder, task } = await jobIn(root, `damage-${batches}`, 12, 3);
    await cutShort(task(1), 4);
    const name = readdirSync(folder).find((file) => file.endsWith(suffix))!;
    const bytes = readFileSync(join(folder, name));
    damage(bytes);
    writeFileSync(join(folder, name), bytes);
    const { rowsKept } = await runShard(task(1), options);
    expect(rowsKept).toBe(64 * batches);
    expectRight(folder);
  });

  test("kept, then cut by a power failure: the batches that are whole are taken", async () => {
    const { folder, task } = await jobIn(root, "torn", 12, 3);
    await cutShort(task(1), 4);
    const name = readdirSync(folder).find((file) => file.endsWith(".tmp"))!;
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, name), bytes.subarray(0, -100));
    writeFileSync(
      join(folder, `${name}.journal`),
      readFileSync(join(folder, `${name}.journal`)).subarray(0, -3),
    );
    expect((await runShard(task(1), options)).rowsKept).toBe(64 * 3);
    expectRight(folder);
  });

  test("five attempts at once: one is first, the others leave with the same bits", async () => {
    const { folder, task } = await jobIn(root, "race", 12, 3);
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => runShard(task(1), options)));
    const ways = results.map(({ by }) => by).toSorted();
    expect(ways.filter((by) => by === "this")).toHaveLength(1);
    expectRight(folder);
  });

  test("a finished shard run again is left as it is", async () => {
    const { folder, task } = await jobIn(root, "finished", 12, 3);
    await runShard(task(1), options);
    const before = statSync(partIn(folder));
    expect(await runShard(task(1), options)).toMatchObject({ by: "before" });
    expect(statSync(partIn(folder))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    expectRight(folder);
  });

  test.each(["the manifest", "the part"])(
    "killed between part and manifest, or %s lost",
    async (what) => {
      const { folder, task } = await jobIn(root, `lost-${what.slice(4)}`, 12, 3);
      await runShard(task(1), options);
      rmSync(join(folder, `${partName(1, 3)}.${what === "the part" ? "arrow" : "json"}`));
      expect(await runShard(task(1), options)).toMatchObject({ rowsKept: 0 });
      expectRight(folder);
    },
  );

  test("any bit that has flipped, and any cut, is found and made good", async () => {
    const { folder, plan, task } = await jobIn(root, "bits", 12, 3);
    await runShard(task(1), options);
    const damageOf = (size: number) => fc.tuple(fc.nat(size - 1), fc.integer({ min: 0, max: 8 }));
    const part = partIn(folder);
    await fc.assert(
      fc.asyncProperty(damageOf(right.length), async ([place, bit]) => {
        const wrong = Buffer.from(right);
        if (bit < 8) wrong[place] ^= 1 << bit;
        writeFileSync(part, bit < 8 ? wrong : wrong.subarray(0, place));
        await expect(checkShard(folder, plan, 1)).rejects.toThrow(partName(1, 3));
      }),
      { seed: 7, numRuns: 200 },
    );
    expect(await runShard(task(1), options)).toMatchObject({ by: "this" });
    expectRight(folder);
  });

  test("what attempts at the manifest and the plan have left is cleared away", async () => {
    const { folder, task } = await jobIn(root, "asides", 12, 3);
    for (const name of [`${partName(1, 3)}.json`, "plan.json"]) {
      writeFileSync(join(folder, `.${name}.elsewhere-1-000000000000.tmp`), "{");
    }
    expect(await runShard(task(1), options)).toMatchObject({ by: "this" });
    expectRight(folder);
  });

  test("another attempt has finished and cleared everything away: left with the same bits", async () => {
    const { folder, task } = await jobIn(root, "late", 12, 3);
    const winner = await jobIn(root, "winner", 12, 3);
    await runShard(winner.task(1), options);
    const onProgress = (done: number) => {
      if (done < 400) return;
      for (const name of leftovers(folder)) rmSync(join(folder, name));
      for (const name of readdirSync(winner.folder)) {
        writeFileSync(join(folder, name), readFileSync(join(winner.folder, name)));
      }
    };
    expect(await runShard(task(1), { ...options, onProgress })).toMatchObject({ by: "beside" });
    expectRight(folder);
  });

  test("another attempt's finished part with other bits is refused, and left as it is", async () => {
    const { folder, task } = await jobIn(root, "faulty", 12, 3);
    const rival = Buffer.from(right);
    const manifest = structuredClone(manifestless) as unknown as Manifest;
    const [batch] = manifest.batches;
    rival[manifest.head_bytes + batch.bytes - 100] ^= 1;
    const of = rival.subarray(manifest.head_bytes, manifest.head_bytes + batch.bytes);
    batch.crc32 = crc32(of).toString(16).padStart(8, "0");
    const sha256 = createHash("sha256").update(rival).digest("hex");
    const made = { host: "elsewhere", started: "", finished: "" };
    const beside = JSON.stringify({ ...manifest, sha256, made });
    const onProgress = (done: number) => {
      if (done < 400) return;
      writeFileSync(partIn(folder), rival);
      writeFileSync(join(folder, `${partName(1, 3)}.json`), beside);
    };
    await expect(runShard(task(1), { ...options, onProgress })).rejects.toThrow(
      /two attempts differ, .* on elsewhere and .* one of the machines is faulty/,
    );
    expect(readFileSync(partIn(folder)).equals(rival)).toBe(true);
  });
});

test("merge names the shards that are missing, and all that are damaged; _SUCCESS lists the parts", async () => {
  const { folder, task } = await jobIn(root, "gaps", 12, 6);
  for (const shard of [0, 1, 3, 4]) await runShard(task(shard), options);
  await expect(markSuccess(folder)).rejects.toThrow("2 of 6 shards are missing: 2,5");
  for (const shard of [2, 5]) await runShard(task(shard), options);
  for (const shard of [1, 2, 4]) {
    const part = join(folder, `${partName(shard, 6)}.arrow`);
    const bytes = readFileSync(part);
    bytes[bytes.length - 5000] ^= 1;
    writeFileSync(part, bytes);
  }
  await expect(merged(folder)).rejects.toThrow("damaged shards, to be run again: 1-2,4");
  expect(existsSync(join(folder, "_SUCCESS"))).toBe(false);
  for (const shard of [1, 2, 4]) await runShard(task(shard), options);
  const { rows, status } = await markSuccess(folder);
  const success = JSON.parse(readFileSync(join(folder, "_SUCCESS"), "utf8")) as {
    parts: { part: string }[];
  };
  expect(rows).toBe(1200);
  expect(success).toMatchObject({ rows: 1200, shards: 6, status });
  expect(success.parts.map(({ part }) => part)).toEqual(
    [0, 1, 2, 3, 4, 5].map((shard) => `${partName(shard, 6)}.arrow`),
  );
});
