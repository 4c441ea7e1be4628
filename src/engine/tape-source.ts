import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/tape-layout.ts";
import type { Plan } from "./plan.ts";
import type { SystemFrequencies } from "./system-frequencies.ts";
import type { Signed, TapeBuilder, Value } from "./tape-builder.ts";
import { makeModelLine } from "./tape-model.ts";

/** Where a straight line has its model from: its own arithmetic, or columns that the kernel fills. */
export interface TapeSource {
  /** The value of a cell of the general plan. */
  readonly value: (cell: number) => Value;
  /** How many frequencies differ, and which is that of a pair of levels. */
  readonly frequencies: number;
  readonly frequencyOf: (pair: number) => number;
  readonly frequencyCells: number;
  readonly rankCells: number;
  /** The mask of lanes that the straight line may solve. */
  readonly allowed: Value;
  /** Values that have to be in given columns. */
  readonly placed: readonly (readonly [Value, number])[];
  /** Cells of the general plan that the kernel copies, and the columns they go to, where it makes the model. */
  readonly gathers: readonly number[];
}

export function makeSource(
  general: Plan,
  parameters: readonly Value[],
  { driven, frequencyCells: cells, label }: SystemFrequencies,
  insideCell: number,
  builder: TapeBuilder,
  reserve: (count: number) => number,
): TapeSource {
  const levels = general.words[common.LEVELS];
  const rankCells = reserve(levels);
  const own = makeModelLine(general.words, parameters, builder);
  const frequencies = own ? own.frequencies.length / common.FREQUENCY_SIZE : driven.size;
  const frequencyCells = reserve(common.FREQUENCY_SIZE * frequencies);
  if (own) {
    const placed: readonly (readonly [Value, number])[] = [
      [own.allowed, insideCell],
      ...own.frequencies.map((value, k) => [value, frequencyCells + k] as const),
      ...own.ranks.map((value, p) => [value, rankCells + p] as const),
    ];
    const frequencyOf = (pair: number) => own.frequencyOf[driven.get(pair)!];
    const { get: value, allowed } = own;
    const places = { frequencyCells, rankCells, placed, gathers: [] };
    return { value, frequencies, frequencyOf, allowed, ...places };
  }
  const gathers = Array.from({ length: common.FREQUENCY_SIZE * frequencies }, (_, k) => [
    cells + k,
    frequencyCells + k,
  ]).flat();
  const gathered = new Map<number, Signed>();
  const value = (cell: number) => {
    let found = gathered.get(cell);
    if (found === undefined) {
      const column = reserve(1);
      gathers.push(cell, column);
      gathered.set(cell, (found = builder.leaf(column, layout.MODEL_STAGE)));
    }
    return found;
  };
  // where a label is 0, the general plan decides what it is to be
  const turning = [...driven.keys()].map((pair) => {
    const [p, q] = [Math.floor(pair / levels), pair % levels];
    return builder.greater(builder.absolute(value(label(p, q))), null);
  });
  return {
    value,
    frequencies,
    frequencyOf: (pair) => driven.get(pair)!,
    frequencyCells,
    rankCells,
    allowed: builder.all([builder.leaf(insideCell, layout.MODEL_STAGE), ...turning]),
    placed: [],
    gathers,
  };
}
