import type { Evaluate } from "../engine/engine.ts";
import { bufferOf } from "../engine/memory.ts";
import { gridFiller } from "../grid/grid.ts";
import type { Job, Task } from "./job.ts";

/** Fills the axis columns of a task's slot from the grid, then evaluates its rows. */
export function chunkEvaluator(job: Job, evaluate: Evaluate): (task: Task) => void {
  const fill = gridFiller(job.axes);
  return ({ slot, firstRow, rows }) => {
    const start = job.map.slots[slot];
    const offsets = job.layout.columns.slice(0, job.layout.axisColumns);
    const columns = offsets.map(
      (offset) => new Float64Array(bufferOf(job.memory), start + offset, rows),
    );
    fill(firstRow, rows, columns);
    evaluate(start, rows);
  };
}
