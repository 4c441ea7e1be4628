/** A file could not be written or read; the message names it and the cause. */
export class FileError extends Error {
  override readonly name = "FileError";
  /** The system's code, `ENOSPC` and the like, where there is one. */
  readonly code: string | undefined;

  constructor(doing: string, cause: unknown) {
    super(`cannot ${doing}: ${reason(cause)}`, { cause });
    this.code = (cause as NodeJS.ErrnoException).code;
  }
}

/** The cause without Node's trailing system call and paths: `ENOSPC: no space left on device`. */
function reason(cause: unknown): string {
  const { message, errno } = cause as NodeJS.ErrnoException;
  // libuv has no name for EDQUOT
  if (errno === -122) return "EDQUOT: disk quota exceeded";
  return /^[A-Z0-9]+: [^,]+/.exec(message)?.[0] ?? message;
}
