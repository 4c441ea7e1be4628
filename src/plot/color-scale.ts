import { scale } from "@observablehq/plot";

/** Colours for values, and the stretch of values that they cover. */
export interface ColorScale {
  readonly domain: readonly [number, number];
  readonly colorOf: (value: number) => string;
}

/**
 * Colours for a map: red above zero and blue below, equally strong at equal distance, where the values
 * have both signs; from dark to light otherwise.
 */
export function colorScale(values: Float64Array): ColorScale {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (!(least <= greatest)) [least, greatest] = [0, 1];
  if (least < 0 && greatest > 0) {
    const most = Math.max(-least, greatest);
    const colors = scale({
      color: { type: "diverging", scheme: "RdBu", reverse: true, domain: [-most, most] },
    });
    return { domain: [least, greatest], colorOf: (value) => String(colors.apply(value)) };
  }
  if (least === greatest) greatest = least + (Math.abs(least) || 1);
  const domain: [number, number] = [least, greatest];
  const colors = scale({ color: { type: "linear", scheme: "viridis", domain } });
  return { domain, colorOf: (value) => String(colors.apply(value)) };
}
