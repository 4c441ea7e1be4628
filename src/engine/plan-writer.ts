import { COMPLEX } from "../../assembly/layout.ts";

/** The words of a plan and the scratch cells they name, both from 0 on as they are asked for. */
export interface PlanWriter {
  /** The header and the tables behind it. */
  readonly words: number[];
  /** Cells reserved so far. */
  readonly cells: () => number;
  /** Reserves cells, or complex numbers, and gives the first one's number. */
  readonly reserve: (count: number) => number;
  readonly complex: (count: number) => number;
  /** Appends words and gives the index of the first. */
  readonly append: (entries: Iterable<number>) => number;
  /** Appends a table to header word `slot`, and the number of its entries to `count`. */
  readonly table: (slot: number, size: number, entries: readonly number[], count?: number) => void;
}

export function planWriter(headerWords: number): PlanWriter {
  const words = Array<number>(headerWords).fill(0);
  let cells = 0;
  const reserve = (count: number) => (cells += count) - count;
  const append = (entries: Iterable<number>) => {
    const first = words.length;
    for (const word of entries) words.push(word);
    return first;
  };
  return {
    words,
    cells: () => cells,
    reserve,
    complex: (count) => reserve(COMPLEX * count),
    append,
    table(slot, size, entries, count) {
      words[slot] = append(entries);
      if (count !== undefined) words[count] = entries.length / size;
    },
  };
}
