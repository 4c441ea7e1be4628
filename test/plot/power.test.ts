import { expect, test } from "vitest";
import { linePanel } from "../../src/plot/line-panel.ts";
import { labelOf } from "../../src/plot/label.ts";
import { multipleText, powerOf, powerText } from "../../src/plot/power.ts";

const columns = (...values: number[]) => [Float64Array.from(values)];

test("small and large numbers are shown in a power of ten, others as they are", () => {
  expect(powerOf(columns(0.001, -0.0055))).toBe(0);
  expect(powerOf(columns(0.0009, NaN))).toBe(-4);
  expect(powerOf(columns(3.9e-7, -1e-7))).toBe(-7);
  expect(powerOf(columns(99_999))).toBe(0);
  expect(powerOf(columns(-100_000, Infinity))).toBe(5);
  expect([powerOf(columns(0, NaN)), powerOf([])]).toEqual([0, 0]);
});

test("ticks as multiples, without the last bits of a division", () => {
  expect([1.5e-7, 3e-7, -2e-8, 0].map((tick) => multipleText(tick, -7))).toEqual([
    "1.5",
    "3",
    "−0.2",
    "0",
  ]);
  expect(powerText(-12)).toBe("10⁻¹²");
  expect(powerText(5)).toBe("10⁵");
});

test("the label tells the power, before the unit where there is one", () => {
  expect(labelOf([{ name: "q_A", unit: "energy * rate" }], -7)).toBe(
    "{q}_{A} (10⁻⁷ energy × rate)",
  );
  expect(labelOf([{ name: "residual", unit: "1" }], -16)).toBe("residual (10⁻¹⁶)");
});

test.each([
  ["short", 1, 0],
  ["long", 0.0055, 1],
])("the label of the y axis stands clear of %s tick labels", (_, greatest, farther) => {
  const line = { x: Float64Array.of(0, 1), y: Float64Array.of(-greatest, greatest), color: "red" };
  const { drawing } = linePanel({
    x: { label: "x" },
    y: { label: "y" },
    lines: [line],
    legend: [],
  });
  const frame = Number(drawing.querySelector('[aria-label="frame"]')!.getAttribute("x"));
  expect(frame > 72).toBe(farther === 1);
  const ticks = drawing.querySelectorAll('[aria-label="y-axis tick label"] text');
  const longest = Math.max(...Array.from(ticks, ({ textContent }) => textContent.length));
  // 12 of margin, 13 of the label, 9 of the tick; points are narrower than 7
  expect(frame - 12 - 13 - 9).toBeGreaterThan((longest - 1) * 7);
});
