// What straight-line arithmetic on lanes takes of WebAssembly's binary format.

/** Bytes, one after the other, in lists of lists. */
export type Bytes = readonly (number | Bytes)[];

function write(bytes: Bytes, to: number[]): number[] {
  for (const item of bytes) {
    if (typeof item === "number") to.push(item);
    else write(item, to);
  }
  return to;
}

/** LEB128 of a natural number. */
function unsigned(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return bytes;
}

/** LEB128 of a signed integer. */
function signed(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest & 127);
  return bytes;
}

function sized(content: Bytes): Bytes {
  const bytes = write(content, []);
  return [unsigned(bytes.length), bytes];
}

const vector = (items: readonly Bytes[]): Bytes => [unsigned(items.length), items];
const section = (id: number, items: readonly Bytes[]): Bytes => [id, sized(vector(items))];
const name = (text: string): Bytes => sized([...new TextEncoder().encode(text)]);

const I32 = 0x7f;
const V128 = 0x7b;
const MOST_PAGES = 65536;

/** A function without results: how many i32 it takes, how many more it has, how many v128; what it does. */
export interface FunctionCode {
  readonly parameters: number;
  readonly integers: number;
  readonly lanes: number;
  readonly body: Bytes;
}

/** A module that imports `env.memory`, shared: functions, and more that it exports by their names. */
export function moduleOf(
  inner: readonly FunctionCode[],
  exported: Readonly<Record<string, FunctionCode>>,
): Uint8Array<ArrayBuffer> {
  const functions = [...inner, ...Object.values(exported)];
  const exports = Object.keys(exported).map((key, k) => [
    name(key),
    0x00,
    unsigned(inner.length + k),
  ]);
  const types = functions.map(({ parameters }) => [
    0x60,
    vector(Array.from({ length: parameters }, () => [I32])),
    vector([]),
  ]);
  const memory = [name("env"), name("memory"), 0x02, 0x03, 0, unsigned(MOST_PAGES)];
  const codes = functions.map(({ integers, lanes, body }) => {
    const locals = [
      [unsigned(integers), I32],
      [unsigned(lanes), V128],
    ];
    return sized([vector(locals), body, END]);
  });
  const module = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, types),
    section(2, [memory]),
    section(
      3,
      functions.map((_, k) => unsigned(k)),
    ),
    section(7, exports),
    section(10, codes),
  ];
  return Uint8Array.from(write(module, []));
}

const END = 0x0b;
const NO_RESULT = 0x40;

export const getLocal = (local: number): Bytes => [0x20, unsigned(local)];
export const setLocal = (local: number): Bytes => [0x21, unsigned(local)];
export const teeLocal = (local: number): Bytes => [0x22, unsigned(local)];
export const integer = (value: number): Bytes => [0x41, signed(value)];
export const call = (k: number): Bytes => [0x10, unsigned(k)];
export const addIntegers: Bytes = [0x6a];
export const andIntegers: Bytes = [0x71];
/** a, b, c → c ≠ 0 ? a : b */
export const choose: Bytes = [0x1b];
export const when = (body: Bytes): Bytes => [0x04, NO_RESULT, body, END];
/** Goes through `body`, and again as long as the address it leaves is below the local `last`. */
export const repeatBelow = (last: number, body: Bytes): Bytes => [
  [0x03, NO_RESULT, body, getLocal(last)],
  [0x49, 0x0d, 0, END],
];

const simd = (operation: number): Bytes => [0xfd, unsigned(operation)];
/** Of 16 bytes, aligned, at the address on the stack + offset. */
export const load = (offset: number): Bytes => [simd(0x00), 4, unsigned(offset)];
export const store = (offset: number): Bytes => [simd(0x0b), 4, unsigned(offset)];
export const and = simd(0x4e);
/** a, b, mask → mask ? a : b */
export const select = simd(0x52);
export const greater = simd(0x4a);
export const absolute = simd(0xec);
export const negate = simd(0xed);
export const squareRoot = simd(0xef);
export const add = simd(0xf0);
export const subtract = simd(0xf1);
export const multiply = simd(0xf2);
export const divide = simd(0xf3);
/** b < a ? b : a; a < b ? b : a */
export const smaller = simd(0xf6);
export const larger = simd(0xf7);
