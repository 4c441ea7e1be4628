import { expect, test } from "vitest";
import * as domains from "../../src/models/domain.ts";

test.each(Object.entries(domains))("%s: allowed is the interval that its ends say", (_, domain) => {
  const { minimum, maximum, zero, allowed } = domain;
  const up = (x: number) => (x === 0 ? 5e-324 : x + Math.abs(x) * 2 ** -52);
  const down = (x: number) => (x === 0 ? -5e-324 : x - Math.abs(x) * 2 ** -52);
  expect([minimum, up(minimum), down(maximum), maximum].every(allowed)).toBe(true);
  const outside = [down(minimum), up(maximum), NaN, Infinity, -Infinity];
  expect(outside.filter((x) => allowed(x))).toEqual([]);
  expect(allowed(0)).toBe(zero);
});
