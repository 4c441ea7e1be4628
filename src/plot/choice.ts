import type { Contents } from "../tables/contents.ts";
import type { TableAxis } from "./table.ts";

/** Columns to draw: lines of each of `y`, for each value of `by`; or with `color` a map over x and y. */
export interface Choice {
  readonly x: string;
  readonly y: readonly string[];
  readonly by?: string | undefined;
  readonly color?: string | undefined;
}

/** Columns that `y` may have: as many as there are colours. */
export const MOST_COLUMNS = 8;

/** A file that `readContents` has found in order, and the grid it is known to run over. */
export interface FileToDraw extends Pick<Contents, "format" | "schema" | "rows"> {
  readonly path: string;
  readonly axes: readonly TableAxis[];
}
