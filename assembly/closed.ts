import { boltzmannDifference } from "./bath";
import { add, div, get, mul, set, splat, sub, word } from "./lanes";
import * as layout from "./layout";

/**
 * The transition of frequency number f, driven by bath A with the weight `weightA` and by bath B
 * with `weightB`: all that (3.18)–(3.22) and, for each of ω±, (3.50), (3.57)–(3.61) need. Every
 * fraction is multiplied by f_A f_B = (1 − e^{−ω/T_A})(1 − e^{−ω/T_B}), so that no Planck number
 * appears and nothing overflows at any temperature. The mask of lanes in which a bath drives it.
 */
function solveTransition(words: usize, cells: usize, f: i32, weightA: v128, weightB: v128): v128 {
  const a = word(words, layout.OCCUPATION_CELLS) + layout.OCCUPATION_SIZE * f;
  const b = a + layout.OCCUPATION_SIZE * word(words, layout.FREQUENCIES);
  const frequency = word(words, layout.FREQUENCY_CELLS) + layout.FREQUENCY_SIZE * f;
  const omega = get(cells, frequency + layout.VALUE);
  const gA = mul(weightA, get(cells, a + layout.COUPLING));
  const gB = mul(weightB, get(cells, b + layout.COUPLING));
  const downA = mul(gA, get(cells, b + layout.COMPLEMENT));
  const downB = mul(gB, get(cells, a + layout.COMPLEMENT));
  const down = add(downA, downB);
  const up = add(
    mul(downA, get(cells, a + layout.BOLTZMANN)),
    mul(downB, get(cells, b + layout.BOLTZMANN)),
  );
  const total = add(down, up);
  const inverse = div(splat(1), total);
  const at = word(words, layout.TRANSITION_CELLS) + layout.TRANSITION_SIZE * f;
  set(cells, at + layout.UPPER, mul(up, inverse));
  set(cells, at + layout.LOWER, mul(down, inverse));
  const strength = mul(mul(gA, inverse), mul(gB, omega));
  set(cells, at + layout.CURRENT, mul(strength, boltzmannDifference(words, cells, 0, 1, f)));
  return f64x2.ne(total, splat(0));
}

/** (3.18), (3.19), (3.21), (3.22). The mask of lanes that have a bath. */
export function solveQubit(words: usize, cells: usize): v128 {
  const unique = solveTransition(words, cells, 0, splat(1), splat(1));
  const at = word(words, layout.TRANSITION_CELLS);
  const current = get(cells, at + layout.CURRENT);
  const results = word(words, layout.RESULT_CELLS);
  set(cells, results, get(cells, at + layout.LOWER));
  set(cells, results + 1, get(cells, at + layout.UPPER));
  set(cells, results + 2, current);
  set(cells, results + 3, sub(splat(0), current));
  return unique;
}

/** (3.50), (3.56)–(3.61). The mask of lanes in which both transitions have a bath. */
export function solvePairLindblad(words: usize, cells: usize): v128 {
  const elements = word(words, layout.ELEMENT_CELLS);
  const alpha = get(cells, elements);
  const beta = get(cells, elements + layout.COMPLEX);
  const alphaSquare = mul(alpha, alpha);
  const betaSquare = mul(beta, beta);
  const uniquePlus = solveTransition(words, cells, 0, alphaSquare, betaSquare);
  const uniqueMinus = solveTransition(words, cells, 1, betaSquare, alphaSquare);

  const plus = word(words, layout.TRANSITION_CELLS);
  const minus = plus + layout.TRANSITION_SIZE;
  const upperPlus = get(cells, plus + layout.UPPER);
  const lowerPlus = get(cells, plus + layout.LOWER);
  const upperMinus = get(cells, minus + layout.UPPER);
  const lowerMinus = get(cells, minus + layout.LOWER);
  const results = word(words, layout.RESULT_CELLS);
  set(cells, results, mul(lowerPlus, lowerMinus));
  set(cells, results + 1, mul(lowerPlus, upperMinus));
  set(cells, results + 2, mul(upperPlus, lowerMinus));
  set(cells, results + 3, mul(upperPlus, upperMinus));
  const current = add(get(cells, plus + layout.CURRENT), get(cells, minus + layout.CURRENT));
  set(cells, results + 6, current);
  set(cells, results + 7, sub(splat(0), current));
  return v128.and(uniquePlus, uniqueMinus);
}

/**
 * (3.70)–(3.75), identical flat baths, with everything divided by powers of s and, where the paper
 * has s₁s₂ − s₃s₄, its expansion in g = s₁ − s₃ = s₂ − s₄, which does not cancel. The form has no
 * currents. The mask of lanes in which the normalisation does not vanish.
 */
export function solvePairAppendix(words: usize, cells: usize): v128 {
  const elements = word(words, layout.ELEMENT_CELLS);
  const alpha = get(cells, elements);
  const beta = get(cells, elements + layout.COMPLEX);
  const alphaSquare = mul(alpha, alpha);
  const betaSquare = mul(beta, beta);
  const aPlus = word(words, layout.OCCUPATION_CELLS);
  const aMinus = aPlus + layout.OCCUPATION_SIZE;
  const bPlus = aMinus + layout.OCCUPATION_SIZE;
  const bMinus = bPlus + layout.OCCUPATION_SIZE;
  const g = get(cells, aPlus + layout.COUPLING);

  const s3 = add(
    mul(alphaSquare, get(cells, aPlus + layout.ABSORPTION)),
    mul(betaSquare, get(cells, bPlus + layout.ABSORPTION)),
  );
  const s4 = add(
    mul(betaSquare, get(cells, aMinus + layout.ABSORPTION)),
    mul(alphaSquare, get(cells, bMinus + layout.ABSORPTION)),
  );
  const s1 = add(s3, g);
  const s2 = add(s4, g);
  const inverse = div(splat(1), add(add(s1, s2), add(s3, s4)));
  const energies = word(words, layout.ENERGY_CELLS);
  const e = mul(sub(get(cells, energies + 1), get(cells, energies + 2)), inverse);
  const biasPlus = div(
    boltzmannDifference(words, cells, 0, 1, 0),
    mul(get(cells, aPlus + layout.COMPLEMENT), get(cells, bPlus + layout.COMPLEMENT)),
  );
  const biasMinus = div(
    boltzmannDifference(words, cells, 0, 1, 1),
    mul(get(cells, aMinus + layout.COMPLEMENT), get(cells, bMinus + layout.COMPLEMENT)),
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

  const results = word(words, layout.RESULT_CELLS);
  const mixed = mul(loss, mul(t14, t23));
  set(cells, results, div(sub(mul(t1, t2), mixed), norm));
  set(cells, results + 1, div(sub(mul(t1, t4), mul(loss, mul(t14, t14))), norm));
  set(cells, results + 2, div(sub(mul(t2, t3), mul(loss, mul(t23, t23))), norm));
  set(cells, results + 3, div(sub(mul(t3, t4), mixed), norm));
  set(cells, results + 4, coherence);
  set(cells, results + 5, mul(coherence, mul(splat(-2), e)));
  const zero = splat(0);
  return v128.and(f64x2.ne(g, zero), f64x2.ne(norm, zero));
}

/** Identical reservoirs, g_A = g_B: what the appendix's form assumes. */
export function identicalBaths(words: usize, cells: usize): v128 {
  const strength =
    word(words, layout.PARAMETER_CELLS) + word(words, layout.MODEL_PARAMETERS) + layout.STRENGTH;
  return f64x2.eq(get(cells, strength), get(cells, strength + layout.BATH_PARAMETERS));
}
