import type { Schema } from "apache-arrow/schema";
import type { Encoder } from "../arrow/encoder.ts";
import { doubleText } from "./double-text.ts";

/** Rows made into one text: more would only lengthen strings. */
const ROWS_AT_ONCE = 4096;

/**
 * Encodes chunks of a sweep of `schema` as CSV (RFC 4180, UTF-8, lines
 * ended by a line feed): a header, and numbers that read back as the same doubles.
 */
export function csvEncoder({ fields }: Schema): Encoder {
  return {
    head: () => [Buffer.from(`${fields.map(({ name }) => quoted(name)).join(",")}\n`)],
    batch({ rows, columns: numbers, status }) {
      const columns = [...numbers, status];
      return pieces(rows).map(([from, to]) => Buffer.from(rowsText(columns, from, to), "latin1"));
    },
    skip: () => {}, // a line tells nothing of those before it
    tail: () => [],
  };
}

type NumericColumn = Float64Array | Uint8Array;

function pieces(rows: number): readonly (readonly [from: number, to: number])[] {
  return Array.from({ length: Math.ceil(rows / ROWS_AT_ONCE) }, (_, p) => [
    p * ROWS_AT_ONCE,
    Math.min((p + 1) * ROWS_AT_ONCE, rows),
  ]);
}

function rowsText(columns: readonly NumericColumn[], from: number, to: number): string {
  const texts = columns.map((column) =>
    column instanceof Float64Array ? doubleTexts(column, from, to) : column.subarray(from, to),
  );
  let text = "";
  for (let row = 0; row < to - from; row++) {
    for (let c = 0; c < texts.length; c++) text += `${c === 0 ? "" : ","}${texts[c][row]}`;
    text += "\n";
  }
  return text;
}

/** The slow axes of a grid hold a value for many rows. */
function doubleTexts(column: Float64Array, from: number, to: number): readonly string[] {
  const texts: string[] = [];
  let last = column[from];
  let lastText = doubleText(last);
  for (let row = from; row < to; row++) {
    const value = column[row];
    if (!Object.is(value, last)) {
      last = value;
      lastText = doubleText(value);
    }
    texts.push(lastText);
  }
  return texts;
}

function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
