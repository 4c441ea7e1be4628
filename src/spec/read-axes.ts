import { isObject } from "./check-object.ts";
import { type Issues, keyPath } from "./issues.ts";
import { readValues } from "./read-values.ts";
import { shortened } from "./shown.ts";
import type { Axis, AxisValues } from "./sweep.ts";

/** The axes of a spec, and every name they sweep, rightly or not. */
export interface Axes {
  readonly axes: readonly Axis[];
  readonly names: ReadonlySet<string>;
}

/** Reads `sweep`. `wrongName` says what is wrong with a name that cannot be swept. */
export function readAxes(
  input: readonly unknown[],
  wrongName: (name: string) => string | undefined,
  issues: Issues,
): Axes {
  const axes: Axis[] = [];
  const firstSwept = new Map<string, string>();
  for (const [a, item] of input.entries()) {
    const path = `sweep[${a}]`;
    if (!isObject(item) || Object.keys(item).length === 0) {
      issues.wants(path, item, "an axis: { name: values }");
      continue;
    }
    for (const name of Object.keys(item)) {
      const before = firstSwept.get(name);
      const wrong = before === undefined ? wrongName(name) : `swept by ${before} already`;
      if (wrong !== undefined) issues.add(keyPath(path, name), wrong);
      if (before === undefined) firstSwept.set(name, path);
    }
    const axis = readAxis(item, path, issues);
    if (axis) axes.push(axis);
  }
  checkRows(axes, issues);
  return { axes, names: new Set(firstSwept.keys()) };
}

/** Reads names that move together, each with its values. */
export function readAxis(
  item: Record<string, unknown>,
  path: string,
  issues: Issues,
): Axis | undefined {
  const names = Object.keys(item);
  const values: AxisValues[] = [];
  for (const name of names) {
    const dimension = values.filter(({ kind }) => kind === "sobol").length;
    const read = readValues(item[name], { name, dimension }, keyPath(path, name), issues);
    if (read) values.push(read);
  }
  if (values.length < names.length) return undefined;
  const counts = values.map(countOf);
  const other = counts.findIndex((count) => count !== counts[0]);
  if (other < 0) return { names, count: counts[0], values };
  issues.add(
    path,
    `${names[0]} has ${counts[0]} and ${names[other]} has ${counts[other]} values; ` +
      "names of one axis move together and need equally many",
  );
  return undefined;
}

function countOf(values: AxisValues): number {
  return values.kind === "list" ? values.values.length : values.count;
}

function checkRows(axes: readonly Axis[], issues: Issues): void {
  let rows = 1n;
  for (const { count } of axes) {
    rows *= BigInt(count);
    if (rows <= BigInt(Number.MAX_SAFE_INTEGER)) continue;
    const counts = shortened(axes.map((axis) => axis.count).join(" × "));
    issues.add("sweep", `got ${counts} rows, wants at most ${Number.MAX_SAFE_INTEGER}`);
    return;
  }
}
