import type { Evaluate } from "../engine.ts";
import type { Plan } from "../plan.ts";
import { placedWords, type SlotLayout } from "../slot.ts";
import { MODEL, MODEL_SYSTEM } from "../../../assembly/layout.ts";
import { evaluate } from "./evaluate.ts";
import { evaluateSystem } from "./evaluate-system.ts";

/** The pure-JS backend over slots in `buffer`. */
export function jsEngine(buffer: SharedArrayBuffer, plan: Plan, layout: SlotLayout): Evaluate {
  const words = placedWords(plan, layout);
  const run = words[MODEL] === MODEL_SYSTEM ? evaluateSystem : evaluate;
  const cells = new Float64Array(plan.cells);
  return (slot, rows) => {
    const doubles = new Float64Array(buffer, slot, layout.bytes >> 3);
    const status = new Uint8Array(buffer, slot + layout.status, rows);
    run(words, cells, doubles, status, rows);
  };
}
