import { biasOf, closeDifference, couplingMask, frequencyOf, isClose, occupationOf } from "./bath";
import { column, lengthOf, strideOf, variesMask, word } from "./cells";
import { fillClosedBars } from "./closed-bars";
import { clearStatus, finish, isInside } from "./finish";
import { add, all, div, mul, splat, sub } from "./lanes";
import * as layout from "./layout";

/** Bytes from one column to the next: closed forms go in blocks of CLOSED_BLOCK pairs. */
const STEP: usize = layout.CLOSED_BLOCK * layout.CELL_BYTES;
const TOTAL: usize = layout.TOTAL * STEP;
const UPPER: usize = layout.UPPER * STEP;
const LOWER: usize = layout.LOWER * STEP;
const CURRENT: usize = layout.CURRENT * STEP;
const NEXT: usize = layout.TRANSITION_SIZE * STEP;
const NEXT_TOTAL: usize = NEXT + TOTAL;
const E: usize = layout.BOLTZMANN * STEP;
const F: usize = layout.COMPLEMENT * STEP;
const C: usize = layout.FACTOR * STEP;
const G: usize = layout.COUPLING * STEP;
const DRIVE: usize = layout.DRIVE * STEP;
const POWER: usize = layout.POWER * STEP;

/**
 * Results and status of the prepared block by the closed forms of the Lindblad equation. They go to the
 * sinks at once; only a block with a row without results, or with error bars, takes the way of the
 * others, by result columns and `finish`.
 */
export function solveClosed(words: usize, slot: usize, row: i32, end: usize): void {
  const bars = word(words, layout.BARS) != 0;
  if (!bars) clearSinks(words, slot, row, end);
  if (!bars && solveRows(words, slot, row, end, true)) return;
  solveRows(words, slot, row, end, false);
  const transition = column(words, slot, word(words, layout.TRANSITION_CELLS));
  const unique = column(words, slot, word(words, layout.UNIQUE_CELLS));
  const pair = word(words, layout.SOLVER) == layout.SOLVER_PAIR_LINDBLAD;
  const zero = splat(0);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    let driven = f64x2.ne(v128.load(transition + i, TOTAL), zero);
    if (pair) driven = v128.and(driven, f64x2.ne(v128.load(transition + i, NEXT_TOTAL), zero));
    v128.store(unique + i, driven);
  }
  if (bars) fillClosedBars(words, slot, end);
  finish(words, slot, row, end);
}

/** Zeros to the sinks of what a closed form has not: coherences and a residual. */
function clearSinks(words: usize, slot: usize, row: i32, end: usize): void {
  const levels = word(words, layout.LEVELS);
  const current = levels + layout.COMPLEX * word(words, layout.COHERENCES);
  const count = word(words, layout.RESULTS);
  for (let k = levels; k < count; k++) {
    if (k == current) k += word(words, layout.BATHS);
    if (isAsked(words, k)) memory.fill(targetOf(words, slot, k, row, true), 0, end);
  }
}

/** Where result k goes: its sink, or its column where nobody asks for it. */
function targetOf(words: usize, slot: usize, k: i32, row: i32, direct: bool): usize {
  if (!direct || !isAsked(words, k)) {
    return column(words, slot, word(words, layout.RESULT_CELLS) + k);
  }
  const sink = word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k;
  return slot + <usize>(word(words, sink) + word(words, sink + 1) * row);
}

/** Whether result k has a sink. */
function isAsked(words: usize, k: i32): bool {
  return word(words, word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k + 1) != 0;
}

/** Whether this solver is one of those. */
export function isClosed(solver: i32): bool {
  return solver == layout.SOLVER_QUBIT || solver == layout.SOLVER_PAIR_LINDBLAD;
}

/**
 * The strength with which bath b drives each transition: g(ω) times the weight of its operator. A qubit is
 * one transition driven by both baths; a pair two, ω₊ driven by bath A with the weight α² and by B with β²,
 * ω₋ the other way.
 */
