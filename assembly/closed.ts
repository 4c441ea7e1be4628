import {
  biasOf,
  closeDifference,
  couplingStrideOf,
  frequencyOf,
  isClose,
  occupationOf,
} from "./bath";
import { column, jointStrideOf, lengthOf, strideOf, word } from "./cells";
import { fillClosedBars } from "./closed-bars";
import { clearStatus, finish, isInside } from "./finish";
import { add, all, div, mul, splat, sub } from "./lanes";
import * as layout from "./layout";
import { isAsked, targetOf } from "./sinks";

/** Bytes from one column to the next: closed forms go in blocks of BLOCK pairs. */
const STEP: usize = layout.BLOCK * layout.CELL_BYTES;
const TOTAL: usize = layout.TOTAL * STEP;
const NEXT_TOTAL: usize = (layout.TRANSITION_SIZE + layout.TOTAL) * STEP;
/** Bytes from a bath's columns at ω₊ to those at ω₋. */
const MINUS: usize = layout.OCCUPATION_SIZE * STEP;
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
  const frequencies = word(words, layout.FREQUENCIES);
  for (let f = 0; f < frequencies; f++) {
    fillDriveAt(words, cells, b, f, frequencies == 1 ? 0 : b ^ f, end);
  }
}

/** The same at frequency number f, of the operator whose matrix element is number `element`. */
function fillDriveAt(words: usize, cells: usize, b: i32, f: i32, element: i32, end: usize): void {
  const modelStride = strideOf(words, cells, 0);
  const stride = jointStrideOf(words, cells, 1 + word(words, layout.BATHS) + b);
  const couplingStride = couplingStrideOf(words, cells, b);
  const elements = word(words, layout.ELEMENT_CELLS) + layout.COMPLEX * element;
  let from = column(words, cells, elements);
  let frequency = frequencyOf(words, cells, f);
  let coupling = occupationOf(words, cells, b, f);
  let to = coupling;
  const last = to + lengthOf(stride, end);
  do {
    const weight = v128.load(from);
    const drive = mul(mul(weight, weight), v128.load(coupling, G));
    v128.store(to, drive, DRIVE);
    v128.store(to, mul(drive, v128.load(frequency)), POWER);
    from += modelStride;
    frequency += modelStride;
    coupling += couplingStride;
    to += layout.CELL_BYTES;
  } while (to < last);
}

/** The models, as types: each has loops of its own. */
class Qubit {}
class Pair {}
/** Loops for blocks in which no temperatures are close, in which some are at ω₋ alone, and for any. */
class Apart {}
class CloseMinus {}
class Close {}

/** False where a row has no results or, as the sum of all rates is 0, no unique steady state. */
function solveRows(words: usize, slot: usize, row: i32, end: usize, direct: bool): bool {
  const pair = word(words, layout.SOLVER) == layout.SOLVER_PAIR_LINDBLAD;
  let good: bool;
  if (pair) {
    if (!direct || hasClose(words, slot, 0, end)) {
      good = solveTransitions<Pair, Close>(words, slot, row, end, direct);
    } else if (hasClose(words, slot, 1, end)) {
      good = solveTransitions<Pair, CloseMinus>(words, slot, row, end, direct);
    } else {
      good = solveTransitions<Pair, Apart>(words, slot, row, end, direct);
    }
  } else if (!direct || hasClose(words, slot, 0, end)) {
    good = solveTransitions<Qubit, Close>(words, slot, row, end, direct);
  } else {
    good = solveTransitions<Qubit, Apart>(words, slot, row, end, direct);
  }
  clearStatus(words, slot, row, end);
  return isInside(words, slot, end) && good;
}

/** Whether there may be a row in which the baths' Boltzmann factors are close at frequency number f. */
function hasClose(words: usize, slot: usize, f: i32, end: usize): bool {
  const frequency = frequencyOf(words, slot, f);
  const least = v128.load(biasOf(words, slot), layout.LEAST * STEP);
  const length = lengthOf(strideOf(words, slot, 0), end);
  let close = i64x2.splat(0);
  let i: usize = 0;
  do {
    close = v128.or(close, isClose(mul(v128.load(frequency + i), least)));
    i += layout.CELL_BYTES;
  } while (i < length);
  return v128.any_true(close);
}

/**
 * A qubit's transition, (3.18)–(3.22), or both of a pair, (3.50), (3.56)–(3.61). Every fraction is
 * multiplied by f_A f_B = (1 − e^{−ω/T_A})(1 − e^{−ω/T_B}), so that no Planck number appears and nothing
 * overflows at any temperature. False where a sum of rates has no inverse or a current is not finite.
 */
