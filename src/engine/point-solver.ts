import { allColumns } from "../models/columns.ts";
import type { Sweep } from "../spec/sweep.ts";
import { createEngine } from "./engine.ts";
import { bufferOf, createMemory, memoryMap } from "./memory.ts";
import { parameterNames, slotLayout } from "./slot.ts";
import { hasBars, isBar, planOf } from "./sweep-plan.ts";

/** One point's results, in the order of `sweep.columns`, and its status bits. */
export interface PointResult {
  readonly values: Float64Array;
  readonly status: number;
}

/** A sweep without axes. */
export type Point = Omit<Sweep, "canonical">;

/** Solves a point. */
export type Solver = (point: Point) => PointResult;

/** Engines kept: of the built-in models there are fewer kinds. */
const MOST_KEPT = 64;

/**
 * A warm engine for single points, on the compiled kernels or, without them, on the JS twin. Plans and
 * memories are kept for every combination of model, equation, method and spectra met, with error
 * bars or without: of systems from specs the latest.
 */
export function pointSolver(module: WebAssembly.Module | undefined): Solver {
  const engines = new Map<string, Solver>();
  return (point) => {
    const { model, equation, method, spectra } = point;
    const name = "system" in model ? model.system.key : model.name;
    const key = [name, equation, method, hasBars(point), ...spectra].join();
    let engine = engines.get(key);
    if (engine === undefined) {
      if (engines.size >= MOST_KEPT) engines.delete(engines.keys().next().value!);
      engine = solverLike(point, module);
      engines.set(key, engine);
    }
    return engine(point);
  };
}

function solverLike(like: Point, module: WebAssembly.Module | undefined): Solver {
  const without = { ...like, columns: allColumns(like.model).filter((c) => !isBar(like.model, c)) };
  const every = hasBars(like) ? { ...like, columns: allColumns(like.model) } : without;
  const plan = planOf(every);
  const layout = slotLayout(every, plan, 1);
  const map = memoryMap(plan, layout, 1);
  const memory = createMemory(map);
  const evaluate = createEngine({ plan, layout, map, memory, module });
  const [start] = map.slots as [number];
  const doubles = new Float64Array(bufferOf(memory), start, layout.bytes >> 3);
  const bytes = new Uint8Array(bufferOf(memory), start, layout.bytes);
  const names = parameterNames(every);
  return (point) => {
    names.forEach((name, p) => {
      const cell = layout.sources[p].offset >> 3;
      doubles.fill(point.constants.get(name) ?? 0, cell, cell + 2);
    });
    evaluate(start, 1);
    const values = Float64Array.from(
      point.columns,
      (column) => doubles[layout.sinks[column.result].offset >> 3],
    );
    return { values, status: bytes[layout.status] };
  };
}
