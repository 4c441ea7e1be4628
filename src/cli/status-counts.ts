import { statusBits } from "../models/status.ts";
import { countText } from "./number-text.ts";

/** How many rows have which status. */
export class StatusCounts {
  readonly #rows = new Float64Array(256);

  add(status: Uint8Array): void {
    for (const flags of status) this.#rows[flags]++;
  }

  /** Adds rows by the value of their status. */
  addCounts(counts: Readonly<Record<string, number>>): void {
    for (const [flags, rows] of Object.entries(counts)) this.#rows[Number(flags)] += rows;
  }

  get rows(): number {
    return this.#rows.reduce((sum, count) => sum + count, 0);
  }

  /** What to add where a row counts under several bits. */
  get overlap(): string {
    const bits = this.#rows.map((count, flags) => count * onesIn(flags));
    const total = bits.reduce((sum, count) => sum + count, 0);
    return total > this.rows - this.#rows[0] ? " (a row may count twice)" : "";
  }

  /** Count and words, rows to trust first, then each bit that is set in any row. */
  lines(): readonly (readonly [count: string, words: string])[] {
    const known = statusBits.reduce((all, { bit }) => all | bit, 0);
    const counts = [
      [this.#rows[0], "to trust"],
      ...statusBits.map(({ bit, description }) => [this.#where(bit), description] as const),
      [this.#where(255 & ~known), "a status this version does not know"],
    ] as const;
    return counts
      .filter(([count], c) => c === 0 || count > 0)
      .map(([count, words]) => [countText(count), words]);
  }

  #where(bits: number): number {
    return this.#rows.reduce((sum, count, flags) => ((flags & bits) === 0 ? sum : sum + count), 0);
  }
}

function onesIn(flags: number): number {
  let ones = 0;
  for (let rest = flags; rest > 0; rest >>= 1) ones += rest & 1;
  return ones;
}
