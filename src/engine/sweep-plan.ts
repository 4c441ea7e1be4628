import * as layout from "../../assembly/layout.ts";
import { resultPlaces } from "../models/columns.ts";
import type { ResultColumn } from "../models/model.ts";
import type { Sweep } from "../spec/sweep.ts";
import type { SystemEquation } from "../models/system-model.ts";
import { makePlan, type Plan } from "./plan.ts";
import { makeSystemPlan } from "./system-plan.ts";

const modelCodes: Readonly<Record<string, number>> = {
  qubit: layout.MODEL_QUBIT,
  "qubit-pair": layout.MODEL_QUBIT_PAIR,
};

/** The plan of a sweep. */
export function planOf(sweep: Omit<Sweep, "canonical">): Plan {
  const { model, equation, method, spectra, columns } = sweep;
  if ("system" in model) return makeSystemPlan(model, equation as SystemEquation, spectra, columns);
  return makePlan({
    structure: model.structure,
    modelCode: modelCodes[model.name],
    modelParameters: model.parameters.length,
    equation,
    method,
    spectra,
    bars: hasBars(sweep),
  });
}

/** Whether a column of a sweep is an error bar or the condition. */
export function hasBars({ model, columns }: Pick<Sweep, "model" | "columns">): boolean {
  return columns.some((column) => isBar(model, column));
}

/** Whether a column is an error bar or the condition. */
export function isBar(model: Sweep["model"], { result }: ResultColumn): boolean {
  if ("system" in model) return model.columns.rcond.some((rcond) => rcond.result === result);
  return result >= resultPlaces(model.structure).count;
}
