import { productError, sumError } from "./double-double";
import { writeFrequency } from "./frequency";
import { abs, add, div, get, mul, neg, select, set, splat, sub, within, word } from "./lanes";
import * as layout from "./layout";

/** Cells of the element table: α, then β, (3.40), (3.41). */
const ALPHA = 0;
const BETA = layout.COMPLEX;

/**
 * Energies (3.36)–(3.39), frequencies ω₊, ω₋ (3.43), (3.44) and α, β (3.40)–(3.42) of a pair of
 * qubits, with α = cos θ/2, β = sin θ/2, θ = atan2(2λ, ω₁ − ω₂), formed without cancellation. The
 * frequencies are known to twice double precision, for exp(−ω/T) at low temperature. The mask of
 * lanes inside the domain.
 */
export function prepareQubitPair(words: usize, cells: usize): v128 {
  const parameters = word(words, layout.PARAMETER_CELLS);
  const omega1 = get(cells, parameters);
  const omega2 = get(cells, parameters + 1);
  const lambda = get(cells, parameters + 2);
  const zero = splat(0);
  const half = splat(0.5);

  const sum = add(omega1, omega2);
  const sumTail = sumError(omega1, omega2, sum);
  const difference = sub(omega1, omega2);
  const differenceTail = sumError(omega1, neg(omega2), difference);
  const distance = abs(difference);
  const coupling = mul(splat(2), lambda);
  const strength = abs(coupling);

  // h = √((ω₁ − ω₂)² + 4λ²) with one Newton step for its tail
  const coupled = f64x2.lt(distance, strength);
  const larger = select(coupled, strength, distance);
  const smaller = select(coupled, distance, strength);
  const split = f64x2.gt(larger, zero);
  const ratio = v128.and(div(smaller, larger), split);
  const h = mul(larger, f64x2.sqrt(add(splat(1), mul(ratio, ratio))));
  const largerSquare = mul(larger, larger);
  const smallerSquare = mul(smaller, smaller);
  const hSquare = mul(h, h);
  const squaresTail = sub(
    add(productError(larger, larger, largerSquare), productError(smaller, smaller, smallerSquare)),
    productError(h, h, hSquare),
  );
  const defect = add(
    add(add(sub(largerSquare, hSquare), smallerSquare), squaresTail),
    mul(mul(splat(2), difference), differenceTail),
  );
  const hTail = v128.and(div(defect, mul(splat(2), h)), split);

  const twicePlus = add(sum, h);
  const twicePlusTail = add(sub(h, sub(twicePlus, sum)), add(sumTail, hTail));
  const plus = mul(half, twicePlus);
  const plusTail = mul(half, twicePlusTail);

  // ω₋ = (ω₁ω₂ − λ²)/ω₊: near λ² = ω₁ω₂ a difference of the energies has no digit left
  const product = mul(omega1, omega2);
  const square = mul(lambda, lambda);
  const gapHead = sub(product, square);
  const gapTail = add(
    sumError(product, neg(square), gapHead),
    sub(productError(omega1, omega2, product), productError(lambda, lambda, square)),
  );
  const gap = add(gapHead, gapTail);
  const gapRest = sub(gapTail, sub(gap, gapHead));
  const minus = div(gap, plus);
  const back = mul(minus, plus);
  const minusTail = div(
    sub(add(sub(sub(gap, back), productError(minus, plus, back)), gapRest), mul(minus, plusTail)),
    plus,
  );

  // the smaller of α², β² is 2λ²/(h (h + |ω₁ − ω₂|))
  const weight = v128.and(mul(div(lambda, h), div(coupling, add(h, distance))), split);
  const rest = sub(splat(1), weight);
  const swapped = f64x2.lt(difference, zero);
  const alphaSquare = select(swapped, weight, rest);
  const betaSquare = select(swapped, rest, weight);
  const beta = f64x2.sqrt(betaSquare);

  const energies = word(words, layout.ENERGY_CELLS);
  set(cells, energies, mul(splat(-0.5), sum));
  set(cells, energies + 1, mul(splat(-0.5), h));
  set(cells, energies + 2, mul(half, h));
  set(cells, energies + 3, mul(half, sum));
  const frequencies = word(words, layout.FREQUENCY_CELLS);
  writeFrequency(cells, frequencies, plus, plusTail);
  writeFrequency(cells, frequencies + layout.FREQUENCY_SIZE, minus, minusTail);
  const elements = word(words, layout.ELEMENT_CELLS);
  set(cells, elements + ALPHA, f64x2.sqrt(alphaSquare));
  set(cells, elements + ALPHA + 1, zero);
  set(cells, elements + BETA, select(f64x2.lt(lambda, zero), neg(beta), beta));
  set(cells, elements + BETA + 1, zero);

  const positive = v128.and(
    within(omega1, layout.SMALLEST, layout.LARGEST),
    within(omega2, layout.SMALLEST, layout.LARGEST),
  );
  return v128.and(positive, f64x2.gt(gap, zero));
}
