import { isObject } from "./check-object.ts";
import { type Issues, keyPath } from "./issues.ts";
import { unreadPoints } from "./known-points.ts";
import { Points } from "./points.ts";
import { pointsReference } from "./points-reference.ts";
import { type Axes, readAxes, readAxis } from "./read-axes.ts";
import { shown } from "./shown.ts";
import type { Axis, PointsFile } from "./sweep.ts";

/** What `points` of a spec is, in words. */
export const pointsDescription =
  "instead of sweep: a file with a row for each point (CSV, JSON lines, Arrow or Parquet), { file, columns }, " +
  "columns by name, or a list of points";

/** What to do about columns that are no parameters. */
export const someColumns = "(points: { file: …, columns: […] } takes some columns alone)";

const wanted =
  "a file, { file: …, columns: […] }, columns { T_A: […], … } or a list of points [{ T_A: … }, …]";

/** The axes of a spec, one for all `points`, and the file that those are of. */
export interface SpecRows extends Axes {
  readonly file?: PointsFile | undefined;
}

/** Reads what gives a spec its rows: `sweep`, `points`, or neither. */
export function readRows(
  { sweep, points }: Record<string, unknown>,
  wrongName: (name: string) => string | undefined,
  issues: Issues,
): SpecRows {
  const axes = Array.isArray(sweep) ? sweep : [];
  if (points === undefined) return readAxes(axes, wrongName, issues);
  if (axes.length > 0) issues.add("points", "a spec has points or a sweep, not both");
  return readPoints(points, wrongName, issues);
}

/**
 * Reads `points`. Values that stand in the spec make an axis like one in `sweep`; a file must have been
 * read, or be described by its checksum, columns and rows.
 */
function readPoints(
  input: unknown,
  wrongName: (name: string) => string | undefined,
  issues: Issues,
): SpecRows {
  const nothing = { axes: [], names: new Set<string>() };
  if (input instanceof Points) return ofFile(input, input.columns, wrongName, issues);
  const before = issues.count;
  const reference = pointsReference(input, issues);
  if (reference) {
    const { file, sha256, columns, rows } = reference;
    if (sha256 !== undefined && columns !== undefined && rows !== undefined) {
      return ofFile({ file, sha256, rows, names: columns }, [], wrongName, issues);
    }
    throw unreadPoints(file);
  }
  if (issues.count > before) return nothing;
  const columns = Array.isArray(input) ? columnsOf(input, issues) : plainColumns(input);
  if (!columns || Object.keys(columns).length === 0) {
    if (issues.count === before) issues.wants("points", input, wanted);
    return nothing;
  }
  for (const name of Object.keys(columns)) {
    const wrong = wrongName(name);
    if (wrong !== undefined) issues.add(keyPath("points", name), wrong);
  }
  const axis = readAxis(columns, "points", issues);
  return { axes: axis ? [axis] : [], names: new Set(Object.keys(columns)) };
}

function ofFile(
  { file, sha256, rows, names }: Pick<Points, "file" | "sha256" | "rows" | "names">,
  columns: readonly Float64Array[],
  wrongName: (name: string) => string | undefined,
  issues: Issues,
): SpecRows {
  for (const name of names) {
    const wrong = wrongName(name);
    if (wrong === undefined) continue;
    issues.add(keyPath("points", name), `column of ${shown(file)}: ${wrong} ${someColumns}`);
  }
  const axis: Axis = {
    names,
    count: rows,
    values: names.map((_, n) => ({ kind: "points", count: rows, values: columns[n] })),
  };
  return { axes: [axis], names: new Set(names), file: { file, sha256 } };
}

/** Points by name, as a program has them: lists or Float64Arrays. */
function plainColumns(input: unknown): Record<string, unknown> | undefined {
  if (!isObject(input)) return undefined;
  const entries = Object.entries(input);
  return Object.fromEntries(
    entries.map(([name, values]) => [
      name,
      values instanceof Float64Array ? Array.from(values) : values,
    ]),
  );
}

/** Points one by one → by name; each has the names of the first. */
function columnsOf(
  points: readonly unknown[],
  issues: Issues,
): Record<string, unknown[]> | undefined {
  const [first] = points;
  if (!isObject(first)) return undefined;
  const names = Object.keys(first);
  const columns = new Map(names.map((name) => [name, [] as unknown[]]));
  for (const [p, point] of points.entries()) {
    const path = `points[${p}]`;
    if (!isObject(point)) {
      issues.wants(path, point, "a point: { name: number, … }");
      return undefined;
    }
    for (const [name, values] of columns) values.push(point[name]);
    const other = Object.keys(point).find((name) => !columns.has(name));
    if (other !== undefined) issues.add(keyPath(path, other), "points[0] has no such name");
  }
  return Object.fromEntries(columns);
}
