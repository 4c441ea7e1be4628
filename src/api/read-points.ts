import { readReference } from "../points/read-reference.ts";
import type { Points } from "../spec/points.ts";
import { areColumnNames, columnNamesText } from "../spec/points-reference.ts";
import { checkOptions } from "./check-options.ts";

/** What of a file `readPoints` takes. */
export interface PointsOptions {
  /** The columns to take, each a number that can be swept; all by default. */
  readonly columns?: readonly string[];
}

const pointsOptions = { columns: { text: columnNamesText, allowed: areColumnNames } };

/**
 * Reads the points of a file (CSV, JSON lines, Arrow or Parquet), for the `points` of a spec: a row each,
 * in the file's order, 8 bytes a number in memory shared by all workers.
 *
 * @param path relative to the working folder; it is what the spec in a result file names.
 * @throws SpecError (rejects) if the file cannot be read, naming row and column where there are some;
 *   RangeError (rejects) if an option is not valid.
 */
export async function readPoints(path: string, options: PointsOptions = {}): Promise<Points> {
  checkOptions(options, pointsOptions);
  return readReference({ file: path, columns: options.columns }, path);
}
