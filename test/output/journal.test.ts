import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Identity } from "../../src/output/identity.ts";
import { type BatchEntry, journalLine, parseJournal } from "../../src/output/journal.ts";
import { seed } from "../support/arbitrary.ts";

const identity: Identity = {
  format: "arrow",
  chunkRows: 8,
  firstRow: 0,
  rows: 20,
  metadata: { "qheat.spec": '{"model":"qubit"}', "qheat.version": "1\n2" },
  head: "00000007",
};
const entry = (batch: number): BatchEntry => ({
  batch,
  at: 100 * batch,
  bytes: 100,
  crc: `fffffff${batch}`,
  status: { 0: 7, 4: 1 },
});
const text = [identity, entry(0), entry(2), entry(1)].map(journalLine).join("");

test("a journal reads back", () => {
  const { identity: read, batches } = parseJournal(text);
  expect(read).toEqual(identity);
  expect([...batches.values()]).toEqual([entry(0), entry(2), entry(1)]);
});

test("cut anywhere: the whole lines count, and what is appended after a line end", () => {
  for (let length = 0; length < text.length; length++) {
    const lines = text.slice(0, length).split("\n").length - 1;
    const cut = parseJournal(`${text.slice(0, length)}\n${journalLine(entry(3))}`);
    // without its line end a whole line counts as well
    const whole = text[length] === "\n" ? lines + 1 : lines;
    const expected = [0, 2, 1].slice(0, Math.max(0, whole - 1));
    expect(cut.identity, `${length} bytes`).toEqual(whole > 0 ? identity : undefined);
    if (whole > 0) expect([...cut.batches.keys()], `${length} bytes`).toEqual([...expected, 3]);
  }
});

test("how far the data are synced: the last that is told, at least the identity", () => {
  const first = Buffer.byteLength(journalLine(identity));
  expect(parseJournal(text).synced).toBe(first);
  const told = text + journalLine({ synced: 300 }) + journalLine(entry(3));
  expect(parseJournal(told)).toMatchObject({ identity, synced: 300 });
  expect([...parseJournal(told).batches.keys()]).toEqual([0, 2, 1, 3]);
});

test("a journal that has lost its first line has no identity: a batch is none", () => {
  const { identity: read, synced } = parseJournal([entry(0), entry(1)].map(journalLine).join(""));
  expect({ read, synced }).toEqual({ read: undefined, synced: 0 });
});

test("a batch told twice is the later one", () => {
  const again = { ...entry(2), crc: "1" };
  expect(parseJournal(text + journalLine(again)).batches.get(2)).toEqual(again);
});

test(`any one byte changed: its line does not count, the others do (seed ${seed})`, () => {
  const bytes = Buffer.from(text);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, mask) => {
      const damaged = Buffer.from(bytes);
      damaged[place] ^= mask;
      const line = bytes.subarray(0, place).toString().split("\n").length - 1;
      const { identity: read, batches } = parseJournal(damaged.toString("latin1"));
      if (line > 0) expect(read).toEqual(identity);
      else expect(read).toBeUndefined();
      // a damaged line end takes the line after it along
      const most = [0, 2, 1].filter((_, k) => k + 1 !== line);
      const least = most.filter((_, k) => k + 1 !== line);
      expect(most).toEqual(expect.arrayContaining([...batches.keys()]));
      expect(batches.size).toBeGreaterThanOrEqual(least.length - 1);
      for (const [batch, found] of batches) expect(found).toEqual(entry(batch));
    }),
    { seed },
  );
});
