import { column, columnBytes, get, variesMask, word } from "./cells";
import { identicalBaths } from "./appendix";
import { secondLawBroken } from "./currents";
import { add, mul, select, splat } from "./lanes";
import * as layout from "./layout";

/** Results of the solved block to the sinks, its status beside them, NaN where it failed. */
export function finish(words: usize, slot: usize, row: i32, end: usize): void {
  const step = columnBytes(words);
  const results = column(words, slot, word(words, layout.RESULT_CELLS));
  // 0 where every result is finite, else NaN; and where a population is negative
  const finite = column(words, slot, word(words, layout.FINITE_CELLS));
  const negative = column(words, slot, word(words, layout.NEGATIVE_CELLS));
  memory.fill(finite, 0, end);
  memory.fill(negative, 0, end);
  const count = word(words, layout.RESULTS);
  const levels = word(words, layout.LEVELS);
  for (let k = 0; k < count; k++) {
    const from = results + <usize>k * step;
    const sink = word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k;
    const stride = word(words, sink + 1);
    const to = slot + <usize>(word(words, sink) + stride * row);
    for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
      const value = v128.load(from + i);
      v128.store(finite + i, add(v128.load(finite + i), mul(value, splat(0))));
      if (stride != 0) v128.store(to + i, value);
    }
    if (k >= levels) continue;
    for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
      const below = f64x2.lt(v128.load(from + i), splat(0));
      v128.store(negative + i, v128.or(v128.load(negative + i), below));
    }
  }
  const status = slot + <usize>(word(words, layout.STATUS_OFFSET) + row);
  const failure = i64x2.splat(layout.OUTSIDE_DOMAIN | layout.SINGULAR);
  let failures = i64x2.splat(0);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const bits = statusOf(words, slot, i, v128.load(finite + i), v128.load(negative + i));
    store<u8>(status + (i >> 3), <u8>i64x2.extract_lane(bits, 0));
    store<u8>(status + (i >> 3), <u8>i64x2.extract_lane(bits, 1), 1);
    const failed = i64x2.ne(v128.and(bits, failure), i64x2.splat(0));
    v128.store(finite + i, failed);
    failures = v128.or(failures, failed);
  }
  storeBars(words, slot, row, end);
  if (v128.any_true(failures)) blank(words, slot, row, end, finite);
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
