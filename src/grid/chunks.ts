/** A run of consecutive rows, worked on as one. */
export interface Chunk {
  readonly firstRow: number;
  readonly rows: number;
}

/** How many chunks of `chunkRows` rows, the last one perhaps shorter, make `rows` rows (< 2^53). */
export function chunkCount(rows: number, chunkRows: number): number {
  const tail = rows % chunkRows;
  return (rows - tail) / chunkRows + (tail > 0 ? 1 : 0);
}

/** Chunk `k` of them, 0 ≤ k < `chunkCount(rows, chunkRows)`. */
export function chunkAt(rows: number, chunkRows: number, k: number): Chunk {
  const firstRow = k * chunkRows;
  return { firstRow, rows: Math.min(chunkRows, rows - firstRow) };
}
