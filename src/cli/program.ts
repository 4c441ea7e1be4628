#!/usr/bin/env node
import { exitCodeOf, messageOf } from "./failure.ts";
import { interruption } from "./interruption.ts";
import { run } from "./run.ts";
import { tell } from "./stderr.ts";
import { openStdout } from "./stdout.ts";

/** Runs the command line of this process and sets its exit code. */
async function program(): Promise<void> {
  const signal = interruption();
  const hints: string[] = [];
  try {
    process.exitCode = await run(process.argv.slice(2), {
      stdout: openStdout(signal),
      signal,
      hints,
    });
  } catch (error) {
    const cause: unknown = signal.aborted ? signal.reason : error;
    process.exitCode = exitCodeOf(cause);
    await tell(messageOf(cause, hints));
    // stdin or a write that nobody reads may still be open
    if (signal.aborted) process.exit();
  }
}

void program();
