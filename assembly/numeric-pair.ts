import { frequencyOf, occupationOf, parametersOf } from "./bath";
import { column, lengthOf, variesMask, word } from "./cells";
import { abs, add, div, larger, mul, neg, select, smaller, splat, sub } from "./lanes";
import * as layout from "./layout";

/** Bytes from one column to the next: this solver's blocks are always whole. */
const STEP: usize = layout.CELL_BYTES * layout.BLOCK;

/** First column of the rates of bath b. */
function ratesOf(words: usize, cells: usize, b: i32): usize {
  return column(words, cells, word(words, layout.PAIR_RATE_CELLS) + layout.PAIR_RATES * b);
}

/**
 * The rates of bath b, (3.47) and (A.1): a₁, a₂ down and a₃, a₄ up at ω₊, ω₋, and c₁ … c₄ that mix
 * populations with coherences; b_n and d_n for the second bath.
 */
export function fillPairRates(words: usize, cells: usize, b: i32, end: usize): void {
  const modelMask = variesMask(words, cells, 0);
  const mask = modelMask | variesMask(words, cells, 1 + b);
  const length = lengthOf(mask, end);
  const elements = column(words, cells, word(words, layout.ELEMENT_CELLS));
  const own = elements + (b == 0 ? 0 : layout.COMPLEX * STEP);
  const other = elements + (b == 0 ? layout.COMPLEX * STEP : 0);
  const plus = occupationOf(words, cells, b, 0);
  const minus = occupationOf(words, cells, b, 1);
  const rates = ratesOf(words, cells, b);
  for (let i: usize = 0; i < length; i += layout.CELL_BYTES) {
    const ownElement = v128.load(own + (i & modelMask));
    const otherElement = v128.load(other + (i & modelMask));
    const ownSquare = mul(ownElement, ownElement);
    const otherSquare = mul(otherElement, otherElement);
    const cross = mul(splat(0.5), mul(ownElement, otherElement));
    const downPlus = v128.load(plus + i, layout.EMISSION * STEP);
    const downMinus = v128.load(minus + i, layout.EMISSION * STEP);
    const upPlus = v128.load(plus + i, layout.ABSORPTION * STEP);
    const upMinus = v128.load(minus + i, layout.ABSORPTION * STEP);
    const to = rates + i;
    v128.store(to, mul(ownSquare, downPlus));
    v128.store(to, mul(otherSquare, downMinus), STEP);
    v128.store(to, mul(ownSquare, upPlus), 2 * STEP);
    v128.store(to, mul(otherSquare, upMinus), 3 * STEP);
    v128.store(to, mul(cross, downPlus), 4 * STEP);
    v128.store(to, mul(cross, downMinus), 5 * STEP);
    v128.store(to, mul(cross, upPlus), 6 * STEP);
    v128.store(to, mul(cross, upMinus), 7 * STEP);
  }
}

/**
 * The numeric steady state of a qubit pair for the pairs up to byte `end` of the columns: results, the
 * mask of lanes that are accepted, status bits. A lane that is not is left to the pivoted LU.
 */
export function solveNumericPair(words: usize, cells: usize, end: usize): void {
  eliminate(words, cells, end);
  fillPairCurrent(words, cells, 0, end);
  fillPairCurrent(words, cells, 1, end);
  check(words, cells, end);
}

/** The mask of the lanes, all or none, where the equation is `form`. */
function isForm(words: usize, form: i32): v128 {
  return i64x2.splat(word(words, layout.PAIR_FORM) == form ? -1 : 0);
}

/**
 * (2.3) on the block that the populations couple to, as straight-line code. The coherence ρ₂₃ goes
 * first: its equation (ih − S/2) ρ₂₃ + vᵀρ = 0 turns the populations' into those of a rate matrix,
 * the rates + w m vᵀ. Its columns sum to 0, so that the elimination of Grassmann, Taksar and Heyman,
 * highest level first, finds its pivots by adding: nothing cancels where the rates are positive.
 * Accepted are lanes in which every sum
 * keeps LEAST_KEPT of its terms' magnitudes, whose rates lie within RATE_SPREAD and have squares.
 */
