import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";
import type { PlanWriter } from "./plan-writer.ts";
import type { SystemJumps } from "./system-jumps.ts";

/** The frequencies that baths drive, and the correlations at them. */
export interface SystemFrequencies {
  /** By N p + q of the pair p < q. */
  readonly driven: ReadonlyMap<number, number>;
  readonly frequencyCells: number;
  readonly limitCells: number;
  /** w(q → p). */
  readonly label: (p: number, q: number) => number;
  /** D(ω), D(−ω) of a bath at a pair's frequency; −1 for a level with itself. */
  readonly occupation: (bath: number, p: number, q: number) => number;
}

/** The cells of labels, the table that fills them, and the cells of what the baths have at each. */
export function tabulateFrequencies(
  n: number,
  baths: number,
  labelCells: number,
  { jumps, energyCells }: SystemJumps,
  { reserve, table, words }: PlanWriter,
): SystemFrequencies {
  const label = (p: number, q: number) => labelCells + n * p + q;
  const driven = new Map<number, number>();
  for (const { q } of jumps) {
    for (const [p, r] of q) {
      const key = n * Math.min(p, r) + Math.max(p, r);
      if (p !== r && !driven.has(key)) driven.set(key, driven.size);
    }
  }
  const labelWords = [...driven.keys()].flatMap((key) => {
    const [p, q] = [Math.floor(key / n), key % n];
    return [energyCells + p, energyCells + q, label(p, q), label(q, p)];
  });
  table(layout.LABEL_TABLE, layout.LABEL_WORDS, labelWords);
  const frequencyCells = reserve(common.FREQUENCY_SIZE * driven.size);
  const occupationCells = reserve(common.OCCUPATION_SIZE * baths * driven.size);
  const limitCells = reserve(baths);
  words[common.FREQUENCIES] = driven.size;
  words[common.FREQUENCY_CELLS] = frequencyCells;
  words[common.OCCUPATION_CELLS] = occupationCells;
  words[layout.LABEL_CELLS] = labelCells;
  words[layout.LIMIT_CELLS] = limitCells;
  return {
    driven,
    frequencyCells,
    limitCells,
    label,
    occupation(bath, p, q) {
      const f = driven.get(n * Math.min(p, q) + Math.max(p, q));
      return f === undefined
        ? -1
        : occupationCells + common.OCCUPATION_SIZE * (bath * driven.size + f);
    },
  };
}
