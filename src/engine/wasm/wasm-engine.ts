import { MODEL, MODEL_SYSTEM } from "../../../assembly/layout.ts";
import type { Evaluate } from "../engine.ts";
import { bufferOf, type MemoryMap } from "../memory.ts";
import type { Plan } from "../plan.ts";
import { placedWords, type SlotLayout } from "../slot.ts";

/** What the wasm exports; `assembly/README.md` is the contract, a test holds the two together. */
export interface KernelExports {
  readonly evaluate: (plan: number, slot: number, rows: number) => void;
  readonly evaluateSystem: (plan: number, slot: number, rows: number) => void;
  readonly diagonalise: (cells: number, matrix: number, vectors: number, m: number) => void;
  readonly factoriseReal: (cells: number, matrix: number, pivots: number, n: number) => void;
  readonly solveReal: (
    cells: number,
    factors: number,
    pivots: number,
    n: number,
    x: number,
  ) => void;
  readonly factorise: (cells: number, matrix: number, pivots: number, n: number) => void;
  readonly solve: (cells: number, factors: number, pivots: number, n: number, x: number) => void;
  readonly solveTransposed: KernelExports["solve"];
}

/** An instance of the kernels on `memory`. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as unknown as KernelExports;
}

/** The WebAssembly backend; writes the plan, which every thread writes alike. */
export function wasmEngine(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  map: MemoryMap,
  plan: Plan,
  layout: SlotLayout,
): Evaluate {
  const { evaluate, evaluateSystem } = instantiate(module, memory);
  const run = plan.words[MODEL] === MODEL_SYSTEM ? evaluateSystem : evaluate;
  new Int32Array(bufferOf(memory), map.plan, plan.words.length).set(placedWords(plan, layout));
  return (slot, rows) => run(map.plan, slot, rows);
}
