import type { RunOptions } from "../pool/job.ts";

/** What was finished of a file that was not completed. */
export interface Kept {
  readonly folder: string;
  readonly batches: number;
  /** Batches of the whole file. */
  readonly of: number;
}

/** How a sweep is run into a file. */
export interface FileOptions extends RunOptions {
  /** Goes on from what an earlier run has finished. */
  readonly resume?: boolean;
  /** Lets the calling thread write the batches where that is faster; it hears nothing during one. */
  readonly callerWorks?: boolean;
  /** Called with rows that have been finished, now or in an earlier run. */
  readonly onProgress?: (rows: number, resumed: boolean) => void;
  /** Called where the file is not completed and a part of it is kept. */
  readonly onKept?: (kept: Kept) => void;
}
