import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";
import type { TapeBuilder, Value } from "./tape-builder.ts";

/** What a straight line has in the cells of the general plan; null is 0 for every row. */
export interface Cells {
  readonly get: (cell: number) => Value;
  readonly set: (cell: number, value: Value) => void;
}

/** `count` entries of a table of the general plan. */
export function entriesOf(
  words: Int32Array,
  first: number,
  count: number,
  size: number,
): readonly Int32Array[] {
  return Array.from({ length: count }, (_, k) =>
    words.subarray(first + size * k, first + size * (k + 1)),
  );
}

/** The entries of a table whose first word and length the header has. */
export function tableOf(
  words: Int32Array,
  table: number,
  count: number,
  size: number,
): readonly Int32Array[] {
  return entriesOf(words, words[table], words[count], size);
}

/** The blocks of levels that a basis mixes. */
function blocksOf(words: Int32Array): readonly Int32Array[] {
  let at = words[words[layout.BASIS_TABLE] + 4];
  return Array.from({ length: words[words[layout.BASIS_TABLE] + 3] }, () => {
    const block = words.subarray(at + 1, at + 1 + words[at]);
    at += 1 + words[at];
    return block;
  });
}

function instructionsOf(words: Int32Array): readonly Int32Array[] {
  const size = layout.INSTRUCTION_WORDS;
  return tableOf(words, layout.INSTRUCTION_TABLE, layout.INSTRUCTIONS, size);
}

/**
 * Whether a basis can be had without a branch: no function but the root, and blocks of two levels at most,
 * which one rotation makes diagonal. A factor 0, which nothing has a reason to write, would hide what is not
 * finite.
 */
export function hasStraightBasis(words: Int32Array): boolean {
  const plain = new Set([layout.ADD, layout.MULTIPLY, layout.DIVIDE, layout.SQRT]);
  const constants = tableOf(words, layout.CONSTANT_TABLE, layout.CONSTANTS, layout.CONSTANT_WORDS);
  const zeros = new Set(
    constants.filter(([, low, high]) => low === 0 && high === 0).map(([cell]) => cell),
  );
  return (
    blocksOf(words).every((block) => block.length <= 2) &&
    instructionsOf(words).every(
      ([operation, , a, b]) => plain.has(operation) && !zeros.has(a) && !zeros.has(b),
    )
  );
}

/** Elements of the operators in the product basis: `runProgram` and `sumElements` of `assembly/program.ts`. */
export function sumElements(words: Int32Array, cells: Cells, tape: TapeBuilder): void {
  for (const [operation, to, left, right] of instructionsOf(words)) {
    const [a, b] = [cells.get(left), cells.get(right)];
    if (operation === layout.ADD) cells.set(to, tape.add(a, b));
    else if (operation === layout.MULTIPLY) cells.set(to, tape.multiply(a, b));
    else if (operation === layout.DIVIDE) cells.set(to, tape.divide(a, b));
    else cells.set(to, tape.squareRoot(a));
  }
  const sums = tableOf(words, layout.SUM_TABLE, layout.SUMS, layout.SUM_WORDS);
  for (const [to, coefficient, re, im] of sums) {
    [re, im].forEach((factor, part) => {
      if (factor < 0) return;
      const term = tape.multiply(cells.get(coefficient), cells.get(factor));
      cells.set(to + part, tape.add(cells.get(to + part), term));
    });
  }
}

/** Energies and states: `diagonalise` of `assembly/eigen.ts`, whose first rotation is the last of two levels. */
export function diagonaliseBlocks(words: Int32Array, cells: Cells, tape: TapeBuilder): void {
  const [matrix, energies, vectors] = words.subarray(words[layout.BASIS_TABLE]);
  const entry = (of: number, i: number, j: number) =>
    of + common.COMPLEX * (words[common.LEVELS] * i + j);
  const one = tape.constant(1);
  for (const [p, q] of blocksOf(words)) {
    cells.set(entry(vectors, p, p), one);
    const low = cells.get(entry(matrix, p, p));
    cells.set(energies + p, low);
    if (q === undefined) continue;
    const high = cells.get(entry(matrix, q, q));
    const at = entry(matrix, p, q);
    const { shift, c, re, im } = rotation(low, high, cells.get(at), cells.get(at + 1), tape);
    cells.set(energies + p, tape.subtract(low, shift));
    cells.set(energies + q, tape.add(high, shift));
    cells.set(entry(vectors, p, p), c);
    cells.set(entry(vectors, q, q), c);
    cells.set(entry(vectors, p, q), re);
    cells.set(entry(vectors, p, q) + 1, im);
    cells.set(entry(vectors, q, p), tape.negated(re));
    cells.set(entry(vectors, q, p) + 1, im);
  }
}

