import { bathOf, biasOf, difference, frequencyOf, occupationOf, parametersOf } from "./bath";
import { column, variesMask, word } from "./cells";
import { fillClosedBars } from "./closed-bars";
import { finish } from "./finish";
import { add, all, div, mul, smaller, splat, sub } from "./lanes";
import * as layout from "./layout";

/** Bytes from one column to the next: closed forms go in blocks of BLOCK pairs. */
const STEP: usize = layout.BLOCK * layout.CELL_BYTES;
/** From the columns of an occupation or a frequency to those of the next. */
const OCCUPATION: usize = layout.OCCUPATION_SIZE * STEP;
const FREQUENCY: usize = layout.FREQUENCY_SIZE * STEP;
const TOTAL: usize = layout.TOTAL * STEP;
const NEXT_TOTAL: usize = TOTAL + layout.TRANSITION_SIZE * STEP;
const E: usize = layout.BOLTZMANN * STEP;
const F: usize = layout.COMPLEMENT * STEP;
const C: usize = layout.FACTOR * STEP;
const G: usize = layout.COUPLING * STEP;

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
    if (targetMask(words, k, true) != 0) {
      memory.fill(targetOf(words, slot, k, row, true), 0, end);
    }
  }
}

/** Where result k goes: its sink, or its column. */
function targetOf(words: usize, slot: usize, k: i32, row: i32, direct: bool): usize {
  if (!direct) return column(words, slot, word(words, layout.RESULT_CELLS) + k);
  const sink = word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k;
  return slot + <usize>(word(words, sink) + word(words, sink + 1) * row);
}

/** The mask of byte offsets at that place: 0 where nobody asks for the result. */
function targetMask(words: usize, k: i32, direct: bool): usize {
  const stride = word(words, word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k + 1);
  return direct && stride == 0 ? 0 : usize.MAX_VALUE;
}

/**
 * (3.18)–(3.22) of a qubit, (3.50), (3.56)–(3.61) of a pair: a qubit is one transition driven by both
 * baths; a pair two, ω₊ driven by bath A with the weight α² and by B with β², ω₋ the other way. Every
 * fraction is multiplied by f_A f_B = (1 − e^{−ω/T_A})(1 − e^{−ω/T_B}), so that no Planck number
 * appears and nothing overflows at any temperature. False where a row has no results or, as the sum of
 * all rates is 0, no unique steady state.
 */
