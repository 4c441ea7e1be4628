import * as layout from "../../../assembly/layout.ts";

/** First cell of the rates of bath b. */
function ratesOf(words: Int32Array, b: number): number {
  return words[layout.PAIR_RATE_CELLS] + layout.PAIR_RATES * b;
}

/**
 * The rates of bath b, (3.47) and (A.1): a₁, a₂ down and a₃, a₄ up at ω₊, ω₋, and c₁ … c₄ that mix
 * populations with coherences; b_n and d_n for the second bath.
 */
export function fillPairRates(words: Int32Array, cells: Float64Array, b: number): void {
  const alpha = cells[words[layout.ELEMENT_CELLS]];
  const beta = cells[words[layout.ELEMENT_CELLS] + layout.COMPLEX];
  const own = b === 0 ? alpha : beta;
  const other = b === 0 ? beta : alpha;
  const ownSquare = own * own;
  const otherSquare = other * other;
  const cross = 0.5 * (own * other);
  const plus =
    words[layout.OCCUPATION_CELLS] + layout.OCCUPATION_SIZE * (words[layout.FREQUENCIES] * b);
  const minus = plus + layout.OCCUPATION_SIZE;
  const downPlus = cells[plus + layout.EMISSION];
  const downMinus = cells[minus + layout.EMISSION];
  const upPlus = cells[plus + layout.ABSORPTION];
  const upMinus = cells[minus + layout.ABSORPTION];
  const to = ratesOf(words, b);
  cells[to] = ownSquare * downPlus;
  cells[to + 1] = otherSquare * downMinus;
  cells[to + 2] = ownSquare * upPlus;
  cells[to + 3] = otherSquare * upMinus;
  cells[to + 4] = cross * downPlus;
  cells[to + 5] = cross * downMinus;
  cells[to + 6] = cross * upPlus;
  cells[to + 7] = cross * upMinus;
}

/**
 * The numeric steady state of a qubit pair: results and status bits. False where the row is one for
 * the pivoted LU. `assembly/numeric-pair.ts` tells what is done here.
 */
