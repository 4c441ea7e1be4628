/** Points of a line that `thin` leaves at most. */
export const MOST_POINTS = 2000;

/** Three points of each, beside the first and the last of the line. */
const BINS = Math.floor((MOST_POINTS - 2) / 3);

/** Part of a line that looks the same at the size of a picture. */
export interface Thinned {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Rows that a few points stand for; 1 where every row is a point. */
  readonly rowsPerBin: number;
}

/**
 * Of each run of rows, the points with the least and the greatest y, so that no peak is lost; the first
 * and the last row, and a NaN where the line has a gap, are kept.
 */
export function thin(x: Float64Array, y: Float64Array): Thinned {
  const rows = y.length;
  if (rows <= MOST_POINTS) return { x, y, rowsPerBin: 1 };
  const rowsPerBin = Math.ceil(rows / BINS);
  const found: number[] = [0];
  for (let start = 0; start < rows; start += rowsPerBin) {
    found.push(...extremes(y, start, Math.min(start + rowsPerBin, rows)));
  }
  const kept = new Set([...found, rows - 1]);
  return {
    x: Float64Array.from(kept, (row) => x[row]),
    y: Float64Array.from(kept, (row) => y[row]),
    rowsPerBin,
  };
}

/** One of each run of rows, where they come in no order. */
export function sample(x: Float64Array, y: Float64Array): Thinned {
  const rowsPerBin = Math.ceil(y.length / MOST_POINTS);
  if (rowsPerBin <= 1) return { x, y, rowsPerBin: 1 };
  const kept = (column: Float64Array) => column.filter((_, row) => row % rowsPerBin === 0);
  return { x: kept(x), y: kept(y), rowsPerBin };
}

/** Rows of the least and the greatest value and of the first NaN from `start` to `end`, in order. */
function extremes(y: Float64Array, start: number, end: number): number[] {
  let least = -1;
  let greatest = -1;
  let gap = -1;
  for (let row = start; row < end; row++) {
    const value = y[row];
    if (Number.isNaN(value)) {
      if (gap < 0) gap = row;
      continue;
    }
    if (least < 0 || value < y[least]) least = row;
    if (greatest < 0 || value > y[greatest]) greatest = row;
  }
  return [...new Set([least, greatest, gap])].filter((row) => row >= 0).toSorted((a, b) => a - b);
}