export function fillDrive(words: usize, cells: usize, b: i32, end: usize): void {
  const modelMask = variesMask(words, cells, 0);
  const mask = couplingMask(words, cells, b);
  const length = lengthOf(mask, end);
  const frequencies = word(words, layout.FREQUENCIES);
  for (let f = 0; f < frequencies; f++) {
    const number = frequencies == 1 ? 0 : b ^ f;
    const elements = column(
      words,
      cells,
      word(words, layout.ELEMENT_CELLS) + layout.COMPLEX * number,
    );
    const frequency = frequencyOf(words, cells, f);
    const occupation = occupationOf(words, cells, b, f);
    for (let i: usize = 0; i < length; i += layout.CELL_BYTES) {
      const element = v128.load(elements + (i & modelMask));
      const omega = v128.load(frequency + (i & modelMask));
      const drive = mul(mul(element, element), v128.load(occupation + i, G));
      v128.store(occupation + i, drive, DRIVE);
      v128.store(occupation + i, mul(drive, omega), POWER);
    }
  }
}

/** False where a row has no results or, as the sum of all rates is 0, no unique steady state. */
function solveRows(words: usize, slot: usize, row: i32, end: usize, direct: bool): bool {
  const pair = word(words, layout.SOLVER) == layout.SOLVER_PAIR_LINDBLAD;
  let good = solveTransition(words, slot, 0, end);
  if (pair) {
    good = solveTransition(words, slot, 1, end) && good;
    good = combine(words, slot, row, end, direct) && good;
  } else {
    good = copyShares(words, slot, row, end, direct) && good;
  }
  clearStatus(words, slot, row, end);
  return isInside(words, slot, end) && good;
}

/**
 * The transition of frequency number f. Every fraction is multiplied by
 * f_A f_B = (1 − e^{−ω/T_A})(1 − e^{−ω/T_B}), so that no Planck number appears and nothing overflows at
 * any temperature. False where not every row's sum of rates has an inverse.
 */
function solveTransition(words: usize, slot: usize, f: i32, end: usize): bool {
  const modelMask = variesMask(words, slot, 0);
  const maskA = variesMask(words, slot, 1);
  const maskB = variesMask(words, slot, 2);
  const strideA = strideOf(modelMask | maskA);
  const strideB = strideOf(modelMask | maskB);
  const driveStrideA = strideOf(couplingMask(words, slot, 0));
  const driveStrideB = strideOf(couplingMask(words, slot, 1));
  const biasStride = strideOf(maskA | maskB);
  const number = word(words, layout.TRANSITION_CELLS) + layout.TRANSITION_SIZE * f;
  const transition = column(words, slot, number);
  const last = transition + end;
  let to = transition;
  let a = occupationOf(words, slot, 0, f);
  let b = occupationOf(words, slot, 1, f);
  let driveA = a;
  let driveB = b;
  let frequency = frequencyOf(words, slot, f);
  let bias = biasOf(words, slot);
  let sound = i64x2.splat(-1);
  let close = i64x2.splat(0);
  do {
    const gA = v128.load(driveA, DRIVE);
    const eA = v128.load(a, E);
    const eB = v128.load(b, E);
    const cA = v128.load(a, C);
    const cB = v128.load(b, C);
    const downA = mul(gA, v128.load(b, F));
    const downB = mul(v128.load(driveB, DRIVE), v128.load(a, F));
    const down = add(mul(downA, cA), mul(downB, cB));
    const up = add(mul(downA, eA), mul(downB, eB));
    const total = add(down, up);
    const inverse = div(splat(1), total);
    sound = v128.and(sound, f64x2.gt(inverse, splat(0)));
    close = v128.or(close, isClose(mul(v128.load(frequency), v128.load(bias))));
    const strength = mul(mul(gA, inverse), v128.load(driveB, POWER));
    v128.store(to, total, TOTAL);
    v128.store(to, mul(up, inverse), UPPER);
    v128.store(to, mul(down, inverse), LOWER);
    v128.store(to, mul(strength, sub(mul(eA, cB), mul(eB, cA))), CURRENT);
    a += strideA;
    b += strideB;
    driveA += driveStrideA;
    driveB += driveStrideB;
    frequency += strideOf(modelMask);
    bias += biasStride;
    to += layout.CELL_BYTES;
  } while (to < last);
  if (v128.any_true(close)) solveClose(words, slot, f, end);
  return all(sound);
}

