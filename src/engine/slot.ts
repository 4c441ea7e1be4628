import * as layout from "../../assembly/layout.ts";
import { bathKeys } from "../models/spectra.ts";
import type { Sweep } from "../spec/sweep.ts";
import type { Plan } from "./plan.ts";

/** A column, or a cell's worth of memory all rows share: stride 0. */
interface Place {
  readonly offset: number;
  readonly stride: 0 | 8;
}

/**
 * The memory of one chunk in flight, as byte offsets from its start: the scratch of the kernel, the
 * constants, the columns of the axes and of the results, the status. Drawn in `assembly/README.md`.
 */
export interface SlotLayout {
  readonly bytes: number;
  readonly chunkRows: number;
  /** Where each parameter of a row comes from. */
  readonly sources: readonly Place[];
  /** Values of the constants, to be written once, each in both lanes. */
  readonly constants: readonly (readonly [offset: number, value: number])[];
  /** Columns of the axes, then of the results, as the file has them. */
  readonly columns: readonly number[];
  /** How many of `columns` are axes. */
  readonly axisColumns: number;
  /** Where each entry of a row's result vector goes. */
  readonly sinks: readonly Place[];
  readonly status: number;
}

/** Columns start on their own cache line. */
const ALIGNMENT = 64;

/** Places the columns of `sweep` in a slot for chunks of up to `chunkRows` rows. */
export function slotLayout(
  sweep: Omit<Sweep, "canonical">,
  plan: Plan,
  chunkRows: number,
): SlotLayout {
  let bytes = plan.cells * plan.block * layout.CELL_BYTES;
  const reserve = (size: number) => {
    const offset = Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    bytes = offset + size;
    return offset;
  };
  // an even number of rows, as the kernel goes two at a time
  const columnBytes = 8 * (chunkRows + (chunkRows % 2));
  const axisNames = sweep.axes.flatMap((axis) => axis.names);
  const axisOffsets = axisNames.map(() => reserve(columnBytes));
  const resultOffsets = sweep.columns.map(() => reserve(columnBytes));
  const constants: (readonly [number, number])[] = [];

  const sources = parameterNames(sweep).map((name): Place => {
    const axis = axisNames.indexOf(name);
    if (axis >= 0) return { offset: axisOffsets[axis], stride: 8 };
    const offset = reserve(layout.CELL_BYTES);
    constants.push([offset, sweep.constants.get(name) ?? 0]);
    return { offset, stride: 0 };
  });
  const unused = reserve(layout.CELL_BYTES);
  const sinks = Array.from({ length: plan.results }, (_, result): Place => {
    const column = sweep.columns.findIndex((c) => c.result === result);
    return column < 0
      ? { offset: unused, stride: 0 }
      : { offset: resultOffsets[column], stride: 8 };
  });
  // it is cleared a vector at a time
  const status = reserve(chunkRows + layout.CELL_BYTES);
  return {
    bytes: Math.ceil(bytes / ALIGNMENT) * ALIGNMENT,
    chunkRows,
    sources,
    constants,
    columns: [...axisOffsets, ...resultOffsets],
    axisColumns: axisOffsets.length,
    sinks,
    status,
  };
}

/** Flat names in the kernel's order: the system's parameters, then T, g, exponent, cutoff a bath. */
export function parameterNames({ model }: Pick<Sweep, "model">): readonly string[] {
  return [
    ...model.parameters.map((p) => p.name),
    ...model.baths.flatMap((bath) => ["T", ...bathKeys].map((key) => `${key}_${bath}`)),
  ];
}

/** The plan's tables with the offsets of this slot in them. */
export function placedWords(plan: Plan, slot: SlotLayout): Int32Array {
  const words = plan.words.slice();
  placeTables(words, slot);
  const fallback = words[layout.FALLBACK];
  if (fallback !== 0) placeTables(words.subarray(fallback), slot);
  return words;
}

function placeTables(words: Int32Array, slot: SlotLayout): void {
  const fill = (table: number, size: number, places: readonly Place[]) => {
    places.forEach(({ offset, stride }, k) => {
      words[words[table] + size * k] = offset;
      words[words[table] + size * k + 1] = stride;
    });
  };
  fill(layout.SOURCE_TABLE, layout.SOURCE_WORDS, slot.sources);
  fill(layout.SINK_TABLE, layout.SINK_WORDS, slot.sinks);
  words[layout.STATUS_OFFSET] = slot.status;
}