function eliminate(words: usize, cells: usize, end: usize): void {
  const modelMask = variesMask(words, cells, 0);
  const maskA = modelMask | variesMask(words, cells, 1);
  const maskB = modelMask | variesMask(words, cells, 2);
  const ratesA = ratesOf(words, cells, 0);
  const ratesB = ratesOf(words, cells, 1);
  const energies = column(words, cells, word(words, layout.ENERGY_CELLS));
  const results = column(words, cells, word(words, layout.RESULT_CELLS));
  const unique = column(words, cells, word(words, layout.UNIQUE_CELLS));
  const coherent = v128.not(isForm(words, layout.FORM_SECULAR));
  const printed = isForm(words, layout.FORM_PRINTED);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const a = ratesA + (i & maskA);
    const b = ratesB + (i & maskB);
    const s1 = add(v128.load(a), v128.load(b));
    const s2 = add(v128.load(a, STEP), v128.load(b, STEP));
    const s3 = add(v128.load(a, 2 * STEP), v128.load(b, 2 * STEP));
    const s4 = add(v128.load(a, 3 * STEP), v128.load(b, 3 * STEP));
    const u1 = v128.and(sub(v128.load(a, 4 * STEP), v128.load(b, 4 * STEP)), coherent);
    const u2 = v128.and(sub(v128.load(a, 5 * STEP), v128.load(b, 5 * STEP)), coherent);
    const u3 = v128.and(sub(v128.load(a, 6 * STEP), v128.load(b, 6 * STEP)), coherent);
    const u4 = v128.and(sub(v128.load(a, 7 * STEP), v128.load(b, 7 * STEP)), coherent);
    const e = energies + (i & modelMask);
    const h = sub(v128.load(e, 2 * STEP), v128.load(e, STEP));

    // v = (−v, q, p, u), the row of the coherence; m = (−u, p, q, v), its column
    const u = add(u1, u2);
    const v = add(u3, u4);
    const outer = sub(u1, u4);
    const inner = sub(u2, u3);
    const p = select(printed, inner, outer);
    const q = select(printed, outer, inner);
    const down = add(s1, s2);
    const all = add(down, add(s3, s4));
    const inverse = div(splat(1), add(mul(splat(0.25), mul(all, all)), mul(h, h)));
    const w = mul(all, inverse);
    const wu = mul(w, u);
    const wv = mul(w, v);
    const wup = mul(wu, p);
    const wuq = mul(wu, q);
    const wvp = mul(wv, p);
    const wvq = mul(wv, q);

    // r with the levels it leads to and from: r12 from 2 to 1
    const r14 = neg(mul(wu, u));
    const r24 = add(s1, wup);
    const r34 = add(s2, wuq);
    const loss = mul(wu, v);
    const out4 = sub(down, loss);
    const inverse4 = div(splat(1), out4);
    const t1 = neg(mul(mul(wv, v), inverse4));
    const t2 = mul(add(s3, wvq), inverse4);
    const t3 = mul(add(s4, wvp), inverse4);
    const via12 = mul(r14, t2);
    const via13 = mul(r14, t3);
    const via23 = mul(r24, t3);
    const direct23 = mul(mul(w, p), p);
    const r12 = add(sub(s2, wuq), via12);
    const r13 = add(sub(s1, wup), via13);
    const r21 = add(sub(s4, wvp), mul(r24, t1));
    const r23 = add(direct23, via23);
    const r31 = add(sub(s3, wvq), mul(r34, t1));
    const r32 = add(mul(mul(w, q), q), mul(r34, t2));
    const out3 = add(r13, r23);
    const inverse3 = div(splat(1), out3);
    const z1 = mul(r31, inverse3);
    const z2 = mul(r32, inverse3);
    const detour = mul(r13, z2);
    const y1 = add(r12, detour);
    const y2 = add(r21, mul(r23, z1));
    const y3 = add(mul(z1, y1), mul(z2, y2));
    const y4 = add(add(mul(t1, y1), mul(t2, y2)), mul(t3, y3));
    const sum = add(add(y1, y2), add(y3, y4));
    const norm = div(splat(1), sum);
    const x1 = mul(y1, norm);
    const x2 = mul(y2, norm);
    const x3 = mul(y3, norm);
    const x4 = mul(y4, norm);
    const drive = add(sub(mul(u, x4), mul(v, x1)), add(mul(q, x2), mul(p, x3)));
    const to = results + i;
    v128.store(to, x1);
    v128.store(to, x2, STEP);
    v128.store(to, x3, 2 * STEP);
    v128.store(to, x4, 3 * STEP);
    v128.store(to, mul(splat(0.5), mul(w, drive)), 4 * STEP);
    v128.store(to, mul(h, mul(inverse, drive)), 5 * STEP);

    // against the magnitudes of all that was added
    const kept = splat(layout.LEAST_KEPT);
    const size13 = add(add(s1, abs(wup)), abs(via13));
    const size23 = add(direct23, abs(via23));
    const size12 = add(add(s2, abs(wuq)), abs(via12));
    const sizes = add(add(abs(y1), abs(y2)), add(abs(y3), abs(y4)));
    const kept4 = f64x2.gt(out4, mul(kept, add(down, abs(loss))));
    const kept3 = f64x2.gt(out3, mul(kept, add(size13, size23)));
    const kept2 = f64x2.gt(y1, mul(kept, add(size12, abs(detour))));
    const kept1 = f64x2.gt(sum, mul(kept, sizes));
    const close = f64x2.gt(smaller(s1, s2), mul(splat(layout.RATE_SPREAD), larger(s1, s2)));
    const keptAll = v128.and(v128.and(kept4, kept3), v128.and(kept2, kept1));
    const inRange = f64x2.gt(inverse, splat(0));
    v128.store(unique + i, v128.and(keptAll, v128.and(close, inRange)));
  }
}

