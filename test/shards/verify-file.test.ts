import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { expect, test } from "vitest";
import type { Compression } from "../../src/compress/compression.ts";
import { sweep } from "../../src/api/sweep.ts";
import { kernelHash } from "../../src/engine/kernel-hash.ts";
import { verifyFile } from "../../src/shards/verify-file.ts";
import { runShard } from "../../src/shards/run-shard.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { specOf } from "../cli/run-cli.ts";
import { jobIn } from "./jobs.ts";

const root = scratchFolder();

test.each<[extension: string, chunkRows?: number, compress?: Compression]>([
  ["arrow"],
  ["arrows"],
  ["arrow", 70],
  ["arrow", 70, "zstd"],
  ["arrows", 200, "lz4"],
  ["parquet"],
  ["csv"],
])(
  ".%s in batches of %s rows, %s: right, and any change is found",
  async (extension, chunkRows, compress) => {
    const path = join(root, `${chunkRows ?? "one"}-${compress}.${extension}`);
    const result = sweep(specOf(2), { threads: 1, ...(chunkRows && { chunkRows }) });
    await result.toFile(path, { ...(compress && { compress }) });
    const right = readFileSync(path);
    expect(await verifyFile(path, { threads: 1 })).toMatchObject({
      rows: 200,
      bytes: right.length,
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(right.length - 1), fc.nat(7), async (place, bit) => {
        const wrong = Buffer.from(right);
        wrong[place] ^= 1 << bit;
        writeFileSync(path, wrong);
        await expect(verifyFile(path, { threads: 1 })).rejects.toThrow(path);
      }),
      { seed: 7, numRuns: chunkRows || extension === "parquet" ? 10 : 100 },
    );
    for (const wrong of [right.subarray(0, -1), Buffer.concat([right, Buffer.of(0)])]) {
      writeFileSync(path, wrong);
      await expect(verifyFile(path, { threads: 1 })).rejects.toThrow(path);
    }
  },
);

test("a part is made again from its own rows; a row with another bit is named", async () => {
  const { folder, task } = await jobIn(root, "job", 6, 3);
  await runShard(task(1), { threads: 1 });
  const path = join(folder, "part-00001-of-00003.arrow");
  expect(await verifyFile(path, { threads: 1 })).toMatchObject({ rows: 200 });
  const bytes = readFileSync(path);
  bytes[bytes.length - 5000] ^= 1;
  writeFileSync(path, bytes);
  await expect(verifyFile(path, { threads: 1 })).rejects.toThrow("in rows 200 to 399");
});

test("of another build, or none of ours: said, and no retry helps", async () => {
  const path = join(root, "old.arrow");
  await sweep(specOf(1), { threads: 1 }).toFile(path);
  const bytes = readFileSync(path);
  const kernel = kernelHash();
  for (let at = bytes.indexOf(kernel); at >= 0; at = bytes.indexOf(kernel)) {
    bytes.fill("0", at, at + kernel.length);
  }
  writeFileSync(path, bytes);
  await expect(verifyFile(path, {})).rejects.toMatchObject({ name: "ShardError", lasting: true });
  writeFileSync(path, tableToIPC(tableFromArrays({ a: Int32Array.of(1) }), "file"));
  await expect(verifyFile(path, {})).rejects.toThrow("qheat did not make it");
});
