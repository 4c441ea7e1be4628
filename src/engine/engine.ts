import { jsEngine } from "./js/js-engine.ts";
import { bufferOf, type MemoryMap } from "./memory.ts";
import type { Plan } from "./plan.ts";
import type { SlotLayout } from "./slot.ts";
import { wasmEngine } from "./wasm/wasm-engine.ts";

/** The two implementations of the kernels; equal bit for bit. */
export type Backend = "wasm" | "js";

/**
 * Evaluates the first `rows` rows of the slot that starts at byte `slot`: reads its axis columns and
 * constants, writes its result columns and its status.
 */
export type Evaluate = (slot: number, rows: number) => void;

/** All a thread needs to evaluate slots; structured clone hands it to a worker. */
export interface EngineInput {
  readonly plan: Plan;
  readonly layout: SlotLayout;
  readonly map: MemoryMap;
  readonly memory: WebAssembly.Memory;
  /** The compiled kernels for the wasm backend; without them it is the JS one. */
  readonly module: WebAssembly.Module | undefined;
  /** The plan's straight line, compiled; without it, it is interpreted. */
  readonly line?: WebAssembly.Module | undefined;
}

/** One thread's engine. */
export function createEngine(input: EngineInput): Evaluate {
  const { plan, layout, memory, module } = input;
  return module === undefined
    ? jsEngine(bufferOf(memory), plan, layout)
    : wasmEngine(module, input);
}
