const PIECE = 4096;
const TRUSTED = new Uint8Array(PIECE);

/** Rows by the value of their status, as a manifest has them. */
export class StatusTally {
  readonly #rows = new Float64Array(256);

  add(status: Uint8Array): void {
    const rows = this.#rows;
    // most rows are to be trusted, and a comparison of all of them is one call
    for (let start = 0; start < status.length; start += PIECE) {
      const piece = status.subarray(start, start + PIECE);
      if (Buffer.compare(piece, TRUSTED.subarray(0, piece.length)) === 0) rows[0] += piece.length;
      else for (const flags of piece) rows[flags]++;
    }
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
