import * as layout from "../../../assembly/layout.ts";
import { biasOf, difference } from "./bath.ts";

/**
 * The transition of frequency number f, driven by bath A with the weight `weightA` and by bath B
 * with `weightB`: all that (3.18)–(3.22) and, for each of ω±, (3.50), (3.57)–(3.61) need. Every
 * fraction is multiplied by f_A f_B = (1 − e^{−ω/T_A})(1 − e^{−ω/T_B}), so that no Planck number
 * appears and nothing overflows at any temperature. False where no bath drives it.
 */
function solveTransition(
  words: Int32Array,
  cells: Float64Array,
  f: number,
  weightA: number,
  weightB: number,
): boolean {
  const a = words[layout.OCCUPATION_CELLS] + layout.OCCUPATION_SIZE * f;
  const b = a + layout.OCCUPATION_SIZE * words[layout.FREQUENCIES];
  const omega = cells[words[layout.FREQUENCY_CELLS] + layout.FREQUENCY_SIZE * f + layout.VALUE];
  const gA = weightA * cells[a + layout.COUPLING];
  const gB = weightB * cells[b + layout.COUPLING];
  const downA = gA * cells[b + layout.COMPLEMENT];
  const downB = gB * cells[a + layout.COMPLEMENT];
  const eA = cells[a + layout.BOLTZMANN];
  const eB = cells[b + layout.BOLTZMANN];
  const cA = cells[a + layout.FACTOR];
  const cB = cells[b + layout.FACTOR];
  const down = downA * cA + downB * cB;
  const up = downA * eA + downB * eB;
  const total = down + up;
  const inverse = 1 / total;
  const at = words[layout.TRANSITION_CELLS] + layout.TRANSITION_SIZE * f;
  cells[at + layout.TOTAL] = total;
  cells[at + layout.UPPER] = up * inverse;
  cells[at + layout.LOWER] = down * inverse;
  cells[at + layout.CURRENT] =
    gA * inverse * (gB * omega) * difference(eA * cB, eB * cA, omega * biasOf(words, cells));
  return total !== 0;
}

/** (3.18), (3.19), (3.21), (3.22). False where there is no bath. */
export function solveQubit(words: Int32Array, cells: Float64Array): boolean {
  const unique = solveTransition(words, cells, 0, 1, 1);
  const at = words[layout.TRANSITION_CELLS];
  const results = words[layout.RESULT_CELLS];
  cells[results] = cells[at + layout.LOWER];
  cells[results + 1] = cells[at + layout.UPPER];
  cells[results + 2] = cells[at + layout.CURRENT];
  cells[results + 3] = 0 - cells[at + layout.CURRENT];
  return unique;
}

/** (3.50), (3.56)–(3.61). False where one of the transitions has no bath. */
export function solvePairLindblad(words: Int32Array, cells: Float64Array): boolean {
  const elements = words[layout.ELEMENT_CELLS];
  const alpha = cells[elements];
  const beta = cells[elements + layout.COMPLEX];
  const alphaSquare = alpha * alpha;
  const betaSquare = beta * beta;
  const uniquePlus = solveTransition(words, cells, 0, alphaSquare, betaSquare);
  const uniqueMinus = solveTransition(words, cells, 1, betaSquare, alphaSquare);

  const plus = words[layout.TRANSITION_CELLS];
  const minus = plus + layout.TRANSITION_SIZE;
  const results = words[layout.RESULT_CELLS];
  cells[results] = cells[plus + layout.LOWER] * cells[minus + layout.LOWER];
  cells[results + 1] = cells[plus + layout.LOWER] * cells[minus + layout.UPPER];
  cells[results + 2] = cells[plus + layout.UPPER] * cells[minus + layout.LOWER];
  cells[results + 3] = cells[plus + layout.UPPER] * cells[minus + layout.UPPER];
  const current = cells[plus + layout.CURRENT] + cells[minus + layout.CURRENT];
  cells[results + 6] = current;
  cells[results + 7] = 0 - current;
  return uniquePlus && uniqueMinus;
}

