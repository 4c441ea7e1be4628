import { createHash } from "node:crypto";
import { compress as lz4Sized } from "lz4-wasm-nodejs";
import { describe, expect, test } from "vitest";
import { compressBuffers, decompressBuffer, mostCompressed } from "../../src/compress/buffers.ts";
import { loadCodec } from "../../src/compress/codec.ts";
import { compressions } from "../../src/compress/compression.ts";
import { seeded } from "../support/random.ts";

const BLOCK = 2 ** 22;

/** Bytes that repeat themselves but for one in so many. */
function bytesOf(length: number, noise: number): Uint8Array {
  const random = seeded(length + noise);
  return Uint8Array.from({ length }, (_, k) => (k % noise === 0 ? 256 * random() : (k >> 3) & 15));
}

describe.each(compressions)("%s", (compression) => {
  test.each([1, 2, 12, 13, 255, 4096, 65535, 65536, 65537, BLOCK - 1, BLOCK, BLOCK + 1])(
    "%i bytes come back, whether they repeat themselves or not",
    async (length) => {
      const codec = await loadCodec(compression);
      for (const bytes of [bytesOf(length, 1), bytesOf(length, 37), new Uint8Array(length)]) {
        const back = codec.decompress(codec.compress(bytes), length);
        expect(Buffer.compare(back, bytes)).toBe(0);
      }
    },
  );

  test("damaged anywhere, an error or other bytes; the codec goes on working", async () => {
    const codec = await loadCodec(compression);
    const bytes = bytesOf(3000, 5);
    const right = codec.compress(bytes);
    let errors = 0;
    for (let place = 0; place < right.length; place++) {
      const wrong = Uint8Array.from(right);
      wrong[place] ^= 1 << (place % 8);
      try {
        expect(codec.decompress(wrong, bytes.length).length).toBeLessThanOrEqual(bytes.length);
      } catch {
        errors++;
      }
      expect(Buffer.compare(codec.decompress(right, bytes.length), bytes)).toBe(0);
    }
    expect(errors).toBeGreaterThan(10);
    for (const length of [3, 6, right.length >> 1, right.length - 1]) {
      const cut = () => codec.decompress(right.subarray(0, length), bytes.length);
      expect(cut, `${length} bytes`).toThrow(/LZ4|DataView|decompression/);
    }
  });

  test("buffers stand behind their lengths, each padded; one that would grow stands as it is", async () => {
    const codec = await loadCodec(compression);
    const buffers = [bytesOf(1000, 1), bytesOf(1001, 100), Uint8Array.of(1, 2, 3)];
    const memory = new Uint8Array(mostCompressed(buffers.map(({ length }) => length))).fill(255);
    const { bytes, lengths } = compressBuffers(buffers, codec, memory);
    let at = 0;
    const told = lengths.map((length, k) => {
      const buffer = bytes.subarray(at, at + length);
      const padding = bytes.subarray(at + length, Math.ceil((at + length) / 8) * 8);
      expect(padding.every((byte) => byte === 0)).toBe(true);
      at += length + padding.length;
      expect(Buffer.compare(decompressBuffer(buffer, codec, 1001), buffers[k])).toBe(0);
      return Number(new DataView(buffer.buffer, buffer.byteOffset).getBigInt64(0, true));
    });
    expect(at).toBe(bytes.length);
    expect(told).toEqual([-1, 1001, -1]);
    expect([lengths[0], lengths[2]]).toEqual([1008, 11]);
    expect(lengths[1]).toBeLessThan(500);
    const second = bytes.subarray(1008, 1008 + lengths[1]);
    expect(() => decompressBuffer(second, codec, 1000)).toThrow("a column of 1001 bytes");
    expect(() => decompressBuffer(second.subarray(0, 7), codec, 1001)).toThrow(
      "without its length",
    );
    expect(() => decompressBuffer(second.subarray(0, 20), codec, 1001)).toThrow("decompressed");
  });
});

test("the bytes are those of the pinned libraries: a file made again is the same file", async () => {
  const bytes = bytesOf(100_000, 7);
  const hashes = await Promise.all(
    compressions.map(async (compression) => {
      const compressed = (await loadCodec(compression)).compress(bytes);
      return createHash("sha256").update(compressed).digest("hex").slice(0, 16);
    }),
  );
  expect(hashes).toEqual(["58cae6f78ccf9c4c", "bd3cd457ec5d124f"]);
});

test("a frame of LZ4 by another writer: linked blocks, a plain one, checksums and a length to pass over", async () => {
  const codec = await loadCodec("lz4");
  const first = bytesOf(65536, 50);
  const linked = lz4Sized(first).subarray(4);
  // a match of 300 bytes that begins 1000 bytes before the block, then five literals
  const second = Uint8Array.of(
    0x0f,
    1000 & 255,
    1000 >> 8,
    255,
    300 - 4 - 15 - 255,
    0x50,
    1,
    2,
    3,
    4,
    5,
  );
  const word = (value: number) => {
    const four = Buffer.alloc(4);
    four.writeUInt32LE(value);
    return four;
  };
  const descriptor = (flags: number) => Uint8Array.of(flags, 0x40);
  const sum = Uint8Array.of(0);
  const expected = Buffer.concat([
    first,
    first.subarray(-1000, -700),
    Uint8Array.of(1, 2, 3, 4, 5),
  ]);
  const blocks = (checksum: Uint8Array) => [
    word(linked.length),
    linked,
    checksum,
    word(second.length),
    second,
    checksum,
    word(0),
  ];
  const none = new Uint8Array(0);
  const magic = word(0x184d2204);
  const plain = Buffer.concat([magic, descriptor(0x40), sum, ...blocks(none)]);
  const checked = Buffer.concat([
    magic,
    descriptor(0x5c),
    Buffer.alloc(8),
    sum,
    ...blocks(word(7)),
    word(9),
  ]);
  for (const frame of [plain, checked]) {
    expect(Buffer.compare(codec.decompress(frame, expected.length), expected)).toBe(0);
  }
  const stored = Buffer.concat([
    magic,
    descriptor(0x40),
    sum,
    word(2 ** 31 + first.length),
    first,
    word(second.length),
    second,
    word(0),
  ]);
  expect(Buffer.compare(codec.decompress(stored, expected.length), expected)).toBe(0);
  // the first block says that it is independent of those before: so is the second, and has no 1000 bytes
  const independent = Buffer.concat([magic, descriptor(0x60), sum, ...blocks(none)]);
  expect(() => codec.decompress(independent, expected.length)).toThrow("no LZ4 block");
});
