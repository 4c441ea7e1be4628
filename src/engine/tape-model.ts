import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";
import {
  type Cells,
  diagonaliseBlocks,
  entriesOf,
  hasStraightBasis,
  projectCouplings,
  sumElements,
  tableOf,
} from "./tape-basis.ts";
import type { TapeBuilder, Value } from "./tape-builder.ts";

/** With more levels it is longer than what it saves. */
const MOST_LEVELS = 8;
const SPLITTER = 134217729; // 2^27 + 1
/** log₂e = head of 26 bits + tail. */
const LOG2E_HEAD = 1.4426950514316559;
const LOG2E_TAIL = -1.0542692476429138e-8;

/** What the straight line needs of the model, where it makes it itself. */
export interface ModelLine {
  /**
   * What is in a cell of the general plan in the lanes of `allowed`: an energy, w(q → p), an element's part, a
   * norm.
   */
  readonly get: (cell: number) => Value;
  /** ω, and ω log₂e as head and tail, of each frequency that differs from the others. */
  readonly frequencies: readonly Value[];
  /** Which of them is that of a label, by the labels' order. */
  readonly frequencyOf: readonly number[];
  /** The place of each level in ascending energy. */
  readonly ranks: readonly Value[];
  /** The mask of lanes that a straight line may solve, in which no label is 0. */
  readonly allowed: Value;
}

/**
 * `prepareModel` of the general plan as straight-line arithmetic, and what `fillModel` asks of it: undefined
 * where that takes a branch. `parameters` are the model's.
 */
export function makeModelLine(
  words: Int32Array,
  parameters: readonly Value[],
  tape: TapeBuilder,
): ModelLine | undefined {
  if (words[common.LEVELS] > MOST_LEVELS || !hasStraightBasis(words)) return undefined;
  if (words[layout.BASES] > 1 || words[layout.EQUATION] === layout.KEEP_CLUSTERS) return undefined;
  const values = new Map(parameters.map((p, k) => [words[common.PARAMETER_CELLS] + k, p]));
  const cells: Cells = {
    get: (cell) => values.get(cell) ?? null,
    set: (cell, value) => void values.set(cell, value),
  };
  for (const [cell, value] of constantsOf(words)) {
    if (value !== 0) cells.set(cell, tape.constant(value));
  }
  sumElements(words, cells, tape);
  diagonaliseBlocks(words, cells, tape);
  projectCouplings(words, cells, tape);
  const energies = energiesOf(words, cells);
  const width = tape.subtract(energies.reduce(tape.larger), energies.reduce(tape.smaller));
  const { equal, cutoff } = cutoffs(words, cells, width, tape);
  const sizes = fillLabels(words, cells, tape);
  const different = tape.different(sizes);
  const turning = different.map((omega) => tape.greater(omega, equal));
  const masks = [
    ...insideDomain(words, cells, width, tape),
    ...turning,
    ...apart(words, cells, cutoff, tape),
  ];
  return {
    get: cells.get,
    frequencies: different.flatMap((omega) => frequency(omega, tape)),
    frequencyOf: sizes.map((size) => different.findIndex((omega) => omega?.node === size?.node)),
    ranks: rankLevels(energies, tape),
    allowed: tape.all(masks),
  };
}

function constantsOf(words: Int32Array): readonly (readonly [number, number])[] {
  const size = layout.CONSTANT_WORDS;
  return tableOf(words, layout.CONSTANT_TABLE, layout.CONSTANTS, size).map(([cell, low, high]) => [
    cell,
    new Float64Array(Int32Array.of(low, high).buffer)[0],
  ]);
}

function energiesOf(words: Int32Array, { get }: Cells): readonly Value[] {
  const first = words[words[layout.BASIS_TABLE] + 1];
  return Array.from({ length: words[common.LEVELS] }, (_, p) => get(first + p));
}

/** The double that follows a positive one, or with `by` −1 the one before. */
function next(x: number, by: 1 | -1): number {
  const bits = BigInt64Array.of(0n);
  const double = new Float64Array(bits.buffer);
  double[0] = x;
  bits[0] += BigInt(by);
  return double[0];
}

