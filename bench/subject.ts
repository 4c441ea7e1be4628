/** One side of a comparison: `run` does the work and returns a number of it; `reset`, untimed, precedes it. */
export interface Side {
  readonly run: () => number;
  readonly reset?: () => void;
}

/** The same work in both backends; each run does `count` units of it. */
export interface Subject {
  readonly name: string;
  readonly unit: string;
  readonly count: number;
  readonly wasm: Side;
  readonly js: Side;
}
