import type { RowRange } from "../grid/chunks.ts";

/** Two workers died, or failed, over the same rows. */
export class WorkerError extends Error {
  override readonly name = "WorkerError";

  constructor({ firstRow, rows }: RowRange, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`rows ${firstRow} to ${firstRow + rows - 1}: two workers failed: ${reason}`, { cause });
  }
}