/**
 * The current (2.11), (2.12) from bath b: ω₊ and ω₋ times the flows between the levels, and what the
 * coherence carries; beside it the sum of its terms' magnitudes.
 */
function fillPairCurrent(words: usize, cells: usize, b: i32, end: usize): void {
  const modelMask = variesMask(words, cells, 0);
  const mask = modelMask | variesMask(words, cells, 1 + b);
  const rates = ratesOf(words, cells, b);
  const plusColumn = frequencyOf(words, cells, 0) + layout.VALUE * STEP;
  const minusColumn = frequencyOf(words, cells, 1) + layout.VALUE * STEP;
  const results = column(words, cells, word(words, layout.RESULT_CELLS));
  const current = results + (6 + b) * STEP;
  const size = column(words, cells, word(words, layout.CURRENT_CELLS) + b);
  const printed = isForm(words, layout.FORM_PRINTED);
  const sign = splat(b == 0 ? 2 : -2);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const r = rates + (i & mask);
    const x = results + i;
    const x1 = v128.load(x);
    const x2 = v128.load(x, STEP);
    const x3 = v128.load(x, 2 * STEP);
    const x4 = v128.load(x, 3 * STEP);
    const plus = v128.load(plusColumn + (i & modelMask));
    const minus = v128.load(minusColumn + (i & modelMask));
    const downPlus = mul(v128.load(r), add(x3, x4));
    const downMinus = mul(v128.load(r, STEP), add(x2, x4));
    const upPlus = mul(v128.load(r, 2 * STEP), add(x1, x2));
    const upMinus = mul(v128.load(r, 3 * STEP), add(x1, x3));
    const odd = add(v128.load(r, 4 * STEP), v128.load(r, 6 * STEP));
    const even = add(v128.load(r, 5 * STEP), v128.load(r, 7 * STEP));
    const carried = add(
      mul(select(printed, plus, minus), odd),
      mul(select(printed, minus, plus), even),
    );
    const mixed = mul(mul(sign, v128.load(x, 4 * STEP)), carried);
    const flow = add(mul(plus, sub(upPlus, downPlus)), mul(minus, sub(upMinus, downMinus)));
    const sizePlus = mul(plus, add(abs(upPlus), abs(downPlus)));
    const sizeMinus = mul(minus, add(abs(upMinus), abs(downMinus)));
    v128.store(current + i, add(flow, mixed));
    v128.store(size + i, add(add(sizePlus, sizeMinus), abs(mixed)));
  }
}

/**
 * The residual of (2.3), that of the populations' equations in units of all rates S, that of the
 * coherence's in units of its S/2 + h, that of the trace as it is; and the status bits.
 */