function solveRows(words: usize, slot: usize, row: i32, end: usize, direct: bool): bool {
  const pair = word(words, layout.SOLVER) == layout.SOLVER_PAIR_LINDBLAD;
  const modelMask = variesMask(words, slot, 0);
  const maskA = variesMask(words, slot, 1);
  const maskB = variesMask(words, slot, 2);
  const frequencies = frequencyOf(words, slot, 0);
  const elements = column(words, slot, word(words, layout.ELEMENT_CELLS));
  const occupationsA = occupationOf(words, slot, 0, 0);
  const occupationsB = occupationOf(words, slot, 1, 0);
  const temperaturesA = parametersOf(words, slot, 0);
  const temperaturesB = parametersOf(words, slot, 1);
  const bathA = bathOf(words, slot, 0);
  const bathB = bathOf(words, slot, 1);
  const insides = column(words, slot, word(words, layout.INSIDE_CELLS));
  const transitions = column(words, slot, word(words, layout.TRANSITION_CELLS));
  const status = slot + <usize>(word(words, layout.STATUS_OFFSET) + row);
  const current = word(words, layout.LEVELS) + layout.COMPLEX * word(words, layout.COHERENCES);
  const to0 = targetOf(words, slot, 0, row, direct);
  const to1 = targetOf(words, slot, 1, row, direct);
  const to2 = targetOf(words, slot, 2, row, direct);
  const to3 = targetOf(words, slot, 3, row, direct);
  const toA = targetOf(words, slot, current, row, direct);
  const toB = targetOf(words, slot, current + 1, row, direct);
  const mask0 = targetMask(words, 0, direct);
  const mask1 = targetMask(words, 1, direct);
  const mask2 = targetMask(words, 2, direct);
  const mask3 = targetMask(words, 3, direct);
  const toAMask = targetMask(words, current, direct);
  const toBMask = targetMask(words, current + 1, direct);
  const one = splat(1);
  const zero = splat(0);
  let good = i64x2.splat(-1);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const iM = i & modelMask;
    const iA = i & maskA;
    const iB = i & maskB;
    const a = occupationsA + (i & (modelMask | maskA));
    const b = occupationsB + (i & (modelMask | maskB));
    const frequency = frequencies + iM;
    const element = elements + iM;
    const bias = biasOf(
      v128.load(temperaturesA + iA),
      v128.load(temperaturesB + iB),
      v128.load(bathA + iA),
      v128.load(bathB + iB),
    );
    const alpha = v128.load(element);
    const alphaSquare = mul(alpha, alpha);
    let betaSquare = alphaSquare;
    if (pair) {
      const beta = v128.load(element, layout.COMPLEX * STEP);
      betaSquare = mul(beta, beta);
    }
    const omega = v128.load(frequency);
    const gA = mul(alphaSquare, v128.load(a, G));
    const gB = mul(betaSquare, v128.load(b, G));
    const eA = v128.load(a, E);
    const eB = v128.load(b, E);
    const cA = v128.load(a, C);
    const cB = v128.load(b, C);
    const downA = mul(gA, v128.load(b, F));
    const downB = mul(gB, v128.load(a, F));
    const down = add(mul(downA, cA), mul(downB, cB));
    const up = add(mul(downA, eA), mul(downB, eB));
    const total = add(down, up);
    const inverse = div(one, total);
    const upper = mul(up, inverse);
    const lower = mul(down, inverse);
    let q = mul(
      mul(mul(gA, inverse), mul(gB, omega)),
      difference(mul(eA, cB), mul(eB, cA), mul(omega, bias)),
    );
    v128.store(transitions + i, total, TOTAL);
    let sound = inverse;
    if (pair) {
      const omega = v128.load(frequency, FREQUENCY);
      const gA = mul(betaSquare, v128.load(a, OCCUPATION + G));
      const gB = mul(alphaSquare, v128.load(b, OCCUPATION + G));
      const eA = v128.load(a, OCCUPATION + E);
      const eB = v128.load(b, OCCUPATION + E);
      const cA = v128.load(a, OCCUPATION + C);
      const cB = v128.load(b, OCCUPATION + C);
      const downA = mul(gA, v128.load(b, OCCUPATION + F));
      const downB = mul(gB, v128.load(a, OCCUPATION + F));
      const down = add(mul(downA, cA), mul(downB, cB));
      const up = add(mul(downA, eA), mul(downB, eB));
      const total = add(down, up);
      const inverse = div(one, total);
      const upperMinus = mul(up, inverse);
      const lowerMinus = mul(down, inverse);
      const qMinus = mul(
        mul(mul(gA, inverse), mul(gB, omega)),
        difference(mul(eA, cB), mul(eB, cA), mul(omega, bias)),
      );
      v128.store(transitions + i, total, NEXT_TOTAL);
      sound = smaller(sound, inverse);
      q = add(q, qMinus);
      v128.store(to0 + (i & mask0), mul(lower, lowerMinus));
      v128.store(to1 + (i & mask1), mul(lower, upperMinus));
      v128.store(to2 + (i & mask2), mul(upper, lowerMinus));
      v128.store(to3 + (i & mask3), mul(upper, upperMinus));
    } else {
      v128.store(to0 + (i & mask0), lower);
      v128.store(to1 + (i & mask1), upper);
    }
    v128.store(toA + (i & toAMask), q);
    v128.store(toB + (i & toBMask), sub(zero, q));
    store<u16>(status + (i >> 3), 0);
    const inside = v128.and(
      v128.load(insides + iM),
      v128.and(v128.load(insides + iA, STEP), v128.load(insides + iB, 2 * STEP)),
    );
    const finite = f64x2.gt(add(sound, sub(q, q)), zero);
    good = v128.and(good, v128.and(inside, finite));
  }
  return all(good);
}
