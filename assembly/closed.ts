import { boltzmannDifference, frequencyOf, occupationOf, parametersOf } from "./bath";
import { column, columnBytes, lengthOf, variesMask, word } from "./cells";
import { add, div, mul, splat, sub } from "./lanes";
import * as layout from "./layout";

/**
 * The transition of frequency number f, driven by bath A with the weight a² and by bath B with b²,
 * `a` and `b` the columns of these elements: all that (3.18)–(3.22) and, for each of ω±, (3.50),
 * (3.57)–(3.61) need. Every fraction is multiplied by f_A f_B = (1 − e^{−ω/T_A})(1 − e^{−ω/T_B}), so
 * that no Planck number appears and nothing overflows at any temperature. The sum of all rates is 0
 * where no bath drives it.
 */
function solveTransition(
  words: usize,
  cells: usize,
  f: i32,
  a: usize,
  b: usize,
  length: usize,
): void {
  const step = columnBytes(words);
  const modelMask = variesMask(words, cells, 0);
  const maskA = modelMask | variesMask(words, cells, 1);
  const maskB = modelMask | variesMask(words, cells, 2);
  const occupationA = occupationOf(words, cells, 0, f);
  const occupationB = occupationOf(words, cells, 1, f);
  const frequency = frequencyOf(words, cells, f) + layout.VALUE * step;
  const transition = transitionOf(words, cells, f);
  boltzmannDifference(words, cells, f, transition + layout.CURRENT * step, length);
  for (let i: usize = 0; i < length; i += layout.CELL_BYTES) {
    const elementA = v128.load(a + (i & modelMask));
    const elementB = v128.load(b + (i & modelMask));
    const omega = v128.load(frequency + (i & modelMask));
    const oA = occupationA + (i & maskA);
    const oB = occupationB + (i & maskB);
    const gA = mul(mul(elementA, elementA), v128.load(oA + layout.COUPLING * step));
    const gB = mul(mul(elementB, elementB), v128.load(oB + layout.COUPLING * step));
    const downA = mul(gA, v128.load(oB + layout.COMPLEMENT * step));
    const downB = mul(gB, v128.load(oA + layout.COMPLEMENT * step));
    const down = add(downA, downB);
    const up = add(
      mul(downA, v128.load(oA + layout.BOLTZMANN * step)),
      mul(downB, v128.load(oB + layout.BOLTZMANN * step)),
    );
    const total = add(down, up);
    const inverse = div(splat(1), total);
    const to = transition + i;
    v128.store(to + layout.TOTAL * step, total);
    v128.store(to + layout.UPPER * step, mul(up, inverse));
    v128.store(to + layout.LOWER * step, mul(down, inverse));
    const strength = mul(mul(gA, inverse), mul(gB, omega));
    v128.store(to + layout.CURRENT * step, mul(strength, v128.load(to + layout.CURRENT * step)));
  }
}

/** First column of transition number f. */
function transitionOf(words: usize, cells: usize, f: i32): usize {
  return column(words, cells, word(words, layout.TRANSITION_CELLS) + layout.TRANSITION_SIZE * f);
}

/** The mask of all that a row depends on. */
export function everyMask(words: usize, cells: usize): usize {
  return variesMask(words, cells, 0) | variesMask(words, cells, 1) | variesMask(words, cells, 2);
}

/** (3.18), (3.19), (3.21), (3.22), for the pairs up to byte `end` of the columns. */
export function solveQubit(words: usize, cells: usize, end: usize): void {
  const step = columnBytes(words);
  const mask = everyMask(words, cells);
  const element = column(words, cells, word(words, layout.ELEMENT_CELLS));
  solveTransition(words, cells, 0, element, element, lengthOf(mask, end));
  const transition = transitionOf(words, cells, 0);
  const results = column(words, cells, word(words, layout.RESULT_CELLS));
  const unique = column(words, cells, word(words, layout.UNIQUE_CELLS));
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const from = transition + (i & mask);
    const to = results + i;
    const current = v128.load(from + layout.CURRENT * step);
    v128.store(to, v128.load(from + layout.LOWER * step));
    v128.store(to + step, v128.load(from + layout.UPPER * step));
    v128.store(to + 2 * step, current);
    v128.store(to + 3 * step, sub(splat(0), current));
    v128.store(unique + i, f64x2.ne(v128.load(from + layout.TOTAL * step), splat(0)));
  }
}

/** (3.50), (3.56)–(3.61), for the pairs up to byte `end` of the columns. */
export function solvePairLindblad(words: usize, cells: usize, end: usize): void {
  const step = columnBytes(words);
  const mask = everyMask(words, cells);
  const length = lengthOf(mask, end);
  const alpha = column(words, cells, word(words, layout.ELEMENT_CELLS));
  const beta = alpha + layout.COMPLEX * step;
  solveTransition(words, cells, 0, alpha, beta, length);
  solveTransition(words, cells, 1, beta, alpha, length);

  const plus = transitionOf(words, cells, 0);
  const minus = transitionOf(words, cells, 1);
  const results = column(words, cells, word(words, layout.RESULT_CELLS));
  const unique = column(words, cells, word(words, layout.UNIQUE_CELLS));
  const zero = splat(0);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const p = plus + (i & mask);
    const m = minus + (i & mask);
    const upperPlus = v128.load(p + layout.UPPER * step);
    const lowerPlus = v128.load(p + layout.LOWER * step);
    const upperMinus = v128.load(m + layout.UPPER * step);
    const lowerMinus = v128.load(m + layout.LOWER * step);
    const to = results + i;
    v128.store(to, mul(lowerPlus, lowerMinus));
    v128.store(to + step, mul(lowerPlus, upperMinus));
    v128.store(to + 2 * step, mul(upperPlus, lowerMinus));
    v128.store(to + 3 * step, mul(upperPlus, upperMinus));
    const current = add(v128.load(p + layout.CURRENT * step), v128.load(m + layout.CURRENT * step));
    v128.store(to + 6 * step, current);
    v128.store(to + 7 * step, sub(zero, current));
    const driven = v128.and(
      f64x2.ne(v128.load(p + layout.TOTAL * step), zero),
      f64x2.ne(v128.load(m + layout.TOTAL * step), zero),
    );
    v128.store(unique + i, driven);
  }
}

