import type { EquationName, MethodName } from "../models/model.ts";
import { canonicalSpec } from "./canonical.ts";
import { checkDomains } from "./check-domains.ts";
import { checkLimits } from "./check-limits.ts";
import { checkObject, isObject } from "./check-object.ts";
import { checkSomeRow } from "./check-some-row.ts";
import { checkAppendixBaths, resolveMethod } from "./equation-rules.ts";
import { Issues, wants } from "./issues.ts";
import { unknownKey, wrongAxisName } from "./key-hints.ts";
import { isKnown } from "./known-points.ts";
import { parametersByName, type PointNumber, pointNumbers } from "./point-numbers.ts";
import { type Bath, readBath } from "./read-bath.ts";
import { readColumns } from "./read-columns.ts";
import { readModel } from "./read-model.ts";
import { readRows } from "./read-rows.ts";
import { SpecError } from "./spec-error.ts";
import { pointSchema } from "./spec-schema.ts";
import type { Sweep } from "./sweep.ts";

/** A spec read part by part: what fits of the top level and of each bath. */
interface Parts {
  readonly input: Record<string, unknown>;
  readonly point: Record<string, unknown>;
  readonly baths: readonly (Bath | undefined)[];
  readonly numbers: readonly PointNumber[];
}

/**
 * `parseSpec` of an object. This module does not load the YAML library.
 *
 * @throws {SpecError} with everything found wrong
 */
export function parseObject(input: unknown): Sweep {
  if (!isObject(input)) {
    throw new SpecError([{ path: "", message: wants(input, "a spec: { model: …, … }") }]);
  }
  const issues = new Issues();
  const model = readModel(input);
  const schema = pointSchema(model);
  const point = checkObject(schema, input, "", issues, (key) =>
    unknownKey(key, model, schema.keys),
  );
  const baths = model.baths.map((bath) => readBath(point[`bath_${bath}`], `bath_${bath}`, issues));
  const spectrumOf = baths.map((bath) => bath?.spectrum);
  const numbers = pointNumbers(model, spectrumOf);
  const wrongName = (name: string) => wrongAxisName(name, model, spectrumOf, numbers);
  const { axes, names: swept, file } = readRows(point, wrongName, issues);
  const constants = readConstants({ input, point, baths, numbers }, swept, issues);
  const equation = (point["equation"] ?? "lindblad") as EquationName;
  const wantedMethod = (point["method"] ?? "auto") as MethodName | "auto";
  const method = resolveMethod(wantedMethod, equation, model, issues);
  if (equation === "redfield-appendix") checkAppendixBaths(model, baths, swept, issues);
  const wantedColumns = point["columns"] as unknown[] | undefined;
  const columns = readColumns(wantedColumns, model, equation, method, issues);
  issues.throwIfAny();

  const parameters = parametersByName(numbers);
  if (axes.every(isKnown)) {
    for (const [a, axis] of axes.entries()) {
      const path = point["points"] === undefined ? `sweep[${a}]` : "points";
      checkDomains(axis, path, parameters, issues);
    }
    issues.throwIfAny();
    checkSomeRow(model, equation, { constants, axes, parameters }, issues);
    issues.throwIfAny();
  }

  const spectra = baths.map((bath) => bath!.spectrum);
  const rows = axes.reduce((product, { count }) => product * count, 1);
  const sweep = { model, equation, method, spectra, constants, axes, points: file, columns, rows };
  if ("system" in model) checkLimits(sweep, model, issues);
  issues.throwIfAny();
  return { ...sweep, canonical: canonicalSpec(sweep, numbers) };
}

/** The numbers that no axis sweeps, by flat name; those given neither way are issues. */
function readConstants(
  { input, point, baths, numbers }: Parts,
  swept: ReadonlySet<string>,
  issues: Issues,
): Map<string, number> {
  const constants = new Map<string, number>();
  for (const { parameter, bath, key, path } of numbers) {
    const { name, domain } = parameter;
    if (swept.has(name)) continue;
    const value = bath < 0 ? point[key] : baths[bath]!.numbers[key];
    const given = bath < 0 ? input[key] : baths[bath]!.input[key];
    if (typeof value === "number") constants.set(name, value);
    else if (given === undefined && parameter.default !== undefined) {
      constants.set(name, parameter.default);
    } else if (given === undefined) {
      const axis = path === name ? "an axis" : `an axis ${name}`;
      issues.add(path, `missing; wants ${domain.text}, or ${axis} in sweep`);
    }
  }
  return constants;
}
