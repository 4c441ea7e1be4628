import fc from "fast-check";
import { expect, test } from "vitest";
import { indexList } from "../../src/shards/index-list.ts";
import { partName } from "../../src/shards/part-name.ts";
import { shardRange } from "../../src/shards/shard-range.ts";

const most = Number.MAX_SAFE_INTEGER;

test("shards are contiguous, cover all rows, and differ by one row at most", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.integer({ min: 1, max: 300 }),
        fc.maxSafeNat().map((n) => n + 0 || 1),
      ),
      fc.integer({ min: 1, max: 60 }),
      (rows, shards) => {
        const least = Math.floor(rows / shards);
        let next = 0;
        for (let shard = 0; shard < shards; shard++) {
          const range = shardRange(rows, shards, shard);
          expect(range.firstRow).toBe(next);
          expect([least, least + 1]).toContain(range.rows);
          next += range.rows;
        }
        expect(next).toBe(rows);
      },
    ),
    { seed: 7 },
  );
});

test("2^53 − 1 rows in a million shards", () => {
  expect(shardRange(most, 1e6, 0)).toEqual({ firstRow: 0, rows: 9007199254 });
  const last = shardRange(most, 1e6, 999_999);
  expect(last.firstRow + last.rows).toBe(most);
});

test("more shards than rows: some have none", () => {
  const ranges = [0, 1, 2, 3, 4].map((shard) => shardRange(2, 5, shard).rows);
  expect(ranges).toEqual([0, 0, 1, 0, 1]);
});

test("names sort as shards do, up to 99,999 and beyond", () => {
  expect(partName(17, 100)).toBe("part-00017-of-00100");
  expect(partName(123_456, 1_000_000)).toBe("part-123456-of-1000000");
});

test("lists of indices as engines take them", () => {
  expect(indexList([])).toBe("");
  expect(indexList([3])).toBe("3");
  expect(indexList([0, 1, 3, 4, 5, 9])).toBe("0-1,3-5,9");
});
