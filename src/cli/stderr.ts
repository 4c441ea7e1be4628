let opened: typeof process.stderr | undefined;

/** The stream of stderr. Node loads what it is made of at its first use, in some milliseconds. */
export function stderr(): typeof process.stderr {
  opened ??= process.stderr.on("error", () => {}); // nobody is left to tell
  return opened;
}

/** Writes text to stderr. */
export function tell(text: string): Promise<void> {
  return new Promise((resolve) => stderr().write(text, () => resolve()));
}