/**
 * (3.70)–(3.75), identical flat baths, with everything divided by powers of s and, where the paper
 * has s₁s₂ − s₃s₄, its expansion in g = s₁ − s₃ = s₂ − s₄, which does not cancel. The form has no
 * currents. For the pairs up to byte `end` of the columns.
 */
export function solvePairAppendix(words: usize, cells: usize, end: usize): void {
  const step = columnBytes(words);
  const length = lengthOf(everyMask(words, cells), end);
  for (let f = 0; f < 2; f++) {
    const difference = transitionOf(words, cells, f) + layout.CURRENT * step;
    boltzmannDifference(words, cells, f, difference, length);
  }
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) solveAppendixPair(words, cells, i);
}

function solveAppendixPair(words: usize, cells: usize, i: usize): void {
  const step = columnBytes(words);
  const modelMask = variesMask(words, cells, 0);
  const a = i & (modelMask | variesMask(words, cells, 1));
  const b = i & (modelMask | variesMask(words, cells, 2));
  const all = i & everyMask(words, cells);
  const elements = column(words, cells, word(words, layout.ELEMENT_CELLS)) + (i & modelMask);
  const energies = column(words, cells, word(words, layout.ENERGY_CELLS)) + (i & modelMask);
  const alpha = v128.load(elements);
  const beta = v128.load(elements + layout.COMPLEX * step);
  const alphaSquare = mul(alpha, alpha);
  const betaSquare = mul(beta, beta);
  const aPlus = occupationOf(words, cells, 0, 0) + a;
  const aMinus = occupationOf(words, cells, 0, 1) + a;
  const bPlus = occupationOf(words, cells, 1, 0) + b;
  const bMinus = occupationOf(words, cells, 1, 1) + b;
  const g = v128.load(aPlus + layout.COUPLING * step);

  const s3 = add(
    mul(alphaSquare, v128.load(aPlus + layout.ABSORPTION * step)),
    mul(betaSquare, v128.load(bPlus + layout.ABSORPTION * step)),
  );
  const s4 = add(
    mul(betaSquare, v128.load(aMinus + layout.ABSORPTION * step)),
    mul(alphaSquare, v128.load(bMinus + layout.ABSORPTION * step)),
  );
  const s1 = add(s3, g);
  const s2 = add(s4, g);
  const inverse = div(splat(1), add(add(s1, s2), add(s3, s4)));
  const e = mul(sub(v128.load(energies + step), v128.load(energies + 2 * step)), inverse);
  const biasPlus = div(
    v128.load(transitionOf(words, cells, 0) + layout.CURRENT * step + all),
    mul(v128.load(aPlus + layout.COMPLEMENT * step), v128.load(bPlus + layout.COMPLEMENT * step)),
  );
  const biasMinus = div(
    v128.load(transitionOf(words, cells, 1) + layout.CURRENT * step + all),
    mul(v128.load(aMinus + layout.COMPLEMENT * step), v128.load(bMinus + layout.COMPLEMENT * step)),
  );
  const gShare = mul(g, inverse);
  const k = mul(mul(mul(splat(0.5), mul(alpha, beta)), gShare), add(biasPlus, biasMinus));

  const t1 = mul(s1, inverse);
  const t2 = mul(s2, inverse);
  const t3 = mul(s3, inverse);
  const t4 = mul(s4, inverse);
  const width = add(splat(1), mul(splat(4), mul(e, e)));
  const loss = div(mul(splat(4), mul(k, k)), width);
  const t14 = add(t1, t4);
  const t23 = add(t2, t3);
  const norm = sub(mul(add(t1, t3), add(t2, t4)), loss);
  const coherence = div(
    mul(mul(splat(-2), k), mul(gShare, add(add(t3, t4), gShare))),
    mul(width, norm),
  );

  const to = column(words, cells, word(words, layout.RESULT_CELLS)) + i;
  const mixed = mul(loss, mul(t14, t23));
  v128.store(to, div(sub(mul(t1, t2), mixed), norm));
  v128.store(to + step, div(sub(mul(t1, t4), mul(loss, mul(t14, t14))), norm));
  v128.store(to + 2 * step, div(sub(mul(t2, t3), mul(loss, mul(t23, t23))), norm));
  v128.store(to + 3 * step, div(sub(mul(t3, t4), mixed), norm));
  v128.store(to + 4 * step, coherence);
  v128.store(to + 5 * step, mul(coherence, mul(splat(-2), e)));
  const zero = splat(0);
  const unique = column(words, cells, word(words, layout.UNIQUE_CELLS)) + i;
  v128.store(unique, v128.and(f64x2.ne(g, zero), f64x2.ne(norm, zero)));
}

/** Identical reservoirs, g_A = g_B, of the pair at byte i: what the appendix's form assumes. */
export function identicalBaths(words: usize, cells: usize, i: usize): v128 {
  const strength = layout.STRENGTH * columnBytes(words);
  const a = parametersOf(words, cells, 0) + strength + (i & variesMask(words, cells, 1));
  const b = parametersOf(words, cells, 1) + strength + (i & variesMask(words, cells, 2));
  return f64x2.eq(v128.load(a), v128.load(b));
}
