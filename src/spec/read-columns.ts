import { allColumns, columnGroups, defaultGroups, resultPlaces } from "../models/columns.ts";
import type { EquationName, MethodName, Model, ResultColumn } from "../models/model.ts";
import { type Issues, wants } from "./issues.ts";
import { didYouMean } from "./nearest.ts";
import { shown } from "./shown.ts";
import type { Sweep } from "./sweep.ts";

/** The result columns of a spec in the order it lists them, groups expanded in place. */
export function readColumns(
  input: readonly unknown[] | undefined,
  model: Sweep["model"],
  equation: EquationName,
  method: MethodName,
  issues: Issues,
): readonly ResultColumn[] {
  const undefinedColumns = whyUndefined(model, equation, method);
  const defined = (columns: readonly ResultColumn[]) =>
    columns.filter((column) => !undefinedColumns.has(column));
  if (input === undefined) {
    return defaultGroups(model).flatMap((g) => defined(model.columns[g]));
  }
  const chosen = new Map<ResultColumn, string>();
  for (const [i, name] of input.entries()) {
    const path = `columns[${i}]`;
    let columns = columnsNamed(name, model);
    // the group is the bars of the results there are
    if (columns && name === "errors" && defined(columns).length > 0) columns = defined(columns);
    if (!columns) {
      const names = [...columnGroups, ...allColumns(model).map((column) => column.name)];
      const wanted = `a column of ${model.name} or one of ${columnGroups.join(", ")}`;
      issues.add(path, wants(name, wanted) + didYouMean(name, names));
      continue;
    }
    if ("system" in model && columns.length === 0) {
      issues.add(
        path,
        `got ${shown(name)}, which systems from a spec do not have: docs/systems.md, "Results", says why`,
      );
    }
    const without = columns.find((column) => undefinedColumns.has(column));
    if (without) issues.add(path, `got ${shown(name)}, ${undefinedColumns.get(without)}`);
    const twice = columns.find((column) => chosen.has(column));
    if (twice) issues.add(path, `${twice.name} is asked for by ${chosen.get(twice)} already`);
    for (const column of columns) chosen.set(column, path);
  }
  if (chosen.size === 0 && issues.none) issues.wants("columns", input, "at least one column");
  return [...chosen.keys()];
}

function columnsNamed(name: unknown, model: Model): readonly ResultColumn[] | undefined {
  const group = columnGroups.find((g) => g === name);
  if (group) return model.columns[group];
  const column = allColumns(model).find((c) => c.name === name);
  return column && [column];
}

/** The columns that an equation or a method does not define, and why. */
function whyUndefined(
  model: Sweep["model"],
  equation: EquationName,
  method: MethodName,
): ReadonlyMap<ResultColumn, string> {
  const reasons = new Map<ResultColumn, string>();
  const { residual, rcond, currents, errors } = model.columns;
  const appendix = equation === "redfield-appendix";
  if (method !== "lu") {
    const without = [...residual, ...rcond, ...(appendix ? errors : [])];
    for (const column of without) reasons.set(column, "which is defined for method lu alone");
  }
  if (!appendix || "system" in model) return reasons;
  const reason = `but ${equation} defines populations and coherences, not currents`;
  const { bar } = resultPlaces(model.structure);
  for (const column of currents) {
    reasons.set(column, reason);
    for (const error of errors) if (error.result === bar(column.result)) reasons.set(error, reason);
  }
  return reasons;
}
