// The LZ4 frame format, 1.6.4: magic number, flags, blocks each behind its length, a length of 0
const MAGIC = 0x184d2204;
/** Version 1, independent blocks, no checksums. */
const FLAGS = 0x60;
const VERSION_MASK = 0xc0;
const VERSION = 0x40;
const INDEPENDENT = 0x20;
const BLOCK_CHECKSUMS = 0x10;
const CONTENT_SIZE = 0x08;
const DICTIONARY = 0x01;
/** Blocks of 4 MiB at most: 2^(8 + 2 · 7). */
const BLOCK_SIZES = 0x70;
const MOST_BLOCK = 1 << 22;
/** The second byte of the xxHash-32 of flags and block sizes. */
const CHECKSUM = 0x73;
/** Bytes before a linked block that it may repeat. */
const WINDOW = 65536;
/** Marks a block that stands as it is. */
const PLAIN = 2 ** 31;

/**
 * Bytes as a frame.
 *
 * @param compressBlock gives a block of the LZ4 block format.
 */
export function lz4Frame(
  bytes: Uint8Array,
  compressBlock: (bytes: Uint8Array) => Uint8Array,
): Uint8Array {
  const parts = [word(MAGIC), Uint8Array.of(FLAGS, BLOCK_SIZES, CHECKSUM)];
  for (let start = 0; start < bytes.byteLength; start += MOST_BLOCK) {
    const plain = bytes.subarray(start, start + MOST_BLOCK);
    const block = compressBlock(plain);
    const shorter = block.byteLength < plain.byteLength;
    parts.push(word(shorter ? block.byteLength : PLAIN + plain.byteLength));
    parts.push(shorter ? block : plain);
  }
  return Buffer.concat([...parts, word(0)]);
}

/**
 * The `size` bytes of a frame, of any writer that fills its blocks; checksums in it are passed over.
 *
 * @param decompressBlock gives the bytes of a block, of which the count is known.
 * @throws Error if it is damaged, or has more
 */
export function readLz4Frame(
  frame: Uint8Array,
  size: number,
  decompressBlock: (block: Uint8Array, size: number) => Uint8Array,
): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const flags = view.getUint8(4);
  const has = (flag: number) => (flags & flag) !== 0;
  if (view.getUint32(0, true) !== MAGIC || (flags & VERSION_MASK) !== VERSION || has(DICTIONARY)) {
    throw new Error("no LZ4 frame");
  }
  const most = 2 ** (8 + 2 * ((view.getUint8(5) >> 4) & 7));
  const bytes = new Uint8Array(size);
  let at = 7 + (has(CONTENT_SIZE) ? 8 : 0);
  let done = 0;
  for (;;) {
    const length = view.getUint32(at, true);
    if (length === 0) return bytes.subarray(0, done);
    const block = frame.subarray(at + 4, at + 4 + (length % PLAIN));
    let plain = block;
    if (length < PLAIN) {
      const history = bytes.subarray(has(INDEPENDENT) ? done : Math.max(0, done - WINDOW), done);
      const all = history.byteLength + Math.min(most, size - done);
      plain = decompressBlock(linked(history, block), all).subarray(history.byteLength);
    }
    bytes.set(plain, done);
    done += plain.byteLength;
    at += 4 + (length % PLAIN) + (has(BLOCK_CHECKSUMS) ? 4 : 0);
  }
}

/**
 * A block that makes `history` and then what `block` makes after it: the history stands among its first
 * literals. A match says how far back it lies, so that the rest stays as it is.
 */
function linked(history: Uint8Array, block: Uint8Array): Uint8Array {
  if (history.byteLength === 0) return block;
  const [token] = block;
  let literals = token >> 4;
  let at = 1;
  if (literals === 15) {
    let more: number;
    do literals += more = block[at++];
    while (more === 255);
  }
  literals += history.byteLength;
  const lengths = [Math.min(literals, 15) * 16 + (token & 15)];
  for (let rest = literals - 15; rest >= 0; rest -= 255) lengths.push(Math.min(rest, 255));
  return Buffer.concat([Uint8Array.from(lengths), history, block.subarray(at)]);
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
