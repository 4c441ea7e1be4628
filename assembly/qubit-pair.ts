import { column, columnBytes, word } from "./cells";
import { productError, sumError } from "./double-double";
import { writeFrequency } from "./frequency";
import { abs, add, div, mul, neg, select, splat, sub, within } from "./lanes";
import * as layout from "./layout";

/** Cells of the element table: α, then β, (3.40), (3.41). */
const ALPHA = 0;
const BETA = layout.COMPLEX;

/**
 * Energies (3.36)–(3.39), frequencies ω₊, ω₋ (3.43), (3.44) and α, β (3.40)–(3.42) of a pair of
 * qubits, with α = cos θ/2, β = sin θ/2, θ = atan2(2λ, ω₁ − ω₂), formed without cancellation. The
 * frequencies are known to twice double precision, for exp(−ω/T) at low temperature. For the pairs
 * up to byte `end` of the columns; writes the mask of lanes inside the domain.
 */
export function prepareQubitPair(words: usize, cells: usize, end: usize): void {
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) preparePair(words, cells, i);
}

function preparePair(words: usize, cells: usize, i: usize): void {
  const step = columnBytes(words);
  const parameters = column(words, cells, word(words, layout.PARAMETER_CELLS)) + i;
  const omega1 = v128.load(parameters);
  const omega2 = v128.load(parameters + step);
  const lambda = v128.load(parameters + 2 * step);
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

  const energies = column(words, cells, word(words, layout.ENERGY_CELLS)) + i;
  v128.store(energies, mul(splat(-0.5), sum));
  v128.store(energies + step, mul(splat(-0.5), h));
  v128.store(energies + 2 * step, mul(half, h));
  v128.store(energies + 3 * step, mul(half, sum));
  const frequencies = column(words, cells, word(words, layout.FREQUENCY_CELLS)) + i;
  writeFrequency(frequencies, step, plus, plusTail);
  writeFrequency(frequencies + layout.FREQUENCY_SIZE * step, step, minus, minusTail);
  const alpha = column(words, cells, word(words, layout.ELEMENT_CELLS) + ALPHA) + i;
  const signedBeta = select(f64x2.lt(lambda, zero), neg(beta), beta);
  v128.store(alpha, f64x2.sqrt(alphaSquare));
  v128.store(alpha + step, zero);
  v128.store(alpha + (BETA - ALPHA) * step, signedBeta);
  v128.store(alpha + (BETA - ALPHA + 1) * step, zero);

  const positive = v128.and(
    within(omega1, layout.SMALLEST, layout.LARGEST),
    within(omega2, layout.SMALLEST, layout.LARGEST),
  );
  const inside = column(words, cells, word(words, layout.INSIDE_CELLS)) + i;
  v128.store(inside, v128.and(positive, f64x2.gt(gap, zero)));
}
