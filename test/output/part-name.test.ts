import { hostname } from "node:os";
import { expect, test } from "vitest";
import { freePartName, ownerOf, ownPartName } from "../../src/output/part-name.ts";

const owner = { host: hostname(), pid: process.pid };

test.each(["a.arrow", "a-1-b.csv", "é".repeat(100), "x".repeat(255)])(
  "a part of %s is told from any other name, and is a name",
  (file) => {
    const own = ownPartName(file);
    expect(ownerOf(file, own)).toEqual(owner);
    expect(ownerOf(file, freePartName(file))).toBeUndefined();
    expect(ownPartName(file)).not.toBe(own);
    expect(Buffer.byteLength(own)).toBeLessThanOrEqual(255);
    for (const other of [file, `${file}.par`, `${own}0`, `${own}-x`, own.slice(1), "b.arrow"]) {
      expect(ownerOf(file, other), other).toBeNull();
    }
    expect(ownerOf(`${file}x`, own)).toBeNull();
  },
);

test("a host's name may hold hyphens and digits", () => {
  const name = "a.arrow.part-node-17-3-4711-0123456789ab";
  expect(ownerOf("a.arrow", name)).toEqual({ host: "node-17-3", pid: 4711 });
});
