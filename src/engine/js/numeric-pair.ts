import * as layout from "../../../assembly/layout.ts";

/** Places of a result. */
const CURRENT_A = 6;
const CURRENT_B = 7;
const RESIDUAL = 8;

/** What the pair's operators give this solver. */
export function fillPairElements(words: Int32Array, cells: Float64Array): void {
  const alpha = cells[words[layout.ELEMENT_CELLS]];
  const beta = cells[words[layout.ELEMENT_CELLS] + layout.COMPLEX];
  const energies = words[layout.ENERGY_CELLS];
  const frequencies = words[layout.FREQUENCY_CELLS] + layout.VALUE;
  const secular = words[layout.PAIR_FORM] === layout.FORM_SECULAR;
  const h = cells[energies + 2] - cells[energies + 1];
  const twice = h + h;
  const to = words[layout.PAIR_CELLS];
  cells[to + layout.ALPHA_SQUARE] = alpha * alpha;
  cells[to + layout.BETA_SQUARE] = beta * beta;
  cells[to + layout.MIXING] = secular ? 0 : alpha * beta;
  cells[to + layout.SPLITTING] = twice;
  cells[to + layout.SPLITTING_SQUARE] = twice * twice;
  cells[to + layout.OMEGA_PLUS] = cells[frequencies];
  cells[to + layout.OMEGA_MINUS] = cells[frequencies + layout.FREQUENCY_SIZE];
}

/** The correlations of bath b this solver wants: D²¹(−ω), and D¹²(ω) + D²¹(−ω). */
export function fillPairRates(words: Int32Array, cells: Float64Array, b: number): void {
  const plus = words[layout.OCCUPATION_CELLS] + 2 * layout.OCCUPATION_SIZE * b;
  fillRatesAt(cells, plus);
  fillRatesAt(cells, plus + layout.OCCUPATION_SIZE);
}

function fillRatesAt(cells: Float64Array, o: number): void {
  const share = cells[o + layout.COUPLING] / cells[o + layout.COMPLEMENT];
  const boltzmann = cells[o + layout.BOLTZMANN];
  cells[o + layout.ABSORPTION] = share * boltzmann;
  cells[o + layout.BOTH] = share * (cells[o + layout.FACTOR] + boltzmann);
}

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

  const flowA1 = alpha * (upA1 - bothA1 * upper1);
  const flowB1 = beta * (upB1 - bothB1 * upper1);
  const flowA2 = beta * (upA2 - bothA2 * upper2);
  const flowB2 = alpha * (upB2 - bothB2 * upper2);
  const omega1 = cells[e + layout.OMEGA_PLUS];
  const omega2 = cells[e + layout.OMEGA_MINUS];
  const qA = omega1 * (flowA1 + z * evenA) + omega2 * (flowA2 + z * oddA);
  const qB = omega1 * (flowB1 - z * evenB) + omega2 * (flowB2 - z * oddB);

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
  let broken = entropy > 0;
  if (broken) {
    const wide1 = Math.abs(gain1) + Math.abs(loss1) + Math.abs(z) * wideEven;
    const wide2 = Math.abs(gain2) + Math.abs(loss2) + Math.abs(z) * wideOdd;
    const terms = larger(tA, tB) * (omega1 * wide1 + omega2 * wide2);
    broken = entropy > layout.CURRENT_TOLERANCE * terms;
  }
  cells[words[layout.BITS_CELLS]] = broken ? layout.SECOND_LAW_BROKEN : 0;
  const residual = words[layout.SINK_TABLE] + layout.SINK_WORDS * RESIDUAL;
  if (words[residual + 1] !== 0) fillResidual(words, cells);
  return true;
}

/**
 * The residual of (2.3), that of the populations' equations in units of all rates S, that of the
 * coherence's in units of its S/2 + h, that of the trace as it is.
 */
function fillResidual(words: Int32Array, cells: Float64Array): void {
  const printed = words[layout.PAIR_FORM] === layout.FORM_PRINTED;
  const e = words[layout.PAIR_CELLS];
  const a1 = words[layout.OCCUPATION_CELLS];
  const a2 = a1 + layout.OCCUPATION_SIZE;
  const b1 = a2 + layout.OCCUPATION_SIZE;
  const b2 = b1 + layout.OCCUPATION_SIZE;
  const alpha = cells[e + layout.ALPHA_SQUARE];
  const beta = cells[e + layout.BETA_SQUARE];
  const upA1 = cells[a1 + layout.ABSORPTION];
  const upA2 = cells[a2 + layout.ABSORPTION];
  const upB1 = cells[b1 + layout.ABSORPTION];
  const upB2 = cells[b2 + layout.ABSORPTION];
  const downA1 = cells[a1 + layout.BOTH] - upA1;
  const downA2 = cells[a2 + layout.BOTH] - upA2;
  const downB1 = cells[b1 + layout.BOTH] - upB1;
  const downB2 = cells[b2 + layout.BOTH] - upB2;
  const s1 = alpha * downA1 + beta * downB1;
  const s2 = beta * downA2 + alpha * downB2;
  const s3 = alpha * upA1 + beta * upB1;
  const s4 = beta * upA2 + alpha * upB2;
  const k = 0.5 * cells[e + layout.MIXING];
  const u1 = k * (downA1 - downB1);
  const u2 = k * (downA2 - downB2);
  const u3 = k * (upA1 - upB1);
  const u4 = k * (upA2 - upB2);
  const u = u1 + u2;
  const v = u3 + u4;
  const outer = u1 - u4;
  const inner = u2 - u3;
  const p = printed ? inner : outer;
  const q = printed ? outer : inner;
  const h = 0.5 * cells[e + layout.SPLITTING];
  const x = words[layout.RESULT_CELLS];
  const x1 = cells[x];
  const x2 = cells[x + 1];
  const x3 = cells[x + 2];
  const x4 = cells[x + 3];
  const re = cells[x + 4];
  const im = cells[x + 5];
  const twice = re + re;
  const all = s1 + s2 + (s3 + s4);
  const width = 0.5 * all;
  const row2 = s4 * x1 + s1 * x4 - (s2 + s3) * x2 + twice * p;
  const row3 = s3 * x1 + s2 * x4 - (s1 + s4) * x3 + twice * q;
  const row4 = s3 * x2 + s4 * x3 - (s1 + s2) * x4 + twice * v;
  const drive = u * x4 - v * x1 + (q * x2 + p * x3);
  const rowRe = drive - width * re - h * im;
  const rowIm = h * re - width * im;
  const trace = Math.abs(x1 + x2 + (x3 + x4) - 1);
  const populations = larger(larger(Math.abs(row2), Math.abs(row3)), Math.abs(row4));
  const coherence = (Math.abs(rowRe) + Math.abs(rowIm)) / (width + h);
  cells[x + RESIDUAL] = larger(larger(trace, populations / all), coherence);
}

/** a < b ? b : a */
function larger(a: number, b: number): number {
  return a < b ? b : a;
}

/** b < a ? b : a */
function smaller(a: number, b: number): number {
  return b < a ? b : a;
}
