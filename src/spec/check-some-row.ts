import type { EquationName, Model, Parameter } from "../models/model.ts";
import { axisValues } from "../grid/axis-value.ts";
import { coordinates } from "../grid/grid.ts";
import { allowedExtremes, tooScattered } from "./allowed-values.ts";
import type { Issues } from "./issues.ts";
import { alternatives } from "./shown.ts";
import type { Axis } from "./sweep.ts";

/** Up to this many combinations of values are tried one by one. */
const MOST_TRIED = 1e5;

/** Something several numbers of a row must meet together. */
interface Condition {
  readonly parameters: readonly string[];
  readonly text: string;
  /** Where any row meets it, one does whose numbers are each least, greatest or nearest to 0. */
  readonly monotone: boolean;
  readonly allowed: (values: readonly number[]) => boolean;
}

/** The numbers of a sweep: fixed ones, swept ones, and what each may be. */
interface Numbers {
  readonly constants: ReadonlyMap<string, number>;
  readonly axes: readonly Axis[];
  readonly parameters: ReadonlyMap<string, Parameter>;
}

/**
 * Refuses a sweep no row of which meets a condition of its model. Where that would take long to
 * know, or hangs on several conditions at once, the sweep passes and its rows tell.
 */
export function checkSomeRow(
  model: Model,
  equation: EquationName,
  numbers: Numbers,
  issues: Issues,
) {
  for (const condition of conditions(model, equation)) {
    if (someRow(condition, numbers)) continue;
    const fixed = condition.parameters.filter((name) => numbers.constants.has(name));
    const got = fixed.map((name) => `${name} = ${numbers.constants.get(name)}`).join(", ");
    const where = numbers.axes.length === 0 ? "outside the domain" : "no row is valid";
    issues.add("", `${where}: ${got && `got ${got}, `}wants ${condition.text}`);
  }
}

function conditions(model: Model, equation: EquationName): Condition[] {
  const strengths = model.baths.map((bath) => `g_${bath}`);
  const all: Condition[] = model.joint ? [{ ...model.joint, monotone: true }] : [];
  all.push({
    parameters: strengths,
    text: `${alternatives(strengths)} > 0: no bath is coupled, no unique steady state`,
    monotone: true,
    allowed: (values) => values.some((g) => g > 0),
  });
  if (equation !== "redfield-appendix") return all;
  all.push({
    parameters: strengths,
    text: `${strengths.join(" = ")}: ${equation} is defined for equal g alone`,
    monotone: false,
    allowed: (values) => values.every((g) => g === values[0]),
  });
  return all;
}

function someRow(condition: Condition, { constants, axes, parameters }: Numbers): boolean {
  const { parameters: names } = condition;
  const involved = axes.filter((axis) => axis.names.some((name) => names.includes(name)));
  const all = involved.reduce((product, { count }) => product * count, 1);
  const tried: number[][] = [];
  for (const axis of involved) {
    if (all <= MOST_TRIED) {
      tried.push(Array.from({ length: axis.count }, (_, i) => i));
      continue;
    }
    const [name, another] = axis.names.filter((n) => names.includes(n));
    if (!condition.monotone || another !== undefined) return true;
    const { allowed } = parameters.get(name)!.domain;
    const swept = axis.values[axis.names.indexOf(name)];
    if (tooScattered(swept)) return true;
    const extremes = allowedExtremes(swept, axis.count, allowed);
    if (extremes.length === 0) return true;
    tried.push(extremes);
  }
  const numberAt = names.map((name) => {
    const a = involved.findIndex((axis) => axis.names.includes(name));
    if (a < 0) return () => constants.get(name)!;
    const at = axisValues(involved[a].values[involved[a].names.indexOf(name)]);
    return (place: readonly number[]) => at(tried[a][place[a]]);
  });
  const counts = tried.map(({ length }) => ({ count: length }));
  const points = counts.reduce((product, { count }) => product * count, 1);
  for (let point = 0; point < points; point++) {
    const place = coordinates(counts, point);
    const values = numberAt.map((at) => at(place));
    const inDomain = values.every((value, n) => parameters.get(names[n])!.domain.allowed(value));
    if (inDomain && condition.allowed(values)) return true;
  }
  return false;
}
