import * as layout from "../../../assembly/layout.ts";
import { fillResidual } from "./pair-residual.ts";

/** Places of a result. */
const CURRENT_A = 6;
const CURRENT_B = 7;

/**
 * The numeric steady state of a qubit pair: results and status bits. False where the row is one for
 * the pivoted LU. `assembly/numeric-pair.ts` tells what is done here.
 */
export function solveNumericPair(words: Int32Array, cells: Float64Array): boolean {
  const printed = words[layout.PAIR_FORM] === layout.FORM_PRINTED;
  const e = words[layout.PAIR_CELLS];
  const a1 = words[layout.OCCUPATION_CELLS];
  const a2 = a1 + layout.OCCUPATION_SIZE;
  const b1 = a2 + layout.OCCUPATION_SIZE;
  const b2 = b1 + layout.OCCUPATION_SIZE;
  const bothA1 = cells[a1 + layout.BOTH];
  const bothA2 = cells[a2 + layout.BOTH];
  const bothB1 = cells[b1 + layout.BOTH];
  const bothB2 = cells[b2 + layout.BOTH];
  const upA1 = cells[a1 + layout.ABSORPTION];
  const upA2 = cells[a2 + layout.ABSORPTION];
  const upB1 = cells[b1 + layout.ABSORPTION];
  const upB2 = cells[b2 + layout.ABSORPTION];
  const alpha = cells[e + layout.ALPHA_SQUARE];
  const beta = cells[e + layout.BETA_SQUARE];
  const mixing = cells[e + layout.MIXING];
  const splitting = cells[e + layout.SPLITTING];
  const plus = alpha * bothA1 + beta * bothB1;
  const minus = beta * bothA2 + alpha * bothB2;
  const up1 = alpha * upA1 + beta * upB1;
  const up2 = beta * upA2 + alpha * upB2;
  const total = plus + minus;
  const evenA = printed ? bothA1 : bothA2;
  const evenB = printed ? bothB1 : bothB2;
  const oddA = printed ? bothA2 : bothA1;
  const oddB = printed ? bothB2 : bothB1;
  const even = evenA - evenB;
  const odd = oddA - oddB;

  let drive: number;
  let size: number;
  if (printed) {
    const down1 = plus - up1;
    const down2 = minus - up2;
    const eA1 = bothA1 - upA1;
    const eA2 = bothA2 - upA2;
    const eB1 = bothB1 - upB1;
    const eB2 = bothB2 - upB2;
    const in1 = (eA1 - eB1) * up2 - (upA1 - upB1) * down2;
    const in2 = (eA2 - eB2) * up1 - (upA2 - upB2) * down1;
    const size1 = (eA1 + eB1) * up2 + (upA1 + upB1) * down2;
    const size2 = (eA2 + eB2) * up1 + (upA2 + upB2) * down1;
    drive = plus * in1 + minus * in2;
    size = plus * size1 + minus * size2;
  } else {
    const in1 = cells[a1 + layout.COUPLING] * upB1;
    const in2 = cells[a2 + layout.COUPLING] * upB2;
    const out1 = cells[b1 + layout.COUPLING] * upA1;
    const out2 = cells[b2 + layout.COUPLING] * upA2;
    const into = minus * in1 + plus * in2;
    const out = minus * out1 + plus * out2;
    drive = into - out;
    size = into + out;
  }
  const product = plus * minus;
  const mix = mixing * total;
  const mixSquare = mix * mix;
  const totalSquare = total * total;
  const width = totalSquare + cells[e + layout.SPLITTING_SQUARE];
  const pure = product * width;
  const determinant = pure - mixSquare * (odd * even);
  const inverse = mix / determinant;
  const re = drive * inverse + 0;
  const z = mixing * re;
  const turn = splitting / total;
  const im = re * turn;
  const perPlus = 1 / plus;
  const perMinus = 1 / minus;
  const gain1 = up1 + z * even;
  const gain2 = up2 + z * odd;
  const loss1 = plus - gain1;
  const loss2 = minus - gain2;
  const upper1 = gain1 * perPlus;
  const lower1 = loss1 * perPlus;
  const upper2 = gain2 * perMinus;
  const lower2 = loss2 * perMinus;
  const square = re * re + im * im;

  const flowA1 = alpha * (upA1 - bothA1 * upper1) + z * evenA;
  const flowB1 = beta * (upB1 - bothB1 * upper1) - z * evenB;
  const flowA2 = beta * (upA2 - bothA2 * upper2) + z * oddA;
  const flowB2 = alpha * (upB2 - bothB2 * upper2) - z * oddB;
  const omega1 = cells[e + layout.OMEGA_PLUS];
  const omega2 = cells[e + layout.OMEGA_MINUS];
  const qA = omega1 * flowA1 + omega2 * flowA2;
  const qB = omega1 * flowB1 + omega2 * flowB2;

  const residual1 = flowA1 + flowB1;
  const residual2 = flowA2 + flowB2;
  const bias = upA1 - upB1 + (upA2 - upB2);
  const source = mixing * (odd * upper1 + even * upper2 - bias);
  const residual3 = source - total * re - splitting * im;
  const squares = residual1 * residual1 + residual2 * residual2 + residual3 * residual3;
  const tolerance = layout.RESIDUAL_THRESHOLD * layout.EPSILON * words[layout.UNKNOWNS];
  const allowed = tolerance * total;

  const wideEven = evenA + evenB;
  const wideOdd = oddA + oddB;
  const bound = size * inverse;
  const doubt = layout.LEAST_SHARE * (mixing * bound);
  const magnitude = pure + mixSquare * (wideOdd * wideEven);
  // NaN where a current is not finite
  const balance = qA + qB;
  const accepted =
    determinant > layout.LEAST_KEPT * magnitude &&
    smaller(Math.abs(gain1), Math.abs(loss1)) >= doubt * wideEven &&
    smaller(Math.abs(gain2), Math.abs(loss2)) >= doubt * wideOdd &&
    Math.abs(bound) * (1 + turn) <= layout.LARGEST_COHERENCE &&
    squares <= allowed * allowed &&
    product > layout.RATE_SPREAD * totalSquare &&
    total + (balance - balance) > layout.SMALLEST_RATE;
  if (!accepted) return false;

  const x = words[layout.RESULT_CELLS];
  cells[x] = lower1 * lower2 - square;
  cells[x + 1] = lower1 * upper2 + square;
  cells[x + 2] = upper1 * lower2 + square;
  cells[x + 3] = upper1 * upper2 - square;
  cells[x + 4] = re;
  cells[x + 5] = im;
  cells[x + CURRENT_A] = qA;
  cells[x + CURRENT_B] = qB;

  const parameters = words[layout.PARAMETER_CELLS] + words[layout.MODEL_PARAMETERS];
  const tA = cells[parameters + layout.TEMPERATURE];
  const tB = cells[parameters + layout.BATH_PARAMETERS + layout.TEMPERATURE];
  const entropy = qA * tB + qB * tA;
  const twice = Math.abs(z + z);
  const wide1 = plus + twice * wideEven;
  const wide2 = minus + twice * wideOdd;
  const terms = larger(tA, tB) * (omega1 * wide1 + omega2 * wide2);
  const broken = entropy > layout.CURRENT_TOLERANCE * terms;
  cells[words[layout.BITS_CELLS]] = broken ? layout.SECOND_LAW_BROKEN : 0;
  const residual = words[layout.SINK_TABLE] + layout.SINK_WORDS * layout.PAIR_RESIDUAL;
  if (words[residual + 1] !== 0) fillResidual(words, cells);
  return true;
}

/** a < b ? b : a */
function larger(a: number, b: number): number {
  return a < b ? b : a;
}

/** b < a ? b : a */
function smaller(a: number, b: number): number {
  return b < a ? b : a;
}
