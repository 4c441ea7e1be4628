import type { Parameter } from "../models/model.ts";
import { axisValues } from "../grid/axis-value.ts";
import { allowedExtremes } from "./allowed-values.ts";
import { type Issues, keyPath } from "./issues.ts";
import { alternatives, shown } from "./shown.ts";
import type { Axis, AxisValues } from "./sweep.ts";

/** Axes up to this long are looked at value by value. */
const LONGEST_SCAN = 1e5;

/** Refuses an axis none of whose values is in the domain of its parameter. */
export function checkDomains(
  axis: Axis,
  path: string,
  parameters: ReadonlyMap<string, Parameter>,
  issues: Issues,
): void {
  const { names, count } = axis;
  const domains = names.map((name) => parameters.get(name)!.domain);
  const at = axis.values.map(axisValues);
  const fits = (n: number, i: number) => domains[n].allowed(at[n](i));
  let eachHasOne = true;
  for (const [n, name] of names.entries()) {
    const { allowed, text } = domains[n];
    const some =
      count <= LONGEST_SCAN
        ? someIndex(count, (i) => fits(n, i))
        : allowedExtremes(axis.values[n], count, allowed).length > 0;
    if (some) continue;
    eachHasOne = false;
    issues.add(keyPath(path, name), `got ${described(axis.values[n])}, wants ${text}`);
  }
  if (!eachHasOne || names.length === 1 || count > LONGEST_SCAN) return;
  if (someIndex(count, (i) => names.every((_, n) => fits(n, i)))) return;
  issues.add(path, `${alternatives(names, "and")} are never in their domains together`);
}

function someIndex(count: number, holds: (i: number) => boolean): boolean {
  for (let i = 0; i < count; i++) if (holds(i)) return true;
  return false;
}

function described(values: AxisValues): string {
  if (values.kind === "list") return shown(values.values);
  return `${values.kind} [${values.from}, ${values.to}, ${values.count}]`;
}
