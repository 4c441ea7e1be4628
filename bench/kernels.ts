import { createEngine, type Backend } from "../src/engine/engine.ts";
import { bufferOf, createMemory, memoryMap, writeConstants } from "../src/engine/memory.ts";
import { slotLayout } from "../src/engine/slot.ts";
import { planOf } from "../src/engine/sweep-plan.ts";
import { kernelModule } from "../src/engine/wasm/module.ts";
import { chunkEvaluator } from "../src/pool/chunk-evaluator.ts";
import { parseSpec } from "../src/spec/parse-spec.ts";
import type { Side, Subject } from "./subject.ts";

/** Rows an iteration evaluates; consecutive chunks of a grid of a million. */
const CHUNK = 16384;

const grid = {
  model: "qubit-pair",
  omega_1: 1,
  omega_2: 2,
  T_B: 1,
  bath_A: { spectrum: "flat", g: 1 },
  bath_B: { spectrum: "flat", g: 1 },
  sweep: [{ lambda: { linspace: [0.05, 1.3, 1000] } }, { T_A: { linspace: [0.5, 4.5, 1000] } }],
};

/** Whole rows, grid coordinates to results in memory, by an equation and a method. */
export function kernelSubject(
  name: string,
  equation: string,
  method: string,
  kernels = kernelModule(),
): Subject {
  const sweep = parseSpec({
    ...grid,
    equation,
    method,
    columns: equation === "redfield-appendix" ? ["populations"] : ["populations", "q_A", "q_B"],
  });
  const plan = planOf(sweep);
  const layout = slotLayout(sweep, plan, CHUNK);
  const map = memoryMap(plan, layout, 1);
  function side(backend: Backend): Side {
    const memory = createMemory(map);
    writeConstants(memory, map, layout);
    const module = backend === "wasm" ? kernels : undefined;
    const job = { axes: sweep.axes, plan, layout, map, memory, module };
    const evaluate = chunkEvaluator(job, createEngine(job));
    const result = new Float64Array(
      bufferOf(memory),
      map.slots[0] + layout.columns[layout.axisColumns],
      CHUNK,
    );
    let chunk = 0;
    const run = () => {
      evaluate({ slot: 0, firstRow: CHUNK * (chunk++ % 60), rows: CHUNK });
      return result[0];
    };
    return { run };
  }
  return { name, unit: "row", count: CHUNK, wasm: side("wasm"), js: side("js") };
}
