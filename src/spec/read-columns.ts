import { allColumns } from "../models/columns.ts";
import type {
  ColumnGroup,
  EquationName,
  MethodName,
  Model,
  ResultColumn,
} from "../models/model.ts";
import { type Issues, wants } from "./issues.ts";
import { didYouMean } from "./nearest.ts";
import { shown } from "./shown.ts";

const groups = ["populations", "coherences", "currents", "residual"] as const;

/** Groups in a file whose spec asks for none. */
const defaultGroups = ["populations", "coherences", "currents"] as const;

/** The result columns of a spec in the order it lists them, groups expanded in place. */
export function readColumns(
  input: readonly unknown[] | undefined,
  model: Model,
  equation: EquationName,
  method: MethodName,
  issues: Issues,
): readonly ResultColumn[] {
  const undefinedGroups = new Map<ColumnGroup, string>();
  if (method !== "lu") undefinedGroups.set("residual", "which is defined for method lu alone");
  if (equation === "redfield-appendix") {
    undefinedGroups.set(
      "currents",
      `but ${equation} defines populations and coherences, not currents`,
    );
  }
  if (input === undefined) {
    return defaultGroups.flatMap((g) => (undefinedGroups.has(g) ? [] : model.columns[g]));
  }
  const chosen = new Map<ResultColumn, string>();
  for (const [i, name] of input.entries()) {
    const path = `columns[${i}]`;
    const columns = columnsNamed(name, model);
    if (!columns) {
      const names = [...groups, ...allColumns(model).map((column) => column.name)];
      const wanted = `a column of ${model.name} or one of ${groups.join(", ")}`;
      issues.add(path, wants(name, wanted) + didYouMean(name, names));
      continue;
    }
    const group = [...undefinedGroups.keys()].find((g) =>
      columns.some((column) => model.columns[g].includes(column)),
    );
    if (group) issues.add(path, `got ${shown(name)}, ${undefinedGroups.get(group)}`);
    const twice = columns.find((column) => chosen.has(column));
    if (twice) issues.add(path, `${twice.name} is asked for by ${chosen.get(twice)} already`);
    for (const column of columns) chosen.set(column, path);
  }
  if (chosen.size === 0 && issues.none) issues.wants("columns", input, "at least one column");
  return [...chosen.keys()];
}

function columnsNamed(name: unknown, model: Model): readonly ResultColumn[] | undefined {
  const group = groups.find((g) => g === name);
  if (group) return model.columns[group];
  const column = allColumns(model).find((c) => c.name === name);
  return column && [column];
}
