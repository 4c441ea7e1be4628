import { expect, test } from "vitest";
import { type Line, linesOf } from "../../src/tables/lines.ts";

async function split(text: string, pieceBytes: number, most: number): Promise<Line[]> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let k = 0; k < bytes.length; k += pieceBytes) yield bytes.subarray(k, k + pieceBytes);
  }
  const all: Line[] = [];
  for await (const lines of linesOf(pieces(), most)) all.push(...lines);
  return all;
}

test.each([1, 2, 3, 7, 100])("lines however the input comes, %i bytes at a time", async (bytes) => {
  expect(await split("α\n\nβγ\nlast", bytes, 100)).toEqual([
    { number: 1, text: "α" },
    { number: 2, text: "" },
    { number: 3, text: "βγ" },
    { number: 4, text: "last" },
  ]);
});

test.each([1, 4, 100])("a line of the longest length, and longer ones, %i at a time", async (n) => {
  expect(await split("12345\n123456\n1234567890\nab\n123456", n, 5)).toEqual([
    { number: 1, text: "12345" },
    { number: 2, text: undefined, fault: "longer than 5 bytes" },
    { number: 3, text: undefined, fault: "longer than 5 bytes" },
    { number: 4, text: "ab" },
    { number: 5, text: undefined, fault: "longer than 5 bytes" },
  ]);
});
