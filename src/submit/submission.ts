import { formatOf, notCompressed } from "../arrow/format.ts";
import type { Compression } from "../compress/compression.ts";

/** A sweep in shards that an engine is to run. */
export interface Submission {
  /** The name of the jobs: small letters, digits and hyphens. */
  readonly name: string;
  readonly rows: number;
  readonly shards: number;
  /** Tasks at once; as many as the engine gives unless said. */
  readonly parallel: number | undefined;
  /** Threads, and so cores, of a task. */
  readonly threads: number;
  /** The folder of the parts. */
  readonly folder: string;
  /** The file that the dependent merge writes; without it `_SUCCESS` alone. */
  readonly merged: string | undefined;
  /** Compression of the parts, and of the merged file where its format knows it. */
  readonly compress: Compression | undefined;
}

/** Memory of a task in MiB: the columns of the batches in flight beside Node itself. */
export function taskMemory({ threads }: Submission): number {
  return 512 + 64 * threads;
}

/** What comes after `qheat` in a task of the array. */
export function sweepWords(spec: readonly string[], submission: Submission): string[] {
  const { shards, folder, threads, compress } = submission;
  const shard = ["--shards", String(shards), "--shard", "auto"];
  const words = ["sweep", ...spec, ...shard, "-o", folder, "--threads", String(threads)];
  return [...words, ...compressWords(compress)];
}

/** What comes after `qheat` in the job that depends on the array. */
export function mergeWords({ folder, merged, compress }: Submission): string[] {
  if (merged === undefined) return ["merge", folder];
  const format = formatOf(merged);
  const known = format !== undefined && notCompressed(format) === undefined;
  return ["merge", folder, "-o", merged, ...(known ? compressWords(compress) : [])];
}

function compressWords(compress: Compression | undefined): string[] {
  return compress === undefined ? [] : ["--compress", compress];
}
