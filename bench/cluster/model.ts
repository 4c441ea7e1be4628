/** What one kind of row costs on one core. */
export interface Work {
  readonly name: string;
  readonly rowsPerSecond: number;
  readonly bytesPerRow: number;
}

/** What has been measured on one core: a shard from the shell, and a merge. */
export interface Measured {
  readonly machine: string;
  /** A shard of a single row, from the shell to its exit. */
  readonly startSeconds: number;
  readonly mergeBytesPerSecond: number;
  readonly checkBytesPerSecond: number;
  readonly works: readonly Work[];
}

/** Seconds of work that a shard should be: long beside its start, short beside a node's life. */
export const SHARD_SECONDS = 600;

/** Shards of about ten minutes, and at least one for each core. */
export function shardsFor({ rowsPerSecond }: Work, rows: number, cores: number): number {
  return Math.max(cores, Math.ceil(rows / rowsPerSecond / SHARD_SECONDS));
}

/** Seconds until the last shard is finished, where each core takes one after the other. */
export function sweepSeconds(
  { startSeconds }: Measured,
  { rowsPerSecond }: Work,
  {
    rows,
    cores,
    shards,
  }: { readonly rows: number; readonly cores: number; readonly shards: number },
): number {
  return Math.ceil(shards / cores) * (startSeconds + rows / shards / rowsPerSecond);
}

/** Seconds of one process that merges all shards into a file. */
export function mergeSeconds(
  { mergeBytesPerSecond }: Measured,
  { bytesPerRow }: Work,
  rows: number,
): number {
  return (rows * bytesPerRow) / mergeBytesPerSecond;
}
