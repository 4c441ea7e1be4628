/** The command line is wrong; no retry helps. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
