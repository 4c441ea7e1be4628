import { type StatusCounts, StatusTally } from "../pool/status-tally.ts";
import type { BatchEntry } from "./journal.ts";

/** Batches that stand in a part: eight bytes of memory for each, as there may be millions. */
export class FinishedBatches {
  /** 0 where a batch is missing. */
  readonly #bytesOf: Float64Array;
  readonly #tally = new StatusTally();
  #size = 0;
  #bytes = 0;

  constructor(count: number) {
    this.#bytesOf = new Float64Array(count);
  }

  add({ batch, bytes, status }: BatchEntry): void {
    this.#bytesOf[batch] = bytes;
    this.#tally.addCounts(status);
    this.#size++;
    this.#bytes += bytes;
  }

  has(batch: number): boolean {
    return this.#bytesOf[batch] > 0;
  }

  bytesOf(batch: number): number {
    return this.#bytesOf[batch];
  }

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** Their bytes together. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Their rows by the value of their status. */
  get status(): StatusCounts {
    return this.#tally.counts;
  }
}