export function solveNumericPair(words: Int32Array, cells: Float64Array): boolean {
  const form = words[layout.PAIR_FORM];
  const coherent = form !== layout.FORM_SECULAR;
  const printed = form === layout.FORM_PRINTED;
  const a = ratesOf(words, 0);
  const b = ratesOf(words, 1);
  const s1 = cells[a] + cells[b];
  const s2 = cells[a + 1] + cells[b + 1];
  const s3 = cells[a + 2] + cells[b + 2];
  const s4 = cells[a + 3] + cells[b + 3];
  const u1 = coherent ? cells[a + 4] - cells[b + 4] : 0;
  const u2 = coherent ? cells[a + 5] - cells[b + 5] : 0;
  const u3 = coherent ? cells[a + 6] - cells[b + 6] : 0;
  const u4 = coherent ? cells[a + 7] - cells[b + 7] : 0;
  const energies = words[layout.ENERGY_CELLS];
  const h = cells[energies + 2] - cells[energies + 1];

  const u = u1 + u2;
  const v = u3 + u4;
  const outer = u1 - u4;
  const inner = u2 - u3;
  const p = printed ? inner : outer;
  const q = printed ? outer : inner;
  const down = s1 + s2;
  const all = down + (s3 + s4);
  const inverse = 1 / (0.25 * (all * all) + h * h);
  const w = all * inverse;
  const wu = w * u;
  const wv = w * v;
  const wup = wu * p;
  const wuq = wu * q;
  const wvp = wv * p;
  const wvq = wv * q;

  const r14 = -(wu * u);
  const r24 = s1 + wup;
  const r34 = s2 + wuq;
  const loss = wu * v;
  const out4 = down - loss;
  const inverse4 = 1 / out4;
  const t1 = -(wv * v * inverse4);
  const t2 = (s3 + wvq) * inverse4;
  const t3 = (s4 + wvp) * inverse4;
  const via12 = r14 * t2;
  const via13 = r14 * t3;
  const via23 = r24 * t3;
  const direct23 = w * p * p;
  const r12 = s2 - wuq + via12;
  const r13 = s1 - wup + via13;
  const r21 = s4 - wvp + r24 * t1;
  const r23 = direct23 + via23;
  const r31 = s3 - wvq + r34 * t1;
  const r32 = w * q * q + r34 * t2;
  const out3 = r13 + r23;
  const inverse3 = 1 / out3;
  const z1 = r31 * inverse3;
  const z2 = r32 * inverse3;
  const detour = r13 * z2;
  const y1 = r12 + detour;
  const y2 = r21 + r23 * z1;
  const y3 = z1 * y1 + z2 * y2;
  const y4 = t1 * y1 + t2 * y2 + t3 * y3;
  const sum = y1 + y2 + (y3 + y4);
  const norm = 1 / sum;
  const x1 = y1 * norm;
  const x2 = y2 * norm;
  const x3 = y3 * norm;
  const x4 = y4 * norm;
  const drive = u * x4 - v * x1 + (q * x2 + p * x3);
  const re = 0.5 * (w * drive);
  const im = h * (inverse * drive);

  const kept = layout.LEAST_KEPT;
  const size13 = s1 + Math.abs(wup) + Math.abs(via13);
  const size23 = direct23 + Math.abs(via23);
  const size12 = s2 + Math.abs(wuq) + Math.abs(via12);
  const sizes = Math.abs(y1) + Math.abs(y2) + (Math.abs(y3) + Math.abs(y4));
  const accepted =
    out4 > kept * (down + Math.abs(loss)) &&
    out3 > kept * (size13 + size23) &&
    y1 > kept * (size12 + Math.abs(detour)) &&
    sum > kept * sizes &&
    (s1 < s2 ? s1 : s2) > layout.RATE_SPREAD * (s1 < s2 ? s2 : s1) &&
    inverse > 0;
  if (!accepted) return false;
  const x = words[layout.RESULT_CELLS];
  cells[x] = x1;
  cells[x + 1] = x2;
  cells[x + 2] = x3;
  cells[x + 3] = x4;
  cells[x + 4] = re;
  cells[x + 5] = im;
  fillPairCurrent(words, cells, 0);
  fillPairCurrent(words, cells, 1);

  const width = 0.5 * all;
  const twice = re + re;
  const row2 = s4 * x1 + s1 * x4 - (s2 + s3) * x2 + twice * p;
  const row3 = s3 * x1 + s2 * x4 - (s1 + s4) * x3 + twice * q;
  const row4 = s3 * x2 + s4 * x3 - down * x4 + twice * v;
  const rowRe = drive - width * re - h * im;
  const rowIm = h * re - width * im;
  const trace = Math.abs(x1 + x2 + (x3 + x4) - 1);
  const populations = larger(larger(Math.abs(row2), Math.abs(row3)), Math.abs(row4));
  const coherence = Math.abs(rowRe) + Math.abs(rowIm);
  const size = width + h;
  const scaled = larger(populations * size, coherence * all);
  const residual = larger(trace, scaled / (all * size));
  cells[x + 8] = residual;

  const parameters = words[layout.PARAMETER_CELLS] + words[layout.MODEL_PARAMETERS];
  const tA = cells[parameters + layout.TEMPERATURE];
  const tB = cells[parameters + layout.BATH_PARAMETERS + layout.TEMPERATURE];
  const sizeCells = words[layout.CURRENT_CELLS];
  const entropy = cells[x + 6] * tB + cells[x + 7] * tA;
  const uncertainty = cells[sizeCells] * tB + cells[sizeCells + 1] * tA;
  const bound = layout.RESIDUAL_THRESHOLD * layout.EPSILON * words[layout.UNKNOWNS];
  const broken = entropy > layout.CURRENT_TOLERANCE * uncertainty;
  cells[words[layout.BITS_CELLS]] =
    (broken ? layout.SECOND_LAW_BROKEN : 0) | (residual <= bound ? 0 : layout.RESIDUAL_TOO_LARGE);
  return true;
}

/**
 * The current (2.11), (2.12) from bath b: ω₊ and ω₋ times the flows between the levels, and what the
 * coherence carries; beside it the sum of its terms' magnitudes.
 */
function fillPairCurrent(words: Int32Array, cells: Float64Array, b: number): void {
  const r = ratesOf(words, b);
  const x = words[layout.RESULT_CELLS];
  const printed = words[layout.PAIR_FORM] === layout.FORM_PRINTED;
  const frequencies = words[layout.FREQUENCY_CELLS] + layout.VALUE;
  const plus = cells[frequencies];
  const minus = cells[frequencies + layout.FREQUENCY_SIZE];
  const downPlus = cells[r] * (cells[x + 2] + cells[x + 3]);
  const downMinus = cells[r + 1] * (cells[x + 1] + cells[x + 3]);
  const upPlus = cells[r + 2] * (cells[x] + cells[x + 1]);
  const upMinus = cells[r + 3] * (cells[x] + cells[x + 2]);
  const odd = cells[r + 4] + cells[r + 6];
  const even = cells[r + 5] + cells[r + 7];
  const carried = (printed ? plus : minus) * odd + (printed ? minus : plus) * even;
  const mixed = (b === 0 ? 2 : -2) * cells[x + 4] * carried;
  const sizePlus = plus * (Math.abs(upPlus) + Math.abs(downPlus));
  const sizeMinus = minus * (Math.abs(upMinus) + Math.abs(downMinus));
  cells[x + 6 + b] = plus * (upPlus - downPlus) + minus * (upMinus - downMinus) + mixed;
  cells[words[layout.CURRENT_CELLS] + b] = sizePlus + sizeMinus + Math.abs(mixed);
}

/** a < b ? b : a */
function larger(a: number, b: number): number {
  return a < b ? b : a;
}
