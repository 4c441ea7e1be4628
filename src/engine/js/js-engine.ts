import type { Evaluate } from "../engine.ts";
import type { Plan } from "../plan.ts";
import { placedWords, type SlotLayout } from "../slot.ts";
import { evaluate } from "./evaluate.ts";

/** The pure-JS backend over slots in `buffer`. */
export function jsEngine(buffer: SharedArrayBuffer, plan: Plan, layout: SlotLayout): Evaluate {
  const words = placedWords(plan, layout);
  const cells = new Float64Array(plan.cells);
  return (slot, rows) => {
    const doubles = new Float64Array(buffer, slot, layout.bytes >> 3);
    const status = new Uint8Array(buffer, slot + layout.status, rows);
    evaluate(words, cells, doubles, status, rows);
  };
}
