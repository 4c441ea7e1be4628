/** Rows by the value of their status, as a manifest has them. */
export class StatusTally {
  readonly #rows = new Float64Array(256);

  add(status: Uint8Array): void {
    for (const flags of status) this.#rows[flags]++;
  }

  addCounts(counts: StatusCounts): void {
    for (const [flags, rows] of Object.entries(counts)) this.#rows[Number(flags)] += rows;
  }

  /** Only the values that some row has, in ascending order. */
  get counts(): StatusCounts {
    const entries = [...this.#rows.entries()].filter(([, rows]) => rows > 0);
    return Object.fromEntries(entries);
  }
}

/** Rows by the value of their status. */
export type StatusCounts = Readonly<Record<string, number>>;
