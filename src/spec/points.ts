import type { PointsFile } from "./sweep.ts";

/** The rows of a points file, read: what a spec's `points` has to be before it is parsed. */
export class Points implements PointsFile {
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  readonly names: readonly string[];
  /** One a name, `rows` long, finite, in shared memory. */
  readonly columns: readonly Float64Array[];

  constructor(
    { file, sha256 }: PointsFile,
    rows: number,
    columns: ReadonlyMap<string, Float64Array>,
  ) {
    this.file = file;
    this.sha256 = sha256;
    this.rows = rows;
    this.names = [...columns.keys()];
    this.columns = [...columns.values()];
  }
}
