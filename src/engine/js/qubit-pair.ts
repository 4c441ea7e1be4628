import * as layout from "../../../assembly/layout.ts";
import { productError, sumError } from "./double-double.ts";
import { writeFrequency } from "./frequency.ts";

/** Cells of the element table: α, then β, (3.40), (3.41). */
const ALPHA = 0;
const BETA = layout.COMPLEX;

/**
 * Energies (3.36)–(3.39), frequencies ω₊, ω₋ (3.43), (3.44) and α, β (3.40)–(3.42) of a pair of
 * qubits, with α = cos θ/2, β = sin θ/2, θ = atan2(2λ, ω₁ − ω₂), formed without cancellation. The
 * frequencies are known to twice double precision, for exp(−ω/T) at low temperature. False outside
 * the domain.
 */
export function prepareQubitPair(words: Int32Array, cells: Float64Array): boolean {
  const parameters = words[layout.PARAMETER_CELLS];
  const omega1 = cells[parameters];
  const omega2 = cells[parameters + 1];
  const lambda = cells[parameters + 2];

  const sum = omega1 + omega2;
  const sumTail = sumError(omega1, omega2, sum);
  const difference = omega1 - omega2;
  const differenceTail = sumError(omega1, -omega2, difference);
  const distance = Math.abs(difference);
  const coupling = 2 * lambda;
  const strength = Math.abs(coupling);

  // h = √((ω₁ − ω₂)² + 4λ²) with one Newton step for its tail
  const larger = distance < strength ? strength : distance;
  const smaller = distance < strength ? distance : strength;
  const split = larger > 0;
  const ratio = split ? smaller / larger : 0;
  const h = larger * Math.sqrt(1 + ratio * ratio);
  const largerSquare = larger * larger;
  const smallerSquare = smaller * smaller;
  const hSquare = h * h;
  const defect =
    largerSquare -
    hSquare +
    smallerSquare +
    (productError(larger, larger, largerSquare) +
      productError(smaller, smaller, smallerSquare) -
      productError(h, h, hSquare)) +
    2 * difference * differenceTail;
  const hTail = split ? defect / (2 * h) : 0;

  const twicePlus = sum + h;
  const twicePlusTail = h - (twicePlus - sum) + (sumTail + hTail);
  const plus = 0.5 * twicePlus;
  const plusTail = 0.5 * twicePlusTail;

  // ω₋ = (ω₁ω₂ − λ²)/ω₊: near λ² = ω₁ω₂ a difference of the energies has no digit left
  const product = omega1 * omega2;
  const square = lambda * lambda;
  const gapHead = product - square;
  const gapTail =
    sumError(product, -square, gapHead) +
    (productError(omega1, omega2, product) - productError(lambda, lambda, square));
  const gap = gapHead + gapTail;
  const gapRest = gapTail - (gap - gapHead);
  const minus = gap / plus;
  const back = minus * plus;
  const minusTail =
    (gap - back - productError(minus, plus, back) + gapRest - minus * plusTail) / plus;

  // the smaller of α², β² is 2λ²/(h (h + |ω₁ − ω₂|))
  const weight = split ? (lambda / h) * (coupling / (h + distance)) : 0;
  const rest = 1 - weight;
  const alphaSquare = difference < 0 ? weight : rest;
  const betaSquare = difference < 0 ? rest : weight;
  const beta = Math.sqrt(betaSquare);

  const energies = words[layout.ENERGY_CELLS];
  cells[energies] = -0.5 * sum;
  cells[energies + 1] = -0.5 * h;
  cells[energies + 2] = 0.5 * h;
  cells[energies + 3] = 0.5 * sum;
  const frequencies = words[layout.FREQUENCY_CELLS];
  writeFrequency(cells, frequencies, plus, plusTail);
  writeFrequency(cells, frequencies + layout.FREQUENCY_SIZE, minus, minusTail);
  const elements = words[layout.ELEMENT_CELLS];
  cells[elements + ALPHA] = Math.sqrt(alphaSquare);
  cells[elements + ALPHA + 1] = 0;
  cells[elements + BETA] = lambda < 0 ? -beta : beta;
  cells[elements + BETA + 1] = 0;

  return (
    omega1 >= layout.SMALLEST &&
    omega1 <= layout.LARGEST &&
    omega2 >= layout.SMALLEST &&
    omega2 <= layout.LARGEST &&
    gap > 0
  );
}
