import {
  biasOf,
  closeDifference,
  couplingMask,
  frequencyOf,
  isClose,
  occupationOf,
  parametersOf,
} from "./bath";
import { column, columnBytes, variesMask, word } from "./cells";
import { add, div, mul, splat, sub } from "./lanes";
import * as layout from "./layout";

/**
 * (3.70)–(3.75), identical flat baths, with everything divided by powers of s and, where the paper
 * has s₁s₂ − s₃s₄, its expansion in g = s₁ − s₃ = s₂ − s₄, which does not cancel. The form has no
 * currents. For the pairs up to byte `end` of the columns.
 */
export function solvePairAppendix(words: usize, cells: usize, end: usize): void {
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) solveAppendixPair(words, cells, i);
}

function solveAppendixPair(words: usize, cells: usize, i: usize): void {
  const step = columnBytes(words);
  const modelMask = variesMask(words, cells, 0);
  const a = i & (modelMask | variesMask(words, cells, 1));
  const b = i & (modelMask | variesMask(words, cells, 2));
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
  const coupling = occupationOf(words, cells, 0, 0) + layout.COUPLING * step;
  const g = v128.load(coupling + (i & couplingMask(words, cells, 0)));

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
  const warm = variesMask(words, cells, 1) | variesMask(words, cells, 2);
  const bias = v128.load(biasOf(words, cells) + (i & warm));
  const omegaPlus = frequencyOf(words, cells, 0) + layout.VALUE * step + (i & modelMask);
  const omegaMinus = frequencyOf(words, cells, 1) + layout.VALUE * step + (i & modelMask);
  const plus = planckDifference(aPlus, bPlus, step, mul(v128.load(omegaPlus), bias));
  const minus = planckDifference(aMinus, bMinus, step, mul(v128.load(omegaMinus), bias));
  const gShare = mul(g, inverse);
  const k = mul(mul(mul(splat(0.5), mul(alpha, beta)), gShare), add(plus, minus));

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

/** n_A − n_B of the occupations at `a` and `b`, without cancellation. */
function planckDifference(a: usize, b: usize, step: usize, delta: v128): v128 {
  const eA = mul(v128.load(a + layout.BOLTZMANN * step), v128.load(b + layout.FACTOR * step));
  const eB = mul(v128.load(b + layout.BOLTZMANN * step), v128.load(a + layout.FACTOR * step));
  let difference = sub(eA, eB);
  if (v128.any_true(isClose(delta))) difference = closeDifference(eA, eB, delta, difference);
  const complements = mul(
    v128.load(a + layout.COMPLEMENT * step),
    v128.load(b + layout.COMPLEMENT * step),
  );
  return div(difference, complements);
}

/** Identical reservoirs, g_A = g_B, of the pair at byte i: what the appendix's form assumes. */
export function identicalBaths(words: usize, cells: usize, i: usize): v128 {
  const strength = layout.STRENGTH * columnBytes(words);
  const a = parametersOf(words, cells, 0) + strength + (i & variesMask(words, cells, 1));
  const b = parametersOf(words, cells, 1) + strength + (i & variesMask(words, cells, 2));
  return f64x2.eq(v128.load(a), v128.load(b));
}
