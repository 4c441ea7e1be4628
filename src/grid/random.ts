import { philox } from "../math/philox.ts";

/**
 * Numbers in [0, 1) with 53 bits that look random: number i of a seed and a name is made of the first
 * two words of Philox4x32-10 at the counter (i mod 2³², ⌊i / 2³²⌋, FNV-1a of the name, 0) with the key
 * (seed mod 2³², ⌊seed / 2³²⌋), so that names with one seed are independent and no number has a past.
 */
export function random(seed: number, name: string): (i: number) => number {
  const words = randomWords(seed, name);
  return (i) => {
    const [x, y] = words(i);
    return ((x >>> 5) * 2 ** 26 + (y >>> 6)) / 2 ** 53;
  };
}

/** The words behind `random`. */
export function randomWords(seed: number, name: string): (i: number) => readonly number[] {
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)] as const;
  const stream = fnv1a(name);
  return (i) => philox([i % 2 ** 32, Math.floor(i / 2 ** 32), stream, 0], key);
}

/** The hash FNV-1a of a text's UTF-8, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
