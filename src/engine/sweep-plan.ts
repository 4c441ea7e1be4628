import * as layout from "../../assembly/layout.ts";
import { resultPlaces } from "../models/columns.ts";
import type { Sweep } from "../spec/sweep.ts";
import { makePlan, type Plan } from "./plan.ts";

const modelCodes: Readonly<Record<string, number>> = {
  qubit: layout.MODEL_QUBIT,
  "qubit-pair": layout.MODEL_QUBIT_PAIR,
};

/** The plan of a sweep. */
export function planOf(sweep: Omit<Sweep, "canonical">): Plan {
  const { model, equation, method, spectra } = sweep;
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
  const { count } = resultPlaces(model.structure);
  return columns.some(({ result }) => result >= count);
}
