import { axisValues } from "../grid/axis-value.ts";
import type { AxisValues } from "./sweep.ts";

/** Values of an axis in no order are looked at up to this index. */
const MOST_LOOKED_AT = 1e5;

/** Whether an axis has more values, in no order, than are looked at: no word on all is possible. */
export function tooScattered(
  values: AxisValues,
): values is AxisValues & { kind: "random" | "sobol" } {
  return (values.kind === "random" || values.kind === "sobol") && values.count > MOST_LOOKED_AT;
}

/**
 * Indices of values that `allowed` lets through: the least, the greatest and those nearest to 0 and
 * to 1 are among them, and none is returned only where there is none. For progressions this takes
 * `allowed` for an interval that has 1 in it, with or without a lone 0 beside it, as every domain
 * of `models/domain.ts` is: they may be 2^53 long and are searched, not scanned. Not for values that
 * are `tooScattered`.
 */
export function allowedExtremes(
  values: AxisValues,
  count: number,
  allowed: (value: number) => boolean,
): number[] {
  if (values.kind === "list") return listExtremes(values.values, allowed);
  if (values.kind === "points") return listExtremes(values.values!, allowed);
  const at = axisValues(values);
  if (values.kind === "random" || values.kind === "sobol") {
    return listExtremes(
      Array.from({ length: count }, (_, i) => at(i)),
      allowed,
    );
  }
  const last = count - 1;
  const sign = at(last) < at(0) ? -1 : 1;
  const crossing = (x: number) => firstIndex(0, last, (i) => sign * at(i) >= sign * x);
  const found: number[] = [];
  for (const probe of [0, last, crossing(0), crossing(1)]) {
    for (const i of [probe - 1, probe, probe + 1]) {
      if (i >= 0 && i <= last && allowed(at(i))) found.push(i);
    }
  }
  const edges = found.flatMap((i) => [
    firstIndex(0, i, (j) => allowed(at(j))),
    firstIndex(i, last, (j) => j === last || !allowed(at(j + 1))),
  ]);
  return [...new Set([...found, ...edges])].filter((i) => allowed(at(i)));
}

/** The first index from `low` to `high` that `holds`, which every index from it on does; else `high`. */
function firstIndex(low: number, high: number, holds: (i: number) => boolean): number {
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function listExtremes(values: ArrayLike<number>, allowed: (value: number) => boolean): number[] {
  let least = -1;
  let greatest = -1;
  let nearestTo0 = -1;
  let nearestTo1 = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!allowed(value)) continue;
    if (least < 0 || value < values[least]) least = i;
    if (greatest < 0 || value > values[greatest]) greatest = i;
    if (nearestTo0 < 0 || Math.abs(value) < Math.abs(values[nearestTo0])) nearestTo0 = i;
    if (nearestTo1 < 0 || Math.abs(value - 1) < Math.abs(values[nearestTo1] - 1)) nearestTo1 = i;
  }
  return least < 0 ? [] : [...new Set([least, greatest, nearestTo0, nearestTo1])];
}
