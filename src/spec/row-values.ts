import { axisValues } from "../grid/axis-value.ts";
import { coordinates } from "../grid/grid.ts";
import type { Sweep } from "./sweep.ts";

/** Every number of one row of a sweep, by its flat name. */
export function rowValues(
  { axes, constants }: Pick<Sweep, "axes" | "constants">,
  row: number,
): ReadonlyMap<string, number> {
  const values = new Map(constants);
  const place = coordinates(axes, row);
  for (const [a, axis] of axes.entries()) {
    for (const [n, name] of axis.names.entries()) {
      values.set(name, axisValues(axis.values[n])(place[a]));
    }
  }
  return values;
}
