import { distinctValues } from "./table.ts";

/** Means of a column over the cells of a grid, the first axis fastest. */
export interface Cells {
  /** Edges of the cells along each axis, one more than cells. */
  readonly xEdges: Float64Array;
  readonly yEdges: Float64Array;
  /** NaN where no row has a number. */
  readonly means: Float64Array;
  /** The most rows that one cell is the mean of. */
  readonly rowsPerCell: number;
}

/** A coordinate of the rows to aggregate. */
export interface CellAxis {
  readonly values: Float64Array;
  readonly log: boolean;
}

/** Cells along an axis at most: a picture shows no more. */
export const MOST_CELLS = 200;

/** Averages `values` over cells of neighbouring coordinates, at most `most` along each axis. */
export function meanCells(
  x: CellAxis,
  y: CellAxis,
  values: Float64Array,
  most = MOST_CELLS,
): Cells {
  const across = binned(x, most);
  const down = binned(y, most);
  const columns = across.edges.length - 1;
  const sums = new Float64Array(columns * (down.edges.length - 1));
  const counts = new Uint32Array(sums.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    const i = across.bins.get(x.values[row]);
    const j = down.bins.get(y.values[row]);
    if (Number.isNaN(value) || i === undefined || j === undefined) continue;
    sums[j * columns + i] += value;
    counts[j * columns + i]++;
  }
  return {
    xEdges: across.edges,
    yEdges: down.edges,
    means: sums.map((sum, cell) => sum / counts[cell]),
    rowsPerCell: counts.reduce((greatest, count) => Math.max(greatest, count), 0),
  };
}

/** The bin of each different value, and the edges of the bins. */
function binned({ values, log }: CellAxis, most: number) {
  const sorted = distinctValues(values);
  const perBin = Math.max(1, Math.ceil(sorted.length / most));
  const bins = new Map<number, number>();
  sorted.forEach((value, rank) => bins.set(value, Math.floor(rank / perBin)));
  return { bins, edges: edgesOf(sorted, perBin, log) };
}

/** Edges lie halfway between neighbours in different bins, and as far beyond the first and the last. */
function edgesOf(sorted: Float64Array, perBin: number, log: boolean): Float64Array {
  const last = sorted.length - 1;
  if (last < 1) {
    const around = Math.abs(sorted[0]) / 20 || 1;
    return last < 0 ? Float64Array.of(0) : Float64Array.of(sorted[0] - around, sorted[0] + around);
  }
  const mirrored = (at: number, other: number) =>
    log ? at * Math.sqrt(at / other) : at + (at - other) / 2;
  const edges = [mirrored(sorted[0], sorted[1])];
  for (let rank = perBin; rank <= last; rank += perBin) {
    const [a, b] = [sorted[rank - 1], sorted[rank]];
    edges.push(log ? Math.sqrt(a) * Math.sqrt(b) : (a + b) / 2);
  }
  edges.push(mirrored(sorted[last], sorted[last - 1]));
  return Float64Array.from(edges);
}
