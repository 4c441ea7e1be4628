import type { ByteOutput } from "../arrow/byte-output.ts";

/** What a command works with. */
export interface Context {
  readonly stdout: ByteOutput;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Lines to print after the message of an error. */
  readonly hints: string[];
}

/** One command of the program. */
export interface Command {
  readonly help: string;
  /** Resolves to the exit code. */
  run(args: readonly string[], context: Context): Promise<number>;
}
