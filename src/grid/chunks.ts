/** Consecutive rows of a grid. */
export interface RowRange {
  readonly firstRow: number;
  readonly rows: number;
}

/** How many chunks of `chunkRows` rows, the last one perhaps shorter, make `rows` rows (< 2^53). */
export function chunkCount(rows: number, chunkRows: number): number {
  const tail = rows % chunkRows;
  return (rows - tail) / chunkRows + (tail > 0 ? 1 : 0);
}

/** Chunk `k` of a range cut from its first row on, 0 ≤ k < `chunkCount(range.rows, chunkRows)`. */
export function chunkAt(range: RowRange, chunkRows: number, k: number): RowRange {
  const done = k * chunkRows;
  return { firstRow: range.firstRow + done, rows: Math.min(chunkRows, range.rows - done) };
}