/** What moves the energies apart, cosine and sine of the rotation: none where it would turn nothing. */
function rotation(low: Value, high: Value, re: Value, im: Value, tape: TapeBuilder) {
  const { add, multiply, divide, absolute, squareRoot, constant } = tape;
  const one = constant(1);
  const gap = tape.subtract(high, low);
  const size = im ? squareRoot(add(multiply(re, re), multiply(im, im))) : absolute(re);
  const least = multiply(constant(layout.SMALLEST_ROTATION), absolute(gap));
  const mask = tape.greater(size, least);
  const tau = divide(gap, multiply(constant(2), size));
  const sum = add(absolute(tau), squareRoot(add(one, multiply(tau, tau))));
  const positive = divide(one, sum);
  const t = tape.select(tape.greater(null, tau), tape.negated(positive), positive);
  const c = divide(one, squareRoot(add(one, multiply(t, t))));
  const s = multiply(t, c);
  // x/size of a real matrix is a sign
  const along = (x: Value) =>
    im ? multiply(s, divide(x, size)) : tape.select(tape.greater(null, x), tape.negated(s), s);
  return {
    shift: tape.keep(mask, multiply(t, size)),
    c: tape.select(mask, c, one),
    re: tape.keep(mask, along(re)),
    im: im && tape.keep(mask, along(im)),
  };
}

/** A real and an imaginary part. */
type Parts = readonly [Value, Value];

/** V† O V of the couplings, and the size of the largest element: `project` of `assembly/basis.ts`. */
export function projectCouplings(words: Int32Array, cells: Cells, tape: TapeBuilder): void {
  const levels = words[common.LEVELS];
  const [, , vectors] = words.subarray(words[layout.BASIS_TABLE]);
  const blocks = new Map(blocksOf(words).flatMap((block) => [...block].map((p) => [p, block])));
  const complex = (cell: number): Parts => [cells.get(cell), cells.get(cell + 1)];
  const vector = (i: number, p: number) => complex(vectors + common.COMPLEX * (levels * i + p));
  const records = tableOf(
    words,
    layout.PROJECTION_TABLE,
    layout.PROJECTIONS,
    layout.PROJECTION_WORDS,
  );
  for (const record of records) {
    const list = (table: number, count: number, size: number) =>
      entriesOf(words, record[table], record[count], size);
    // O V
    const half = new Map<number, Parts>();
    for (const [i, j, entry] of list(layout.ENTRY_TABLE, layout.ENTRIES, layout.ENTRY_WORDS)) {
      for (const q of blocks.get(j)!) {
        const at = levels * i + q;
        half.set(at, addProduct(half.get(at) ?? none, complex(entry), vector(j, q), tape));
      }
    }
    const hermitian = record[layout.ADJOINT] < 0;
    const sizes: Value[] = [];
    for (const [p, q] of list(layout.ELEMENT_TABLE, layout.ELEMENTS, layout.ELEMENT_WORDS)) {
      const [re, im] = [...blocks.get(p)!].reduce<Parts>((sum, i) => {
        const [vRe, vIm] = vector(i, p);
        const conjugate: Parts = [vRe, tape.negated(vIm)];
        return addProduct(sum, conjugate, half.get(levels * i + q) ?? none, tape);
      }, none);
      const own = hermitian && p === q ? null : im;
      const element = record[layout.TARGET] + common.COMPLEX * (levels * p + q);
      cells.set(element, re);
      cells.set(element + 1, own);
      sizes.push(tape.absolute(re), tape.absolute(own));
    }
    const norm = tape
      .different(sizes)
      .reduce((most, size) => (most && size ? tape.larger(most, size) : (most ?? size)), null);
    cells.set(record[layout.NORM], norm);
  }
}

const none: Parts = [null, null];

/** sum + a b. */
function addProduct(sum: Parts, [aRe, aIm]: Parts, [bRe, bIm]: Parts, tape: TapeBuilder): Parts {
  const { add, subtract, multiply } = tape;
  return [
    add(sum[0], subtract(multiply(aRe, bRe), multiply(aIm, bIm))),
    add(sum[1], add(multiply(aRe, bIm), multiply(aIm, bRe))),
  ];
}