/**
 * (3.70)–(3.75), identical flat baths, with everything divided by powers of s and, where the paper
 * has s₁s₂ − s₃s₄, its expansion in g = s₁ − s₃ = s₂ − s₄, which does not cancel. The form has no
 * currents. False where the normalisation vanishes.
 */
export function solvePairAppendix(words: Int32Array, cells: Float64Array): boolean {
  const elements = words[layout.ELEMENT_CELLS];
  const alpha = cells[elements];
  const beta = cells[elements + layout.COMPLEX];
  const alphaSquare = alpha * alpha;
  const betaSquare = beta * beta;
  const aPlus = words[layout.OCCUPATION_CELLS];
  const aMinus = aPlus + layout.OCCUPATION_SIZE;
  const bPlus = aMinus + layout.OCCUPATION_SIZE;
  const bMinus = bPlus + layout.OCCUPATION_SIZE;
  const g = cells[aPlus + layout.COUPLING];

  const s3 =
    alphaSquare * cells[aPlus + layout.ABSORPTION] + betaSquare * cells[bPlus + layout.ABSORPTION];
  const s4 =
    betaSquare * cells[aMinus + layout.ABSORPTION] +
    alphaSquare * cells[bMinus + layout.ABSORPTION];
  const s1 = s3 + g;
  const s2 = s4 + g;
  const inverse = 1 / (s1 + s2 + (s3 + s4));
  const energies = words[layout.ENERGY_CELLS];
  const e = (cells[energies + 1] - cells[energies + 2]) * inverse;
  const plus = planckDifference(words, cells, 0);
  const minus = planckDifference(words, cells, 1);
  const gShare = g * inverse;
  const k = 0.5 * (alpha * beta) * gShare * (plus + minus);

  const t1 = s1 * inverse;
  const t2 = s2 * inverse;
  const t3 = s3 * inverse;
  const t4 = s4 * inverse;
  const width = 1 + 4 * (e * e);
  const loss = (4 * (k * k)) / width;
  const t14 = t1 + t4;
  const t23 = t2 + t3;
  const norm = (t1 + t3) * (t2 + t4) - loss;
  const coherence = (-2 * k * (gShare * (t3 + t4 + gShare))) / (width * norm);

  const results = words[layout.RESULT_CELLS];
  const mixed = loss * (t14 * t23);
  cells[results] = (t1 * t2 - mixed) / norm;
  cells[results + 1] = (t1 * t4 - loss * (t14 * t14)) / norm;
  cells[results + 2] = (t2 * t3 - loss * (t23 * t23)) / norm;
  cells[results + 3] = (t3 * t4 - mixed) / norm;
  cells[results + 4] = coherence;
  cells[results + 5] = coherence * (-2 * e);
  return g !== 0 && norm !== 0;
}

/** n_A − n_B at frequency number f, without cancellation. */
function planckDifference(words: Int32Array, cells: Float64Array, f: number): number {
  const a = words[layout.OCCUPATION_CELLS] + layout.OCCUPATION_SIZE * f;
  const b = a + layout.OCCUPATION_SIZE * words[layout.FREQUENCIES];
  const omega = cells[words[layout.FREQUENCY_CELLS] + layout.FREQUENCY_SIZE * f + layout.VALUE];
  const eA = cells[a + layout.BOLTZMANN] * cells[b + layout.FACTOR];
  const eB = cells[b + layout.BOLTZMANN] * cells[a + layout.FACTOR];
  const complements = cells[a + layout.COMPLEMENT] * cells[b + layout.COMPLEMENT];
  return difference(eA, eB, omega * biasOf(words, cells)) / complements;
}

/** Identical reservoirs, g_A = g_B: what the appendix's form assumes. */
export function identicalBaths(words: Int32Array, cells: Float64Array): boolean {
  const parameters = words[layout.PARAMETER_CELLS] + words[layout.MODEL_PARAMETERS];
  return (
    cells[parameters + layout.STRENGTH] ===
    cells[parameters + layout.BATH_PARAMETERS + layout.STRENGTH]
  );
}
