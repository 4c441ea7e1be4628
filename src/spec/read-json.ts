import { shortened } from "./shown.ts";
import { SpecError } from "./spec-error.ts";

/** Brackets within brackets a text may hold; a spec needs five. */
export const DEEPEST = 64;
/** Values a text may hold, and keys, strings, lists and objects: what a reader's memory has room for. */
const MOST_VALUES = 2 ** 21;
const MOST_PARTS = 2 ** 13;

/**
 * Reads JSON text, `JSON.parse` but for duplicate keys, which that drops without a word, deep
 * nesting, and more parts than a spec can have: all are refused. Fast enough for a line per point.
 *
 * @throws {SpecError}
 */
export function readJson(text: string): unknown {
  const members = countMembers(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(`not JSON: ${shortened((error as Error).message, 160)}`);
  }
  if (countKeys(value) < members) throw wrong("a key stands twice in one object");
  return value;
}

function wrong(message: string): SpecError {
  return new SpecError([{ path: "", message }]);
}

/** The colons outside strings of a JSON text, each of which gives an object a member. */
function countMembers(text: string): number {
  let members = 0;
  let depth = 0;
  let values = 0;
  let parts = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        i = stringEnd(text, i);
        parts++;
        break;
      case 0x2c: // ,
        values++;
        break;
      case 0x3a: // :
        members++;
        break;
      case 0x5b: // [
      case 0x7b: // {
        parts++;
        if (++depth > DEEPEST) throw wrong(`brackets nest deeper than ${DEEPEST}`);
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
    }
    if (values > MOST_VALUES) throw wrong(`more than ${MOST_VALUES} values`);
    if (parts > MOST_PARTS) throw wrong(`more than ${MOST_PARTS} keys, strings, lists and objects`);
  }
  return members;
}

/** The index of the quote that closes the string opened at `start`. */
function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return i;
    if (code === 0x5c) i++;
  }
  return text.length;
}

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const values: unknown[] = Object.values(value);
  let keys = Array.isArray(value) ? 0 : values.length;
  for (const item of values) keys += countKeys(item);
  return keys;
}
