import type { Backend } from "../engine/engine.ts";
import type { Sweep } from "../spec/sweep.ts";

/** Rows of a chunk at most: some 4 MB of columns. */
export const MOST_CHUNK_ROWS = 65536;
const FEWEST_CHUNK_ROWS = 256;

/** Work of that many rows of four levels, in the unit of `workOf`. */
const MOST_WORK = MOST_CHUNK_ROWS * 4 ** 6;

/** How much work rows are at most: an LU of as many unknowns as pairs of levels, d² cubed, for each. */
function workOf({ model }: Sweep, rows: number): number {
  const { levels } = "system" in model ? model.system : model.structure;
  return rows * levels ** 6;
}

/**
 * Rows of a chunk, which is one record batch, unless they are given: a power of two that follows from
 * the system alone. The more levels, the fewer, as what is finished is kept a chunk at a time.
 */
export function defaultChunkRows(sweep: Sweep): number {
  const rows = 2 ** Math.floor(Math.log2(MOST_WORK / workOf(sweep, 1)));
  return Math.min(MOST_CHUNK_ROWS, Math.max(FEWEST_CHUNK_ROWS, rows));
}

/** About how many times longer the twin takes than the kernels, and a row with its error bars. */
const TWIN = 16;
const BARS = 16;

/**
 * Whether a chunk is little enough work for the main thread, which hears no signal meanwhile: some tens of
 * milliseconds.
 */
export function isShort(sweep: Sweep, rows: number, backend: Backend | undefined): boolean {
  const bars = sweep.columns.some(({ name }) => name.endsWith("_error") || name === "rcond");
  const times = (backend === "js" ? TWIN : 1) * (bars ? BARS : 1);
  return times * workOf(sweep, rows) <= MOST_WORK;
}
