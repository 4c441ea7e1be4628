import { fstatSync, readFileSync, statSync, writev } from "node:fs";
import { promisify } from "node:util";
import { type ByteOutput, writeFully } from "../arrow/byte-output.ts";
import { FileError } from "../arrow/file-error.ts";

/** The reader of stdout has gone: it has what it wanted, and there is nothing to say. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

const STDOUT = 1;

/** Flags of `open`, as Linux tells them of an open file. */
const READ_AND_WRITE = 0o2;
const ACCESS = 0o3;

/**
 * Whether the program was started without a stdout. Node then has /dev/null in its place, open to read
 * and write, where what is redirected to /dev/null is open to write. Told on Linux alone.
 */
export function stdoutIsClosed(): boolean {
  try {
    if (fstatSync(STDOUT).rdev !== statSync("/dev/null").rdev) return false;
    const told = readFileSync(`/proc/self/fdinfo/${STDOUT}`, "latin1");
    const flags = parseInt(/^flags:\s*(\d+)/m.exec(told)?.[1] ?? "0", 8);
    return (flags & ACCESS) === READ_AND_WRITE;
  } catch {
    return false;
  }
}

/**
 * Standard output with backpressure, whose errors are seen. A write to a pipe that nobody reads ends
 * when `signal` aborts.
 */
export function openStdout(signal: AbortSignal): ByteOutput {
  let writer: Promise<(parts: readonly Uint8Array[]) => Promise<void>> | undefined;
  return {
    async write(parts) {
      writer ??= writerOf(signal);
      try {
        await (
          await writer
        )(parts);
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === "EPIPE") throw new ReaderGone();
        throw cause === signal.reason ? cause : new FileError("write to stdout", cause);
      }
    },
  };
}

async function writerOf(signal: AbortSignal) {
  const found = fstatSync(STDOUT);
  const { isatty } = await import("node:tty");
  const streamed = found.isFIFO() || found.isSocket() || isatty(STDOUT);
  return streamed ? streamWriter(signal) : writeToFile;
}

// Node's own stream for a file drops the rest of a short write, and so the error behind it
async function writeToFile(parts: readonly Uint8Array[]): Promise<void> {
  const writeOnce = promisify(writev);
  await writeFully(async (rest) => (await writeOnce(STDOUT, rest)).bytesWritten, parts);
}

function streamWriter(signal: AbortSignal) {
  process.stdout.on("error", () => {}); // told by the callback of the write
  return async (parts: readonly Uint8Array[]): Promise<void> => {
    signal.throwIfAborted();
    let abort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(signal.reason as Error);
      signal.addEventListener("abort", abort, { once: true });
    });
    try {
      process.stdout.cork();
      const written = Promise.all(parts.map(writePart));
      process.stdout.uncork();
      await Promise.race([written, aborted]);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  };
}

function writePart(part: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(part, (error) => (error ? reject(error) : resolve()));
  });
}