function check(words: usize, cells: usize, end: usize): void {
  const modelMask = variesMask(words, cells, 0);
  const bathMaskA = variesMask(words, cells, 1);
  const bathMaskB = variesMask(words, cells, 2);
  const ratesA = ratesOf(words, cells, 0);
  const ratesB = ratesOf(words, cells, 1);
  const energies = column(words, cells, word(words, layout.ENERGY_CELLS));
  const results = column(words, cells, word(words, layout.RESULT_CELLS));
  const sizes = column(words, cells, word(words, layout.CURRENT_CELLS));
  const bitsColumn = column(words, cells, word(words, layout.BITS_CELLS));
  const temperatureA = parametersOf(words, cells, 0) + layout.TEMPERATURE * STEP;
  const temperatureB = parametersOf(words, cells, 1) + layout.TEMPERATURE * STEP;
  const coherent = v128.not(isForm(words, layout.FORM_SECULAR));
  const printed = isForm(words, layout.FORM_PRINTED);
  const unknowns: f64 = word(words, layout.UNKNOWNS);
  const bound = splat(layout.RESIDUAL_THRESHOLD * layout.EPSILON * unknowns);
  const half = splat(0.5);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const a = ratesA + (i & (modelMask | bathMaskA));
    const b = ratesB + (i & (modelMask | bathMaskB));
    const s1 = add(v128.load(a), v128.load(b));
    const s2 = add(v128.load(a, STEP), v128.load(b, STEP));
    const s3 = add(v128.load(a, 2 * STEP), v128.load(b, 2 * STEP));
    const s4 = add(v128.load(a, 3 * STEP), v128.load(b, 3 * STEP));
    const u1 = v128.and(sub(v128.load(a, 4 * STEP), v128.load(b, 4 * STEP)), coherent);
    const u2 = v128.and(sub(v128.load(a, 5 * STEP), v128.load(b, 5 * STEP)), coherent);
    const u3 = v128.and(sub(v128.load(a, 6 * STEP), v128.load(b, 6 * STEP)), coherent);
    const u4 = v128.and(sub(v128.load(a, 7 * STEP), v128.load(b, 7 * STEP)), coherent);
    const e = energies + (i & modelMask);
    const h = sub(v128.load(e, 2 * STEP), v128.load(e, STEP));
    const outer = sub(u1, u4);
    const inner = sub(u2, u3);
    const p = select(printed, inner, outer);
    const q = select(printed, outer, inner);
    const u = add(u1, u2);
    const v = add(u3, u4);
    const x = results + i;
    const x1 = v128.load(x);
    const x2 = v128.load(x, STEP);
    const x3 = v128.load(x, 2 * STEP);
    const x4 = v128.load(x, 3 * STEP);
    const re = v128.load(x, 4 * STEP);
    const im = v128.load(x, 5 * STEP);
    const twice = add(re, re);
    const all = add(add(s1, s2), add(s3, s4));
    const width = mul(half, all);

    const row2 = add(sub(add(mul(s4, x1), mul(s1, x4)), mul(add(s2, s3), x2)), mul(twice, p));
    const row3 = add(sub(add(mul(s3, x1), mul(s2, x4)), mul(add(s1, s4), x3)), mul(twice, q));
    const row4 = add(sub(add(mul(s3, x2), mul(s4, x3)), mul(add(s1, s2), x4)), mul(twice, v));
    const drive = add(sub(mul(u, x4), mul(v, x1)), add(mul(q, x2), mul(p, x3)));
    const rowRe = sub(sub(drive, mul(width, re)), mul(h, im));
    const rowIm = sub(mul(h, re), mul(width, im));
    const trace = abs(sub(add(add(x1, x2), add(x3, x4)), splat(1)));
    const populations = larger(larger(abs(row2), abs(row3)), abs(row4));
    const coherence = add(abs(rowRe), abs(rowIm));
    const size = add(width, h);
    const scaled = larger(mul(populations, size), mul(coherence, all));
    const residual = larger(trace, div(scaled, mul(all, size)));
    v128.store(x, residual, 8 * STEP);

    // the second law times both temperatures, as in `secondLawBroken`
    const tA = v128.load(temperatureA + (i & bathMaskA));
    const tB = v128.load(temperatureB + (i & bathMaskB));
    const entropy = add(mul(v128.load(x, 6 * STEP), tB), mul(v128.load(x, 7 * STEP), tA));
    const uncertainty = add(mul(v128.load(sizes + i), tB), mul(v128.load(sizes + i, STEP), tA));
    const broken = f64x2.gt(entropy, mul(splat(layout.CURRENT_TOLERANCE), uncertainty));
    const bits = v128.and(broken, i64x2.splat(layout.SECOND_LAW_BROKEN));
    const small = f64x2.le(residual, bound);
    const coarse = v128.andnot(i64x2.splat(layout.RESIDUAL_TOO_LARGE), small);
    v128.store(bitsColumn + i, v128.or(bits, coarse));
  }
}