/** The current of that transition once more, where the baths' Boltzmann factors are close. */
function solveClose(words: usize, slot: usize, f: i32, end: usize): void {
  const modelMask = variesMask(words, slot, 0);
  const maskA = variesMask(words, slot, 1);
  const maskB = variesMask(words, slot, 2);
  const strideA = strideOf(modelMask | maskA);
  const strideB = strideOf(modelMask | maskB);
  const driveStrideA = strideOf(couplingMask(words, slot, 0));
  const driveStrideB = strideOf(couplingMask(words, slot, 1));
  const biasStride = strideOf(maskA | maskB);
  const number = word(words, layout.TRANSITION_CELLS) + layout.TRANSITION_SIZE * f;
  let to = column(words, slot, number);
  const last = to + end;
  let a = occupationOf(words, slot, 0, f);
  let b = occupationOf(words, slot, 1, f);
  let driveA = a;
  let driveB = b;
  let frequency = frequencyOf(words, slot, f);
  let bias = biasOf(words, slot);
  do {
    const inverse = div(splat(1), v128.load(to, TOTAL));
    const strength = mul(mul(v128.load(driveA, DRIVE), inverse), v128.load(driveB, POWER));
    const eA = mul(v128.load(a, E), v128.load(b, C));
    const eB = mul(v128.load(b, E), v128.load(a, C));
    const delta = mul(v128.load(frequency), v128.load(bias));
    const difference = closeDifference(eA, eB, delta, sub(eA, eB));
    v128.store(to, mul(strength, difference), CURRENT);
    a += strideA;
    b += strideB;
    driveA += driveStrideA;
    driveB += driveStrideB;
    frequency += strideOf(modelMask);
    bias += biasStride;
    to += layout.CELL_BYTES;
  } while (to < last);
}

/** (3.18)–(3.22) of a qubit. False where a current is not finite. */
function copyShares(words: usize, slot: usize, row: i32, end: usize, direct: bool): bool {
  const transition = column(words, slot, word(words, layout.TRANSITION_CELLS));
  const current = word(words, layout.LEVELS) + layout.COMPLEX * word(words, layout.COHERENCES);
  const to0 = targetOf(words, slot, 0, row, direct);
  const to1 = targetOf(words, slot, 1, row, direct);
  const toA = targetOf(words, slot, current, row, direct);
  const toB = targetOf(words, slot, current + 1, row, direct);
  let sum = splat(0);
  let i: usize = 0;
  do {
    const q = v128.load(transition + i, CURRENT);
    v128.store(to0 + i, v128.load(transition + i, LOWER));
    v128.store(to1 + i, v128.load(transition + i, UPPER));
    v128.store(toA + i, q);
    v128.store(toB + i, sub(splat(0), q));
    sum = add(sum, sub(q, q));
    i += layout.CELL_BYTES;
  } while (i < end);
  return all(f64x2.eq(sum, splat(0)));
}

/** (3.50), (3.56)–(3.61) of both transitions' shares. False where a current is not finite. */
function combine(words: usize, slot: usize, row: i32, end: usize, direct: bool): bool {
  const transitions = column(words, slot, word(words, layout.TRANSITION_CELLS));
  const current = word(words, layout.LEVELS) + layout.COMPLEX * word(words, layout.COHERENCES);
  const to0 = targetOf(words, slot, 0, row, direct);
  const to1 = targetOf(words, slot, 1, row, direct);
  const to2 = targetOf(words, slot, 2, row, direct);
  const to3 = targetOf(words, slot, 3, row, direct);
  const toA = targetOf(words, slot, current, row, direct);
  const toB = targetOf(words, slot, current + 1, row, direct);
  let sum = splat(0);
  let i: usize = 0;
  do {
    const from = transitions + i;
    const upper = v128.load(from, UPPER);
    const lower = v128.load(from, LOWER);
    const upperMinus = v128.load(from, NEXT + UPPER);
    const lowerMinus = v128.load(from, NEXT + LOWER);
    const q = add(v128.load(from, CURRENT), v128.load(from, NEXT + CURRENT));
    v128.store(to0 + i, mul(lower, lowerMinus));
    v128.store(to1 + i, mul(lower, upperMinus));
    v128.store(to2 + i, mul(upper, lowerMinus));
    v128.store(to3 + i, mul(upper, upperMinus));
    v128.store(toA + i, q);
    v128.store(toB + i, sub(splat(0), q));
    sum = add(sum, sub(q, q));
    i += layout.CELL_BYTES;
  } while (i < end);
  return all(f64x2.eq(sum, splat(0)));
}
