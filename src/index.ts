export { createEngine } from "./api/create-engine.ts";
export type { EngineOptions } from "./api/engine-options.ts";
export type { Engine } from "./api/point-engine.ts";
export { type PointsOptions, readPoints } from "./api/read-points.ts";
export { solve } from "./api/solve.ts";
export { type FileSettings, sweep, type SweepOptions, type SweepResult } from "./api/sweep.ts";
export { FileError } from "./arrow/file-error.ts";
export type { Format } from "./arrow/format.ts";
export type { Compression } from "./compress/compression.ts";
export type { Backend } from "./engine/engine.ts";
export {
  type BathDescription,
  type ColumnDescription,
  describeModel,
  describeModels,
  type ModelDescription,
  type ModelsDescription,
  type ParameterDescription,
  type SpectrumDescription,
} from "./models/describe-models.ts";
export type {
  BuiltInModel,
  ColumnGroup,
  Domain,
  EquationName,
  MethodName,
  Model,
  Parameter,
  ResultColumn,
  SpectrumName,
  SystemModel,
  Unit,
} from "./models/model.ts";
export { type StatusBit, statusBits } from "./models/status.ts";
export { ResumeError } from "./output/resume-error.ts";
export type { Written } from "./output/write-stream.ts";
export { WorkerError } from "./pool/worker-error.ts";
export { readSpec } from "./points/load-points.ts";
export type { Points } from "./spec/points.ts";
export { parseSpec } from "./spec/parse-spec.ts";
export { SpecError, type SpecIssue } from "./spec/spec-error.ts";
export type { Axis, AxisValues, Sweep } from "./spec/sweep.ts";