function solveTransitions<Model, Temperatures>(
  words: usize,
  slot: usize,
  row: i32,
  end: usize,
  direct: bool,
): bool {
  const pair = idof<Model>() == idof<Pair>();
  const close = idof<Temperatures>() == idof<Close>();
  const closeMinus = close || idof<Temperatures>() == idof<CloseMinus>();
  const strideA = jointStrideOf(words, slot, 1);
  const strideB = jointStrideOf(words, slot, 2);
  const driveStrideA = jointStrideOf(words, slot, 3);
  const driveStrideB = jointStrideOf(words, slot, 4);
  const modelStride = strideOf(words, slot, 0);
  const biasStride = strideOf(words, slot, 1) | strideOf(words, slot, 2);
  const current = word(words, layout.LEVELS) + layout.COMPLEX * word(words, layout.COHERENCES);
  const to0 = targetOf(words, slot, 0, row, direct);
  const to1 = targetOf(words, slot, 1, row, direct);
  const to2 = pair ? targetOf(words, slot, 2, row, direct) : 0;
  const to3 = pair ? targetOf(words, slot, 3, row, direct) : 0;
  const toA = targetOf(words, slot, current, row, direct);
  const toB = targetOf(words, slot, current + 1, row, direct);
  const totals = column(words, slot, word(words, layout.TRANSITION_CELLS));
  let a = occupationOf(words, slot, 0, 0);
  let b = occupationOf(words, slot, 1, 0);
  let driveA = a;
  let driveB = b;
  let frequency = frequencyOf(words, slot, 0);
  let bias = biasOf(words, slot);
  let sound = i64x2.splat(-1);
  let sum = splat(0);
  let i: usize = 0;
  do {
    const gA = v128.load(driveA, DRIVE);
    const downA = mul(gA, v128.load(b, F));
    const downB = mul(v128.load(driveB, DRIVE), v128.load(a, F));
    const eA = v128.load(a, E);
    const eB = v128.load(b, E);
    const cA = v128.load(a, C);
    const cB = v128.load(b, C);
    const down = add(mul(downA, cA), mul(downB, cB));
    const up = add(mul(downA, eA), mul(downB, eB));
    const total = add(down, up);
    const inverse = div(splat(1), total);
    sound = v128.and(sound, f64x2.gt(inverse, splat(0)));
    const strength = mul(mul(gA, inverse), v128.load(driveB, POWER));
    const lower = mul(down, inverse);
    const upper = mul(up, inverse);
    const fromA = mul(eA, cB);
    const fromB = mul(eB, cA);
    let difference = sub(fromA, fromB);
    if (close) {
      const delta = mul(v128.load(frequency), v128.load(bias));
      difference = closeDifference(fromA, fromB, delta, difference);
      v128.store(totals + i, total, TOTAL);
    }
    let q = mul(strength, difference);
    if (pair) {
      const gA = v128.load(driveA, MINUS + DRIVE);
      const downA = mul(gA, v128.load(b, MINUS + F));
      const downB = mul(v128.load(driveB, MINUS + DRIVE), v128.load(a, MINUS + F));
      const eA = v128.load(a, MINUS + E);
      const eB = v128.load(b, MINUS + E);
      const cA = v128.load(a, MINUS + C);
      const cB = v128.load(b, MINUS + C);
      const down = add(mul(downA, cA), mul(downB, cB));
      const up = add(mul(downA, eA), mul(downB, eB));
      const total = add(down, up);
      const inverse = div(splat(1), total);
      sound = v128.and(sound, f64x2.gt(inverse, splat(0)));
      const strength = mul(mul(gA, inverse), v128.load(driveB, MINUS + POWER));
      const lowerMinus = mul(down, inverse);
      const upperMinus = mul(up, inverse);
      v128.store(to0 + i, mul(lower, lowerMinus));
      v128.store(to1 + i, mul(lower, upperMinus));
      v128.store(to2 + i, mul(upper, lowerMinus));
      v128.store(to3 + i, mul(upper, upperMinus));
      const fromA = mul(eA, cB);
      const fromB = mul(eB, cA);
      let difference = sub(fromA, fromB);
      if (closeMinus) {
        const delta = mul(v128.load(frequency, layout.FREQUENCY_SIZE * STEP), v128.load(bias));
        difference = closeDifference(fromA, fromB, delta, difference);
        if (close) v128.store(totals + i, total, NEXT_TOTAL);
      }
      q = add(q, mul(strength, difference));
    } else {
      v128.store(to0 + i, lower);
      v128.store(to1 + i, upper);
    }
    v128.store(toA + i, q);
    v128.store(toB + i, sub(splat(0), q));
    sum = add(sum, sub(q, q));
    a += strideA;
    b += strideB;
    driveA += driveStrideA;
    driveB += driveStrideB;
    if (closeMinus) {
      frequency += modelStride;
      bias += biasStride;
    }
    i += layout.CELL_BYTES;
  } while (i < end);
  return all(v128.and(sound, f64x2.eq(sum, splat(0))));
}
