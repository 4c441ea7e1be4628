// Scratch is counted in cells of 16 bytes, one double a lane. A block has as many of each as it has
// pairs of rows: a cell is the first of a column, the same quantity of one pair after the other.

import * as layout from "./layout";

/** A word of the plan. */
export function word(words: usize, index: i32): i32 {
  return load<i32>(words + ((<usize>index) << 2));
}

/** Address of a cell where a block is one pair. */
export function at(cells: usize, index: i32): usize {
  return cells + ((<usize>index) << 4);
}

/** The lanes of such a cell. */
export function get(cells: usize, index: i32): v128 {
  return v128.load(at(cells, index));
}

export function set(cells: usize, index: i32, value: v128): void {
  v128.store(at(cells, index), value);
}

/** Address of the column of a cell. */
export function column(words: usize, cells: usize, index: i32): usize {
  return at(cells, index * word(words, layout.BLOCK_PAIRS));
}

/** Bytes from one column to the next. */
export function columnBytes(words: usize): usize {
  return <usize>(layout.CELL_BYTES * word(words, layout.BLOCK_PAIRS));
}

/**
 * The mask to be applied to the byte offset of a pair within a column: all ones where the parameters
 * of stage `stage` vary within the block, 0 where its column holds one value for all. Stage 0 is the
 * model, 1 + b bath b.
 */
export function variesMask(words: usize, cells: usize, stage: i32): usize {
  return load<usize>(column(words, cells, word(words, layout.VARIES_CELLS) + stage));
}

/**
 * Sets that mask, and beside it the strides below, which loops read from here: of a value in a register
 * V8 would form them anew at each turn. The model's comes first.
 */
export function setVariesMask(words: usize, cells: usize, stage: i32, mask: usize): void {
  const at = column(words, cells, word(words, layout.VARIES_CELLS) + stage);
  store<usize>(at, mask);
  store<usize>(at, mask & layout.CELL_BYTES, 4);
  store<usize>(at, (mask | variesMask(words, cells, 0)) & layout.CELL_BYTES, 8);
}

/** Bytes from one pair to the next of a column that depends on that stage alone. */
export function strideOf(words: usize, cells: usize, stage: i32): usize {
  return load<usize>(column(words, cells, word(words, layout.VARIES_CELLS) + stage), 4);
}

/** The same of a column that depends on the model too. */
export function jointStrideOf(words: usize, cells: usize, stage: i32): usize {
  return load<usize>(column(words, cells, word(words, layout.VARIES_CELLS) + stage), 8);
}

/** Byte offset at which the pairs of a stage with this mask end, of `end` for a varying one. */
export function lengthOf(mask: usize, end: usize): usize {
  return mask == 0 ? <usize>layout.CELL_BYTES : end;
}
