import { allColumns } from "../models/columns.ts";
import type { Sweep } from "../spec/sweep.ts";
import { createEngine, type Backend } from "./engine.ts";
import { bufferOf, createMemory, memoryMap } from "./memory.ts";
import { parameterNames, slotLayout } from "./slot.ts";
import { planOf } from "./sweep-plan.ts";
import { kernelModule } from "./wasm/module.ts";

/** One point's results, in the order of `sweep.columns`, and its status bits. */
export interface PointResult {
  readonly values: Float64Array;
  readonly status: number;
}

/** Solves the point of a sweep without axes. */
export type Solver = (sweep: Sweep) => PointResult;

/**
 * A warm engine for single points. Plans and memories are kept for every combination of model,
 * equation, method and spectra met, of which there are few.
 */
export function createSolver(backend: Backend): Solver {
  const module = backend === "wasm" ? kernelModule() : undefined;
  const engines = new Map<string, (sweep: Sweep) => PointResult>();
  return (sweep) => {
    const key = [sweep.model.name, sweep.equation, sweep.method, ...sweep.spectra].join();
    let engine = engines.get(key);
    if (engine === undefined) {
      engine = pointEngine(sweep, module);
      engines.set(key, engine);
    }
    return engine(sweep);
  };
}

function pointEngine(
  like: Sweep,
  module: WebAssembly.Module | undefined,
): (sweep: Sweep) => PointResult {
  const every: Sweep = { ...like, axes: [], columns: allColumns(like.model), rows: 1 };
  const plan = planOf(every);
  const layout = slotLayout(every, plan, 1);
  const map = memoryMap(plan, layout, 1);
  const memory = createMemory(map);
  const evaluate = createEngine({ plan, layout, map, memory, module });
  const [start] = map.slots as [number];
  const doubles = new Float64Array(bufferOf(memory), start, layout.bytes >> 3);
  const bytes = new Uint8Array(bufferOf(memory), start, layout.bytes);
  const names = parameterNames(every);
  return (sweep) => {
    names.forEach((name, p) => {
      const cell = layout.sources[p].offset >> 3;
      doubles.fill(sweep.constants.get(name) ?? 0, cell, cell + 2);
    });
    evaluate(start, 1);
    const values = Float64Array.from(
      sweep.columns,
      (column) => doubles[layout.sinks[column.result].offset >> 3],
    );
    return { values, status: bytes[layout.status] };
  };
}
