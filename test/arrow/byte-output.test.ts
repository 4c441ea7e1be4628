import { expect, test } from "vitest";
import { writeFully } from "../../src/arrow/byte-output.ts";

const parts = [[1, 2, 3], [], [4], [5, 6, 7, 8], [9]].map((bytes) => Uint8Array.from(bytes));

test.each([1, 2, 3, 4, 5, 8, 9, 100])("all bytes arrive, %i at a time", async (most) => {
  const written: number[] = [];
  await writeFully(async (rest) => {
    const taken = rest.flatMap((part) => [...part]).slice(0, most);
    written.push(...taken);
    return taken.length;
  }, parts);
  expect(written).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("a file that takes nothing is an error, not a hang", async () => {
  await expect(writeFully(async () => 0, parts)).rejects.toThrow("no bytes could be written");
});
