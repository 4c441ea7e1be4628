import type { Axis, AxisValues } from "../spec/sweep.ts";
import { axisValues } from "./axis-value.ts";

/** Axes up to this many values are kept as tables: 8 MiB a name. */
const LONGEST_TABLE = 2 ** 20;

/** From here on a writer's `spread` beats a loop. */
const SHORTEST_SPREAD = 16;

/** How a column is written where many rows are alike. */
export interface ColumnWriter {
  /** `value` to rows `from` … `to` − 1. */
  readonly spread: (column: Float64Array, value: number, from: number, to: number) => void;
  /** The first `rows` rows to those from `to` on. */
  readonly copy: (column: Float64Array, to: number, rows: number) => void;
}

const plain: ColumnWriter = {
  spread: (column, value, from, to) => void column.fill(value, from, to),
  copy: (column, to, rows) => void column.copyWithin(to, 0, rows),
};

/** Writes the axes' values of `rows` rows from `firstRow` on into `columns[name][0 … rows − 1]`. */
export type GridFiller = (firstRow: number, rows: number, columns: readonly Float64Array[]) => void;

/** One name of an axis: it holds each value for `run` rows, then takes the next of `count`. */
interface Track {
  readonly run: number;
  readonly count: number;
  readonly at: (i: number) => number;
  readonly table: Float64Array | undefined;
}

/** The index along each axis of row `row`; last axis fastest. Rows and counts below 2^53. */
export function coordinates(axes: readonly Pick<Axis, "count">[], row: number): number[] {
  const indices = axes.map(() => 0);
  let rest = row;
  for (let a = axes.length - 1; a >= 0; a--) {
    const { count } = axes[a];
    // % is exact, and so is the quotient of what it leaves.
    const index = rest % count;
    indices[a] = index;
    rest = (rest - index) / count;
  }
  return indices;
}

/**
 * Makes the tables of `axes` once and gives the function that fills their columns, one a name in
 * spec order. The grid itself is never held; any run of rows comes out the same however it is cut.
 */
export function gridFiller(axes: readonly Axis[], writer = plain): GridFiller {
  const tracks: Track[] = [];
  let run = axes.reduce((rows, { count }) => rows * count, 1);
  for (const { count, values } of axes) {
    run /= count;
    for (const v of values)
      tracks.push({ run, count, at: axisValues(v), table: tableOf(v, count) });
  }
  return (firstRow, rows, columns) => {
    for (const [k, track] of tracks.entries()) fillTrack(track, firstRow, columns[k], rows, writer);
  };
}

function tableOf(values: AxisValues, count: number): Float64Array | undefined {
  if (values.kind === "list") return Float64Array.from(values.values);
  if (values.kind === "points") return values.values;
  if (count > LONGEST_TABLE) return undefined;
  const table = new Float64Array(count);
  const at = axisValues(values);
  for (let i = 0; i < count; i++) table[i] = at(i);
  return table;
}

function fillTrack(
  track: Track,
  firstRow: number,
  column: Float64Array,
  rows: number,
  writer: ColumnWriter,
): void {
  // One period at most is worked out; what follows is a copy of it.
  const period = Math.min(rows, track.run * track.count);
  if (track.run === 1) fillSteps(track, firstRow, column, period);
  else fillRuns(track, firstRow, column, period, writer);
  for (let done = period; done < rows; done *= 2) {
    writer.copy(column, done, Math.min(done, rows - done));
  }
}

function fillSteps(
  { count, at, table }: Track,
  firstRow: number,
  column: Float64Array,
  rows: number,
) {
  let index = firstRow % count;
  for (let row = 0; row < rows; index = 0) {
    const length = Math.min(count - index, rows - row);
    if (table) column.set(table.subarray(index, index + length), row);
    else for (let i = 0; i < length; i++) column[row + i] = at(index + i);
    row += length;
  }
}

function fillRuns(
  track: Track,
  firstRow: number,
  column: Float64Array,
  rows: number,
  writer: ColumnWriter,
) {
  const { run, count, at, table } = track;
  const into = firstRow % run;
  let index = ((firstRow - into) / run) % count;
  let row = 0;
  let end = Math.min(run - into, rows);
  while (row < rows) {
    const value = table ? table[index] : at(index);
    if (end - row < SHORTEST_SPREAD) for (let i = row; i < end; i++) column[i] = value;
    else writer.spread(column, value, row, end);
    row = end;
    end = Math.min(end + run, rows);
    index = index + 1 === count ? 0 : index + 1;
  }
}
