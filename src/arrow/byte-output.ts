/** Where encoded bytes go. */
export interface ByteOutput {
  /** Resolves when every byte is written, so that their memory may be used again. */
  write(parts: readonly Uint8Array[]): Promise<void>;
}

/** `writev` of a file: takes as many bytes as it can and says how many. */
export type Writev = (parts: readonly Uint8Array[]) => Promise<number>;

/** Writes all of `parts` with a `writev` that may take only some of the bytes at a time. */
export async function writeFully(writev: Writev, parts: readonly Uint8Array[]): Promise<void> {
  let rest = parts.filter((part) => part.byteLength > 0);
  while (rest.length > 0) {
    const written = await writev(rest);
    if (written === 0) throw new Error("no bytes could be written");
    rest = after(rest, written);
  }
}

/** `writevSync` of an open file: takes as many bytes as it can, at a place, and says how many. */
export type WritevSync = (parts: readonly Uint8Array[], position: number) => number;

/** Writes all of `parts` from byte `position` on with a `writev` that may take only some at a time. */
export function writeFullySync(
  writev: WritevSync,
  parts: readonly Uint8Array[],
  position: number,
): void {
  let rest = parts.filter((part) => part.byteLength > 0);
  let place = position;
  while (rest.length > 0) {
    const written = writev(rest, place);
    if (written === 0) throw new Error("no bytes could be written");
    rest = after(rest, written);
    place += written;
  }
}

/** What is left of `parts` without their first `count` bytes. */
function after(parts: readonly Uint8Array[], count: number): Uint8Array[] {
  let whole = 0;
  let skip = count;
  while (whole < parts.length && skip >= parts[whole].byteLength) {
    skip -= parts[whole].byteLength;
    whole++;
  }
  const [first, ...others] = parts.slice(whole);
  return first ? [first.subarray(skip), ...others] : [];
}
