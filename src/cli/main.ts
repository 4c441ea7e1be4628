#!/usr/bin/env node
import { exitCodeOf, messageOf } from "./failure.ts";
import { interruption } from "./interruption.ts";
import { run } from "./run.ts";
import { openStdout } from "./stdout.ts";

const signal = interruption();
const hints: string[] = [];
process.stderr.on("error", () => {}); // nobody is left to tell
try {
  process.exitCode = await run(process.argv.slice(2), {
    stdout: openStdout(signal),
    signal,
    hints,
  });
} catch (error) {
  const cause: unknown = signal.aborted ? signal.reason : error;
  process.exitCode = exitCodeOf(cause);
  const message = messageOf(cause, hints);
  await new Promise((resolve) => process.stderr.write(message, resolve));
  // stdin or a write that nobody reads may still be open
  if (signal.aborted) process.exit();
}
