import type { Codec } from "./codec.ts";

/** Of each buffer of an Arrow batch, its length before it was compressed. */
const PREFIX = 8;
/** The prefix of a buffer that stands as it is, because it would not have become shorter. */
const PLAIN = -1n;

/** The body of an Arrow batch of compressed buffers. */
export interface CompressedBody {
  /** The buffers one after the other, each padded to eight bytes. */
  readonly bytes: Uint8Array;
  /** Bytes of each buffer without the padding. */
  readonly lengths: readonly number[];
}

/** The most bytes that buffers of these lengths take when they are compressed. */
export function mostCompressed(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + padded(PREFIX + length), 0);
}

/**
 * Buffers compressed one by one, as the IPC format has them: each behind its length.
 *
 * @param memory where they go, `mostCompressed` of their lengths.
 */
export function compressBuffers(
  buffers: readonly Uint8Array[],
  codec: Codec,
  memory: Uint8Array,
): CompressedBody {
  const view = new DataView(memory.buffer, memory.byteOffset);
  let at = 0;
  const lengths = buffers.map((buffer) => {
    const shorter = codec.compress(buffer);
    const plain = shorter.byteLength >= buffer.byteLength;
    const bytes = plain ? buffer : shorter;
    view.setBigInt64(at, plain ? PLAIN : BigInt(buffer.byteLength), true);
    memory.set(bytes, at + PREFIX);
    const length = PREFIX + bytes.byteLength;
    memory.fill(0, at + length, at + padded(length));
    at += padded(length);
    return length;
  });
  return { bytes: memory.subarray(0, at), lengths };
}

/**
 * A buffer as it was.
 *
 * @param most bytes it may have had.
 * @throws RangeError if it is damaged, or had more
 */
export function decompressBuffer(buffer: Uint8Array, codec: Codec, most: number): Uint8Array {
  if (buffer.byteLength < PREFIX) throw new RangeError("a compressed column without its length");
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const size = view.getBigInt64(0, true);
  const bytes = buffer.subarray(PREFIX);
  if (size === PLAIN) return bytes;
  if (size < 0 || size > most) throw new RangeError(`a column of ${size} bytes`);
  try {
    const found = codec.decompress(bytes, Number(size));
    if (found.byteLength === Number(size)) return found;
  } catch {
    // said below
  }
  throw new RangeError("a column that cannot be decompressed");
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