/** `checkElements` of `assembly/basis.ts`, and a width that is 0 or a number to work with. */
function insideDomain(
  words: Int32Array,
  cells: Cells,
  width: Value,
  tape: TapeBuilder,
): readonly Value[] {
  const tooLarge = tape.constant(next(common.LARGEST, 1));
  const elements = Array.from({ length: words[layout.SUM_COUNT] }, (_, k) =>
    cells.get(words[layout.SUM_CELLS] + k),
  );
  const wide = tape.select(tape.greater(width, null), width, tape.constant(common.SMALLEST));
  return [
    ...[...elements, width].flatMap((x) => (x ? [tape.greater(tooLarge, tape.absolute(x))] : [])),
    tape.greater(wide, tape.constant(next(common.SMALLEST, -1))),
  ];
}

/** Up to which difference energies count as equal, and labels as those of one term: `assembly/labels.ts`. */
function cutoffs(words: Int32Array, cells: Cells, width: Value, tape: TapeBuilder) {
  const least = tape.multiply(tape.constant(layout.DEGENERATE), width);
  const equation = words[layout.EQUATION];
  const number = cells.get(words[layout.NUMBER_CELL]);
  if (equation === layout.KEEP_RELATIVE) {
    const equal = tape.larger(least, tape.multiply(number, width));
    return { equal, cutoff: equal };
  }
  const cutoff = equation === layout.KEEP_ABSOLUTE ? tape.larger(least, number) : least;
  return { equal: least, cutoff };
}

/** The labels of `prepareLabels` to their cells, as they are where none is 0; their sizes. */
function fillLabels(words: Int32Array, cells: Cells, tape: TapeBuilder): readonly Value[] {
  const labels = tableOf(words, layout.LABEL_TABLE, common.FREQUENCIES, layout.LABEL_WORDS);
  return labels.map(([low, high, label, turned]) => {
    const gap = tape.subtract(cells.get(high), cells.get(low));
    cells.set(label, gap);
    cells.set(turned, tape.negated(gap));
    return tape.absolute(gap);
  });
}

/**
 * ω, and ω log₂e as head of 26 bits and tail: with both factors cut at 26 bits, the product of their heads
 * is exact, and the roundings of what else there is stay below 2⁻⁷⁷ of it.
 */
function frequency(omega: Value, tape: TapeBuilder): readonly Value[] {
  const { add, subtract, multiply, constant } = tape;
  const head = (a: Value) => {
    const c = multiply(constant(SPLITTER), a);
    return subtract(c, subtract(c, a));
  };
  const leading = head(omega);
  const rest = subtract(omega, leading);
  const product = multiply(leading, constant(LOG2E_HEAD));
  const first = head(product);
  const small = add(multiply(leading, constant(LOG2E_TAIL)), multiply(rest, constant(Math.LOG2E)));
  return [omega, first, add(subtract(product, first), small)];
}

/** `rankLevels` of `assembly/energy-basis.ts`. */
function rankLevels(energies: readonly Value[], tape: TapeBuilder): readonly Value[] {
  const one = tape.constant(1);
  return energies.map((energy, p) =>
    tape.sum(
      energies.map((other, q) => {
        if (p === q) return null;
        if (p < q) return tape.keep(tape.greater(energy, other), one);
        return tape.subtract(one, tape.keep(tape.greater(other, energy), one));
      }),
    ),
  );
}

/** The masks of lanes in which no coherence apart could last, and none matters that is left out. */
function apart(
  words: Int32Array,
  cells: Cells,
  cutoff: Value,
  tape: TapeBuilder,
): readonly Value[] {
  const first = words[layout.SECTOR_TABLE] + layout.SECTOR_WORDS;
  const energies = words[words[layout.BASIS_TABLE] + 1];
  const pairs = entriesOf(words, first, words[layout.ISLANDS], layout.SECTOR_WORDS).flatMap(
    (island) => {
      const [table, count] = [island[layout.COHERENCE_TABLE], island[layout.COHERENCES]];
      return entriesOf(words, table, count, layout.COHERENCE_WORDS).map(([p, q]) => [
        energies + p,
        energies + q,
      ]);
    },
  );
  const keepsAll = words[layout.EQUATION] === layout.KEEP_ALL;
  const every = tableOf(words, layout.COUPLER_TABLE, layout.COUPLERS, layout.COUPLER_WORDS);
  const couplers = keepsAll ? [] : every;
  return [...pairs, ...couplers].map(([a, b]) =>
    tape.greater(tape.absolute(tape.subtract(cells.get(a), cells.get(b))), cutoff),
  );
}
