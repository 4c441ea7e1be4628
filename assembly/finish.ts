import { column, columnBytes, get, lengthOf, variesMask, word } from "./cells";
import { identicalBaths } from "./appendix";
import { secondLawBroken } from "./currents";
import { add, all, select, splat, sub } from "./lanes";
import * as layout from "./layout";

/** Results of the solved block to the sinks, its status beside them, NaN where it failed. */
export function finish(words: usize, slot: usize, row: i32, end: usize): void {
  const sound = storeResults(words, slot, row, end);
  storeBars(words, slot, row, end);
  const solver = word(words, layout.SOLVER);
  if (sound && solver != layout.SOLVER_LU && isPlain(words, slot, end)) {
    clearStatus(words, slot, row, end);
  } else {
    storeStatus(words, slot, row, end);
  }
}

/** Status 0 for the rows of a block. */
export function clearStatus(words: usize, slot: usize, row: i32, end: usize): void {
  const status = slot + <usize>(word(words, layout.STATUS_OFFSET) + row);
  for (let j: usize = 0; j < end >> 3; j += 16) v128.store(status + j, i64x2.splat(0));
}

/** Whether every row of the block is inside the domain. */
export function isInside(words: usize, slot: usize, end: usize): bool {
  const stages = 1 + 2 * word(words, layout.BATHS);
  let inside = true;
  for (let stage = 0; stage < stages; stage++) {
    const from = column(words, slot, word(words, layout.INSIDE_CELLS) + stage);
    if (!isSet(from, lengthOf(variesMask(words, slot, stage), end))) inside = false;
  }
  return inside;
}

/** Whether a column of masks is set in every lane. */
function isSet(from: usize, end: usize): bool {
  let mask = i64x2.splat(-1);
  let i: usize = 0;
  do {
    mask = v128.and(mask, v128.load(from + i));
    i += layout.CELL_BYTES;
  } while (i < end);
  return all(mask);
}

/** Whether no row of a block without a negative population has any other status bit. */
function isPlain(words: usize, slot: usize, end: usize): bool {
  if (word(words, layout.IDENTICAL_BATHS) != 0) return false;
  if (!isSet(column(words, slot, word(words, layout.UNIQUE_CELLS)), end)) return false;
  if (!isInside(words, slot, end)) return false;
  if (word(words, layout.SOLVER) != layout.SOLVER_PAIR_NUMERIC) return true;
  const from = column(words, slot, word(words, layout.BITS_CELLS));
  let bits = i64x2.splat(0);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) bits = v128.or(bits, v128.load(from + i));
  return !v128.any_true(bits);
}

/** Results to the sinks; whether all are finite and no population is negative. */
function storeResults(words: usize, slot: usize, row: i32, end: usize): bool {
  const results = word(words, layout.RESULT_CELLS);
  const count = word(words, layout.RESULTS);
  const levels = word(words, layout.LEVELS);
  let sum = splat(0);
  let negative = i64x2.splat(0);
  for (let k = 0; k < count; k++) {
    const from = column(words, slot, results + k);
    const sink = word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k;
    const stride = word(words, sink + 1);
    // what nobody asks for is copied onto itself
    const to = stride == 0 ? from : slot + <usize>(word(words, sink) + stride * row);
    let i: usize = 0;
    do {
      const value = v128.load(from + i);
      v128.store(to + i, value);
      sum = add(sum, sub(value, value));
      i += layout.CELL_BYTES;
    } while (i < end);
    if (k >= levels) continue;
    i = 0;
    do {
      negative = v128.or(negative, f64x2.lt(v128.load(from + i), splat(0)));
      i += layout.CELL_BYTES;
    } while (i < end);
  }
  return all(f64x2.eq(sum, splat(0))) && !v128.any_true(negative);
}

