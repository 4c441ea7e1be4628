import { bufferOf, createMemory, memoryMap, writeConstants } from "../../src/engine/memory.ts";
import { createEngine, type Backend } from "../../src/engine/engine.ts";
import type { Plan } from "../../src/engine/plan.ts";
import { slotLayout } from "../../src/engine/slot.ts";
import { planOf } from "../../src/engine/sweep-plan.ts";
import { lineModule } from "../../src/engine/wasm/line-module.ts";
import { kernelModule } from "../../src/engine/wasm/module.ts";
import { chunkEvaluator } from "../../src/pool/chunk-evaluator.ts";
import type { RunOptions } from "../../src/pool/job.ts";
import { runSweep } from "../../src/pool/run-sweep.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import type { Sweep } from "../../src/spec/sweep.ts";

/** The whole of a small sweep in memory of its own. */
export interface Evaluated {
  readonly sweep: Sweep;
  readonly plan: Plan;
  readonly names: readonly string[];
  /** Axis columns, then result columns. */
  readonly columns: readonly Float64Array[];
  readonly status: Uint8Array;
  readonly column: (name: string) => Float64Array;
  /** The bytes of every column and the status, one after the other. */
  readonly bytes: () => Buffer;
}

function evaluated(
  sweep: Sweep,
  plan: Plan,
  columns: readonly Float64Array[],
  status: Uint8Array,
): Evaluated {
  const names = [
    ...sweep.axes.flatMap((axis) => axis.names),
    ...sweep.columns.map((column) => column.name),
  ];
  return {
    sweep,
    plan,
    names,
    columns,
    status,
    column: (name) => columns[names.indexOf(name)],
    bytes: () =>
      Buffer.concat([
        ...columns.map((c) => Buffer.from(c.buffer, c.byteOffset, c.byteLength)),
        Buffer.from(status),
      ]),
  };
}

/**
 * Evaluates a spec as one chunk in this thread, a straight line interpreted unless it is to be compiled; a
 * test may alter the plan's tables before.
 */
export function evaluateHere(
  spec: unknown,
  backend: Backend | "compiled",
  alter?: (words: Int32Array) => void,
): Evaluated {
  const sweep = parseSpec(spec);
  const plan = planOf(sweep);
  alter?.(plan.words);
  const layout = slotLayout(sweep, plan, sweep.rows);
  const map = memoryMap(plan, layout, 1);
  const memory = createMemory(map);
  writeConstants(memory, map, layout);
  const module = backend === "js" ? undefined : kernelModule();
  const line = backend === "compiled" ? lineModule(plan.words, Infinity) : undefined;
  const job = { axes: sweep.axes, plan, layout, map, memory, module, line };
  chunkEvaluator(job, createEngine(job))({ slot: 0, firstRow: 0, rows: sweep.rows });
  const [start] = map.slots;
  return evaluated(
    sweep,
    plan,
    layout.columns.map((offset) =>
      new Float64Array(bufferOf(memory), start + offset, sweep.rows).slice(),
    ),
    new Uint8Array(bufferOf(memory), start + layout.status, sweep.rows).slice(),
  );
}

/** Evaluates a spec as the engine does, by chunks on worker threads. */
export async function evaluateInPool(spec: unknown, options: RunOptions): Promise<Evaluated> {
  const sweep = parseSpec(spec);
  const count = sweep.axes.flatMap((axis) => axis.names).length + sweep.columns.length;
  const columns = Array.from({ length: count }, () => new Float64Array(sweep.rows));
  const status = new Uint8Array(sweep.rows);
  for await (const chunk of runSweep(sweep, options)) {
    chunk.columns.forEach((column, k) => columns[k].set(column, chunk.firstRow));
    status.set(chunk.status, chunk.firstRow);
  }
  return evaluated(sweep, planOf(sweep), columns, status);
}
