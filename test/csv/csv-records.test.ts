import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { csvRecords } from "../../src/csv/csv-records.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { seed } from "../support/arbitrary.ts";

const path = join(scratchFolder(), "x.csv");

async function records(text: string | Uint8Array) {
  writeFileSync(path, text);
  const all: (readonly [line: number, cells: readonly string[]])[] = [];
  for await (const some of csvRecords(path))
    all.push(...some.map((r) => [r.line, r.cells] as const));
  return all;
}

test.each([
  [
    "a,b\n1,2\n",
    [
      [1, "a|b"],
      [2, "1|2"],
    ],
  ],
  [
    "a,b\r\n1,2\r\n",
    [
      [1, "a|b"],
      [2, "1|2"],
    ],
  ],
  [
    "\ufeffa\n1",
    [
      [1, "a"],
      [2, "1"],
    ],
  ],
  [
    "a,b\n\n,\n",
    [
      [1, "a|b"],
      [3, "|"],
    ],
  ],
  [
    '"a","b ""c"", d"\n1,"x\ny"\n2,3\n',
    [
      [1, 'a|b "c", d'],
      [3, "1|x\ny"],
      [4, "2|3"],
    ],
  ],
  ["", []],
])("%j", async (text, expected) => {
  const found = await records(text);
  expect(found.map(([line, cells]) => [line, cells.join("|")])).toEqual(expected);
});

test.each([
  ['a\n"b\n', "line 2: a quote is not closed"],
  ['a\nb"c"\n', "line 2: a quote within a cell"],
  [`a\n"${"x".repeat(2 ** 20)}\n`, "line 2: longer than 1048576 bytes"],
  [`a\n"${"x\n".repeat(2 ** 20)}`, "line 524289: a record of more than 1048576 characters"],
  [Uint8Array.of(97, 10, 0xff, 10), "line 2: not UTF-8 text"],
])("a text that is no CSV is told with its line", async (text, message) => {
  await expect(records(text)).rejects.toThrow(`x.csv is damaged: ${message}`.split(": ")[0]);
  await expect(records(text)).rejects.toThrow(message);
});

test(`what csv-parse reads, for any cells (seed ${seed})`, async () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", " ", '"', ",", "\n", "é", "1"),
    maxLength: 5,
  });
  const row = fc.array(cell, { minLength: 1, maxLength: 4 });
  const rows = fc.sample(row, { seed, numRuns: 2000 });
  const text = rows
    .map((cells) => cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(","))
    .join("\n");
  const found = (await records(text)).map(([, cells]) => cells);
  expect(found).toEqual(rows);
  expect(parse(text, { relax_column_count: true })).toEqual(rows);
});
