import type { EngineInput } from "../engine/engine.ts";
import type { Axis } from "../spec/sweep.ts";

/** What every worker of a sweep is given once. */
export interface Job extends EngineInput {
  readonly axes: readonly Axis[];
}

/** One chunk to evaluate: rows `firstRow` … `firstRow` + `rows` − 1 into slot number `slot`. */
export interface Task {
  readonly slot: number;
  readonly firstRow: number;
  readonly rows: number;
}
