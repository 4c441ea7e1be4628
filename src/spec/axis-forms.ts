import { SOBOL_POINTS } from "../grid/sobol.ts";

/** How an axis that is no list is written. */
export interface AxisForm {
  readonly takes: string;
  readonly description: string;
  /** Numbers in its list, the seed among them. */
  readonly lengths: readonly [shortest: number, longest: number];
  readonly longestAxis: number;
}

/** Values that a list may have. */
export const LONGEST_LIST = 1e6;

const anyCount = Number.MAX_SAFE_INTEGER;

/** The kinds of axes that are no list. */
export const axisForms = {
  linspace: {
    takes: "[from, to, count]",
    description: "evenly spaced, both ends in it; bit for bit NumPy's linspace",
    lengths: [3, 3],
    longestAxis: anyCount,
  },
  geomspace: {
    takes: "[from, to, count]",
    description: "in geometric progression, both ends in it, both of one sign",
    lengths: [3, 3],
    longestAxis: anyCount,
  },
  random: {
    takes: "[from, to, count, seed]",
    description: "uniform random numbers, the same on every machine",
    lengths: [4, 4],
    longestAxis: anyCount,
  },
  sobol: {
    takes: "[from, to, count] or [from, to, count, seed]",
    description:
      "a Sobol' design over all names of its axis, bit for bit SciPy's; a seed moves it at random",
    lengths: [3, 4],
    longestAxis: SOBOL_POINTS,
  },
} as const satisfies Record<string, AxisForm>;
