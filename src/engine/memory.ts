import type { Plan } from "./plan.ts";
import type { SlotLayout } from "./slot.ts";

const PAGE_BYTES = 65536;
const ALIGNMENT = 64;
/** The module's static data lies below. */
const PLAN_OFFSET = 1024;

/** How the plan and `count` slots lie in one memory, shared by all threads of a sweep. */
export interface MemoryMap {
  readonly pages: number;
  /** Byte at which the plan starts. */
  readonly plan: number;
  /** Byte at which each slot starts. */
  readonly slots: readonly number[];
}

/** Lays out a memory; throws a RangeError where it exceeds the 4 GiB of WebAssembly. */
export function memoryMap(plan: Plan, slot: SlotLayout, count: number): MemoryMap {
  const first = Math.ceil((PLAN_OFFSET + plan.words.byteLength) / ALIGNMENT) * ALIGNMENT;
  const pages = Math.ceil((first + slot.bytes * count) / PAGE_BYTES);
  if (pages > 65536) {
    throw new RangeError(
      `${count} chunks of ${slot.chunkRows} rows need more than 4 GiB: choose smaller chunks or fewer threads`,
    );
  }
  const slots = Array.from({ length: count }, (_, k) => first + slot.bytes * k);
  return { pages, plan: PLAN_OFFSET, slots };
}

/** A memory of that size, zeroed; the JS backend uses its buffer alone. */
export function createMemory(map: MemoryMap): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: map.pages, maximum: map.pages, shared: true });
}

/** The buffer of a shared memory. */
export function bufferOf(memory: WebAssembly.Memory): SharedArrayBuffer {
  return memory.buffer as unknown as SharedArrayBuffer;
}

/** Writes the constants of a sweep to every slot, where they stay. */
export function writeConstants(memory: WebAssembly.Memory, map: MemoryMap, slot: SlotLayout): void {
  for (const start of map.slots) {
    for (const [offset, value] of slot.constants) {
      new Float64Array(bufferOf(memory), start + offset, 2).fill(value);
    }
  }
}
