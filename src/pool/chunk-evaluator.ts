import type { Evaluate } from "../engine/engine.ts";
import { wasmColumns } from "../engine/wasm/wasm-columns.ts";
import { gridFiller } from "../grid/grid.ts";
import { chunkViews } from "./chunk-views.ts";
import type { Job, Task } from "./job.ts";

/** Fills the axis columns of a task's slot from the grid, then evaluates its rows. */
export function chunkEvaluator(job: Job, evaluate: Evaluate): (task: Task) => void {
  const { axes, module, memory } = job;
  const { axisColumns } = job.layout;
  const fill = gridFiller(axes, module && wasmColumns(module, memory));
  return ({ slot, firstRow, rows }) => {
    fill(firstRow, rows, chunkViews(job, slot, rows).columns.slice(0, axisColumns));
    evaluate(job.map.slots[slot], rows);
  };
}
