export type { EngineOptions } from "../api/engine-options.ts";
export type { Engine } from "../api/point-engine.ts";
export type { Backend } from "../engine/engine.ts";
export {
  type BathDescription,
  type ColumnDescription,
  describeModel,
  describeModels,
  type ModelDescription,
  type ModelsDescription,
  type ParameterDescription,
  type SpectrumDescription,
} from "../models/describe-models.ts";
export { type StatusBit, statusBits } from "../models/status.ts";
export { parseSpec } from "../spec/parse-spec.ts";
export { SpecError, type SpecIssue } from "../spec/spec-error.ts";
export type { Axis, AxisValues, Sweep } from "../spec/sweep.ts";
export { createEngine } from "./create-engine.ts";
