import type { Parameter } from "../models/model.ts";
import { axisValues } from "../grid/axis-value.ts";
import { allowedExtremes, tooScattered } from "./allowed-values.ts";
import { valuesSpec } from "./canonical.ts";
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
        : maySome(axis.values[n], count, allowed);
    if (some) continue;
    eachHasOne = false;
    issues.add(keyPath(path, name), `got ${described(axis.values[n])}, wants ${text}`);
  }
  if (!eachHasOne || names.length === 1 || count > LONGEST_SCAN) return;
  if (someIndex(count, (i) => names.every((_, n) => fits(n, i)))) return;
  issues.add(path, `${alternatives(names, "and")} are never in their domains together`);
}

/** Whether some value of a long axis is allowed; true as well where only a search of all would tell. */
function maySome(values: AxisValues, count: number, allowed: (value: number) => boolean): boolean {
  if (!tooScattered(values)) return allowedExtremes(values, count, allowed).length > 0;
  // a domain is an interval with 1 in it: it meets from … to where an end or 1 lies in both
  const { from, to } = values;
  const around1 = Math.min(from, to) <= 1 && Math.max(from, to) >= 1;
  return around1 || allowed(from) || allowed(to);
}

function someIndex(count: number, holds: (i: number) => boolean): boolean {
  for (let i = 0; i < count; i++) if (holds(i)) return true;
  return false;
}

function described(values: AxisValues): string {
  if (values.kind === "list") return shown(values.values);
  if (values.kind === "points") return `a column of ${values.count}`;
  const [[kind, numbers]] = Object.entries(valuesSpec(values)!);
  return `${kind} [${(numbers as number[]).join(", ")}]`;
}
