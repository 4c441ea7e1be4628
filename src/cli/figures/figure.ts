/** A figure: a spec of `examples/`, the sweeps of it, and how their results are drawn. */
export interface Figure {
  /** What its files are named after. */
  readonly name: string;
  /** The spec's file in `examples/`. */
  readonly spec: string;
  /** Each changes the spec by settings `key=value`; its file is named after the figure and `suffix`. */
  readonly sweeps: readonly FigureSweep[];
  /** Draws the sweeps' results, in their order, as SVG. */
  draw(results: readonly Results[]): string;
}

/** One sweep of a figure. */
export interface FigureSweep {
  readonly suffix: string;
  readonly settings: readonly string[];
}

/** A sweep's values by column. */
export type Results = (column: string) => Float64Array;

/** The sweep of the spec as it is. */
export const asItIs: FigureSweep = { suffix: "", settings: [] };

/** The parameters that all figures share, marked up for a label. */
export const parameters = "{ω}_{1} = 1, {ω}_{2} = 2, {g} = 1, {λ} = ½";
