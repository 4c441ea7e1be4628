import { column, columnBytes, lengthOf, variesMask, word } from "./cells";
import { pairNumber } from "./energy-basis";
import { add, select, splat } from "./lanes";
import * as common from "./layout";
import { evaluatePair } from "./system-rows";
import * as layout from "./tape-layout";

/**
 * Gives the pairs of rows with a lane that the tape did not accept to the general plan, which keeps what
 * it has of the pair before but where that is `stale`. Whether there was none.
 */
export function solveRejected(
  words: usize,
  general: usize,
  slot: usize,
  row: i32,
  end: usize,
  coherences: bool,
  stale: bool,
): bool {
  const accepted = column(words, slot, word(words, layout.ACCEPTED));
  // the general plan finds the condition of every row
  const bars = word(general, common.BARS);
  let every = i64x2.splat(-1);
  for (let i: usize = 0; i < end; i += common.CELL_BYTES) {
    const lanes = v128.load(accepted + i);
    if (bars == 0 && v128.all_true<i64>(lanes)) continue;
    const first = v128.all_true<i64>(every);
    evaluatePair(general, slot, row + <i32>(i >> 3), stale && first, coherences);
    every = v128.and(every, lanes);
  }
  return v128.all_true<i64>(every);
}

/** What the tape found, to the sinks of the lanes it accepted; with `whole` it did all. */
export function storeAccepted(
  words: usize,
  slot: usize,
  row: i32,
  end: usize,
  coherences: bool,
  whole: bool,
): void {
  storeLevels(words, slot, row, end, whole);
  if (coherences) storeCoherences(words, slot, row, end);
  const baths = word(words, common.BATHS);
  const first = word(words, common.RESULTS) - 1 - baths;
  for (let k = 0; k <= baths; k++) {
    const operand = word(words, word(words, layout.CURRENT_TABLE) + k);
    storeResult(words, slot, row, end, first + k, operand, whole);
  }
  storeStatus(words, slot, row, end, whole);
}

/** Address of a row in the column of result k, or 0 where none is asked for. */
function sinkOf(words: usize, slot: usize, row: i32, k: i32): usize {
  const sink = word(words, common.SINK_TABLE) + common.SINK_WORDS * k;
  const stride = word(words, sink + 1);
  return stride == 0 ? 0 : slot + <usize>(word(words, sink) + stride * row);
}

/** One operand to the column of result k; with `whole` every lane is accepted. */
function storeResult(
  words: usize,
  slot: usize,
  row: i32,
  end: usize,
  k: i32,
  operand: i32,
  whole: bool,
): void {
  const to = sinkOf(words, slot, row, k);
  if (to == 0) return;
  const from = column(words, slot, operand);
  // + 0: a zero has no sign
  if (whole) {
    for (let i: usize = 0; i < end; i += common.CELL_BYTES) {
      v128.store(to + i, add(v128.load(from + i), splat(0)));
    }
    return;
  }
  const accepted = column(words, slot, word(words, layout.ACCEPTED));
  for (let i: usize = 0; i < end; i += common.CELL_BYTES) {
    const value = add(v128.load(from + i), splat(0));
    v128.store(to + i, select(v128.load(accepted + i), value, v128.load(to + i)));
  }
}

/** Populations in ascending energy: whole columns where the order is one for all, else lane by lane. */
function storeLevels(words: usize, slot: usize, row: i32, end: usize, whole: bool): void {
  const levels = word(words, common.LEVELS);
  const table = word(words, layout.LEVEL_TABLE);
  const ranks = word(words, layout.RANK_CELLS);
  const ordered = sameOrder(words, slot, end);
  for (let p = 0; p < levels; p++) {
    const operand = word(words, table + p);
    const rank = column(words, slot, ranks + p);
    if (ordered) storeResult(words, slot, row, end, i32(load<f64>(rank)), operand, whole);
    else storeByLane(words, slot, row, end, operand, rank);
  }
}

