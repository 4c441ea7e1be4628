import type { EngineInput, Evaluate } from "./engine.ts";
import { bufferOf } from "./memory.ts";
import { wasmEngine } from "./wasm/wasm-engine.ts";

/** `createEngine` for a thread that has just started: loads the JS twin only where it is asked for. */
export async function loadEngine(input: EngineInput): Promise<Evaluate> {
  const { plan, layout, memory, module } = input;
  if (module !== undefined) return wasmEngine(module, input);
  const { jsEngine } = await import("./js/js-engine.ts");
  return jsEngine(bufferOf(memory), plan, layout);
}