/** Status of the rows of the block, NaN for results in its sinks where it failed. */
function storeStatus(words: usize, slot: usize, row: i32, end: usize): void {
  const results = word(words, layout.RESULT_CELLS);
  const count = word(words, layout.RESULTS);
  const levels = word(words, layout.LEVELS);
  const status = slot + <usize>(word(words, layout.STATUS_OFFSET) + row);
  const failure = i64x2.splat(layout.OUTSIDE_DOMAIN | layout.SINGULAR);
  const failed = column(words, slot, word(words, layout.FAILED_CELLS));
  let failures = i64x2.splat(0);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    let sum = splat(0);
    let negative = i64x2.splat(0);
    for (let k = 0; k < count; k++) {
      const value = v128.load(column(words, slot, results + k) + i);
      sum = add(sum, sub(value, value));
      if (k < levels) negative = v128.or(negative, f64x2.lt(value, splat(0)));
    }
    const bits = statusOf(words, slot, i, sum, negative);
    store<u8>(status + (i >> 3), <u8>i64x2.extract_lane(bits, 0));
    store<u8>(status + (i >> 3), <u8>i64x2.extract_lane(bits, 1), 1);
    const mask = i64x2.ne(v128.and(bits, failure), i64x2.splat(0));
    v128.store(failed + i, mask);
    failures = v128.or(failures, mask);
  }
  if (v128.any_true(failures)) blank(words, slot, row, end, failed);
}

/** The error bars of the solved block to their sinks; an infinite one is no failure. */
function storeBars(words: usize, slot: usize, row: i32, end: usize): void {
  const step = columnBytes(words);
  const results = word(words, layout.RESULTS);
  const count = results + word(words, layout.BARS);
  for (let k = results; k < count; k++) {
    const sink = word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k;
    const stride = word(words, sink + 1);
    if (stride == 0) continue;
    const from = column(words, slot, word(words, layout.RESULT_CELLS)) + <usize>k * step;
    const to = slot + <usize>(word(words, sink) + stride * row);
    for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
      v128.store(to + i, v128.load(from + i));
    }
  }
}

/** Writes NaN to the sinks of a block in the lanes of the column `failed`. */
function blank(words: usize, slot: usize, row: i32, end: usize, failed: usize): void {
  const count = word(words, layout.RESULTS) + word(words, layout.BARS);
  for (let k = 0; k < count; k++) {
    const sink = word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k;
    const stride = word(words, sink + 1);
    if (stride == 0) continue;
    const to = slot + <usize>(word(words, sink) + stride * row);
    for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
      v128.store(to + i, select(v128.load(failed + i), splat(NaN), v128.load(to + i)));
    }
  }
}

/** Status bits of the pair at byte i of the columns. */
function statusOf(words: usize, cells: usize, i: usize, sum: v128, negative: v128): v128 {
  let bits = v128.and(negative, i64x2.splat(layout.NEGATIVE_POPULATION));
  const solver = word(words, layout.SOLVER);
  if (solver == layout.SOLVER_PAIR_NUMERIC) {
    bits = v128.or(bits, v128.load(column(words, cells, word(words, layout.BITS_CELLS)) + i));
  } else if (solver == layout.SOLVER_LU) {
    const broken = secondLawBroken(words, cells);
    bits = v128.or(bits, v128.and(broken, i64x2.splat(layout.SECOND_LAW_BROKEN)));
    const unknowns: f64 = word(words, layout.UNKNOWNS);
    const bound = splat(layout.RESIDUAL_THRESHOLD * layout.EPSILON * unknowns);
    const residual = word(words, layout.RESULT_CELLS) + word(words, layout.RESULTS) - 1;
    const small = f64x2.le(get(cells, residual), bound);
    bits = v128.or(bits, v128.andnot(i64x2.splat(layout.RESIDUAL_TOO_LARGE), small));
  }
  const finite = f64x2.eq(sum, splat(0));
  const unique = v128.load(column(words, cells, word(words, layout.UNIQUE_CELLS)) + i);
  bits = select(finite, bits, i64x2.splat(layout.OUTSIDE_DOMAIN));
  bits = select(unique, bits, i64x2.splat(layout.SINGULAR));
  return select(insideOf(words, cells, i), bits, i64x2.splat(layout.OUTSIDE_DOMAIN));
}

/** The mask of lanes of the pair at byte i whose every parameter is inside its domain. */
export function insideOf(words: usize, cells: usize, i: usize): v128 {
  const step = columnBytes(words);
  const columns = column(words, cells, word(words, layout.INSIDE_CELLS));
  const stages = 1 + 2 * word(words, layout.BATHS);
  let inside = i64x2.splat(-1);
  for (let stage = 0; stage < stages; stage++) {
    const from = columns + <usize>stage * step + (i & variesMask(words, cells, stage));
    inside = v128.and(inside, v128.load(from));
  }
  if (word(words, layout.IDENTICAL_BATHS) == 0) return inside;
  return v128.and(inside, identicalBaths(words, cells, i));
}
