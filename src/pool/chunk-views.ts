import { bufferOf } from "../engine/memory.ts";
import type { Job } from "./job.ts";

/** Views of a slot's first `rows` rows: axis columns in spec order, result columns; the status. */
export interface ChunkViews {
  readonly columns: readonly Float64Array[];
  readonly status: Uint8Array;
}

/** The bytes of each column, then those of the status. */
export function bytesOfViews({ columns, status }: ChunkViews): readonly Uint8Array[] {
  return [...columns.map((c) => new Uint8Array(c.buffer, c.byteOffset, c.byteLength)), status];
}

export function chunkViews({ layout, map, memory }: Job, slot: number, rows: number): ChunkViews {
  const buffer = bufferOf(memory);
  const start = map.slots[slot];
  return {
    columns: layout.columns.map((offset) => new Float64Array(buffer, start + offset, rows)),
    status: new Uint8Array(buffer, start + layout.status, rows),
  };
}