/** Whether the levels have one order of energies in the block. */
function sameOrder(words: usize, slot: usize, end: usize): bool {
  const levels = word(words, common.LEVELS);
  const length = lengthOf(variesMask(words, slot, 0), end);
  let apart = i64x2.splat(0);
  for (let p = 0; p < levels; p++) {
    const rank = column(words, slot, word(words, layout.RANK_CELLS) + p);
    const first = v128.load64_splat(rank);
    for (let i: usize = 0; i < length; i += common.CELL_BYTES) {
      apart = v128.or(apart, v128.xor(first, v128.load(rank + i)));
    }
  }
  return !v128.any_true(apart);
}

/** Whether the lane at byte i of a block's rows is accepted. */
function isAccepted(words: usize, slot: usize, i: usize): bool {
  const accepted = word(words, layout.ACCEPTED);
  const from = column(words, slot, accepted);
  return load<i64>(from + i) != 0;
}

/** The mask for byte offsets of lanes in what the model decides. */
function laneMask(words: usize, slot: usize): usize {
  return variesMask(words, slot, 0) | 8;
}

function storeByLane(
  words: usize,
  slot: usize,
  row: i32,
  end: usize,
  operand: i32,
  rank: usize,
): void {
  const from = column(words, slot, operand);
  const mask = laneMask(words, slot);
  for (let i: usize = 0; i < end; i += 8) {
    if (!isAccepted(words, slot, i)) continue;
    const to = sinkOf(words, slot, row, i32(load<f64>(rank + (i & mask))));
    if (to != 0) store<f64>(to + i, load<f64>(from + i) + 0);
  }
}

/** ρ_pq of every pair, each lane in its own order of energies. */
function storeCoherences(words: usize, slot: usize, row: i32, end: usize): void {
  const levels = word(words, common.LEVELS);
  const ranks = column(words, slot, word(words, layout.RANK_CELLS));
  const step = columnBytes(words);
  const mask = laneMask(words, slot);
  let at = word(words, layout.COHERENCE_TABLE);
  for (let p = 0; p < levels; p++) {
    for (let q = p + 1; q < levels; q++, at += common.COMPLEX) {
      for (let i: usize = 0; i < end; i += 8) {
        if (!isAccepted(words, slot, i)) continue;
        const a = i32(load<f64>(ranks + <usize>p * step + (i & mask)));
        const b = i32(load<f64>(ranks + <usize>q * step + (i & mask)));
        const pair = a < b ? pairNumber(a, b, levels) : pairNumber(b, a, levels);
        const k = levels + common.COMPLEX * pair;
        storePart(words, slot, row, k, word(words, at), i, 1);
        storePart(words, slot, row, k + 1, word(words, at + 1), i, a < b ? 1 : -1);
      }
    }
  }
}

/** Part of a coherence, with its sign, of the row at byte i to the column of result k. */
function storePart(
  words: usize,
  slot: usize,
  row: i32,
  k: i32,
  operand: i32,
  i: usize,
  sign: f64,
): void {
  const to = sinkOf(words, slot, row, k);
  if (to == 0) return;
  let value: f64 = 0;
  if (operand >= 0) {
    value = sign * load<f64>(column(words, slot, operand) + i) + 0;
  }
  store<f64>(to + i, value);
}

/** The status of the accepted lanes; with `whole` they are all, and most blocks have nothing to tell. */
function storeStatus(words: usize, slot: usize, row: i32, end: usize, whole: bool): void {
  const negativeColumn = column(words, slot, word(words, layout.NEGATIVE));
  const brokenColumn = column(words, slot, word(words, layout.BROKEN));
  const status = slot + <usize>(word(words, common.STATUS_OFFSET) + row);
  let some = i64x2.splat(whole ? 0 : -1);
  for (let i: usize = 0; i < end; i += common.CELL_BYTES) {
    const found = v128.or(v128.load(negativeColumn + i), v128.load(brokenColumn + i));
    some = v128.or(some, found);
  }
  if (!v128.any_true(some)) {
    memory.fill(status, 0, end >> 3);
    return;
  }
  for (let i: usize = 0; i < end; i += 8) {
    if (!isAccepted(words, slot, i)) continue;
    const negative = load<i64>(negativeColumn + i) & common.NEGATIVE_POPULATION;
    const broken = load<i64>(brokenColumn + i) & common.SECOND_LAW_BROKEN;
    store<u8>(status + (i >> 3), <u8>(negative | broken));
  }
}
