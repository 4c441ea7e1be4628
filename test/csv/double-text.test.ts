import fc from "fast-check";
import { expect, test } from "vitest";
import { doubleText } from "../../src/csv/double-text.ts";

test("any double reads back with the same bits, and never as an integer", () => {
  const doubles = fc.oneof(fc.double(), fc.integer().map(Number), fc.constantFrom(-0, 5e-324));
  const seed = 20261125;
  fc.assert(
    fc.property(doubles, (value) => {
      const text = doubleText(value);
      if (Number.isFinite(value)) {
        expect(Number(text)).toBe(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/);
        expect(text).toMatch(/[.e]/);
      }
    }),
    { seed, numRuns: 5000 },
  );
});

test.each([
  [1, "1.0"],
  [-0, "-0.0"],
  [0.1, "0.1"],
  [1e21, "1e+21"],
  [2 ** 53, "9007199254740992.0"],
  [NaN, "NaN"],
  [Infinity, "inf"],
  [-Infinity, "-inf"],
])("%d is %s", (value, text) => expect(doubleText(value)).toBe(text));
