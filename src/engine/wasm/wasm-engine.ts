import { MODEL, MODEL_SYSTEM } from "../../../assembly/layout.ts";
import { COMPILED } from "../../../assembly/tape-layout.ts";
import type { EngineInput, Evaluate } from "../engine.ts";
import { bufferOf } from "../memory.ts";
import { placedWords } from "../slot.ts";

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
  readonly spread: (to: number, value: number, rows: number) => void;
  readonly copy: (to: number, from: number, rows: number) => void;
}

/** The straight line of a plan, compiled; `assembly/env.ts` is the contract. */
interface Line {
  readonly runModel: (cells: number, varying: number, end: number) => void;
  readonly runLine: (cells: number, changed: number, varying: number, end: number) => void;
}

const noLine: Line = { runModel: () => {}, runLine: () => {} };

/** An instance of the kernels on `memory`, with the straight line of plans that are COMPILED. */
export function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  line: Line = noLine,
): KernelExports {
  const { exports } = new WebAssembly.Instance(module, { env: { memory, ...line } });
  return exports as unknown as KernelExports;
}

/** The WebAssembly backend; writes the plan, which every thread writes alike. */
export function wasmEngine(
  module: WebAssembly.Module,
  { plan, layout, map, memory, line }: EngineInput,
): Evaluate {
  const words = placedWords(plan, layout);
  let compiled: Line | undefined;
  if (line !== undefined) {
    const { exports } = new WebAssembly.Instance(line, { env: { memory } });
    compiled = exports as unknown as Line;
    words[COMPILED] = 1;
  }
  const { evaluate, evaluateSystem } = instantiate(module, memory, compiled);
  const run = words[MODEL] === MODEL_SYSTEM ? evaluateSystem : evaluate;
  new Int32Array(bufferOf(memory), map.plan, words.length).set(words);
  return (slot, rows) => run(map.plan, slot, rows);
}
