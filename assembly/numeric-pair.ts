import { couplingMask, frequencyOf, occupationOf, parametersOf } from "./bath";
import { isInside } from "./finish";
import { column, lengthOf, variesMask, word } from "./cells";
import { abs, add, all, div, larger, mul, smaller, splat, sub } from "./lanes";
import * as layout from "./layout";

/** Bytes from one column to the next: this solver's blocks are always whole. */
const STEP: usize = layout.CELL_BYTES * layout.BLOCK;
/** Bytes from a bath's columns at ω₊ to those at ω₋. */
const MINUS: usize = STEP * layout.OCCUPATION_SIZE;
const COUPLING: usize = STEP * layout.COUPLING;
const ABSORPTION: usize = STEP * layout.ABSORPTION;
const BOTH: usize = STEP * layout.BOTH;
/** Places of a result. */
const CURRENT_A: usize = 6;
const CURRENT_B: usize = 7;
const RESIDUAL = 8;

/** What the pair's operators give this solver, for the pairs up to byte `end` of the columns. */
export function fillPairElements(words: usize, cells: usize, end: usize): void {
  const elements = column(words, cells, word(words, layout.ELEMENT_CELLS));
  const energies = column(words, cells, word(words, layout.ENERGY_CELLS));
  const plus = frequencyOf(words, cells, 0) + layout.VALUE * STEP;
  const minus = frequencyOf(words, cells, 1) + layout.VALUE * STEP;
  const to = column(words, cells, word(words, layout.PAIR_CELLS));
  const coherent = i64x2.splat(word(words, layout.PAIR_FORM) == layout.FORM_SECULAR ? 0 : -1);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const alpha = v128.load(elements + i);
    const beta = v128.load(elements + i, layout.COMPLEX * STEP);
    const h = sub(v128.load(energies + i, 2 * STEP), v128.load(energies + i, STEP));
    const twice = add(h, h);
    v128.store(to + i, mul(alpha, alpha), layout.ALPHA_SQUARE * STEP);
    v128.store(to + i, mul(beta, beta), layout.BETA_SQUARE * STEP);
    v128.store(to + i, v128.and(mul(alpha, beta), coherent), layout.MIXING * STEP);
    v128.store(to + i, twice, layout.SPLITTING * STEP);
    v128.store(to + i, mul(twice, twice), layout.SPLITTING_SQUARE * STEP);
    v128.store(to + i, v128.load(plus + i), layout.OMEGA_PLUS * STEP);
    v128.store(to + i, v128.load(minus + i), layout.OMEGA_MINUS * STEP);
  }
}

/** The correlations of bath b this solver wants: D²¹(−ω), and D¹²(ω) + D²¹(−ω). */
export function fillPairRates(words: usize, cells: usize, b: i32, end: usize): void {
  const length = lengthOf(variesMask(words, cells, 0) | variesMask(words, cells, 1 + b), end);
  const coupling = couplingMask(words, cells, b);
  const occupation = occupationOf(words, cells, b, 0);
  let i: usize = 0;
  do {
    fillRatesAt(occupation + i, occupation + (i & coupling));
    fillRatesAt(occupation + MINUS + i, occupation + MINUS + (i & coupling));
    i += layout.CELL_BYTES;
  } while (i < length);
}

function fillRatesAt(o: usize, coupling: usize): void {
  const share = div(v128.load(coupling, COUPLING), v128.load(o, layout.COMPLEMENT * STEP));
  const boltzmann = v128.load(o, layout.BOLTZMANN * STEP);
  v128.store(o, mul(share, boltzmann), ABSORPTION);
  v128.store(o, mul(share, add(v128.load(o, layout.FACTOR * STEP), boltzmann)), BOTH);
}

/**
 * The numeric steady state of a qubit pair for the rows from `row` on, up to byte `end` of the columns. If
 * every row has one, results and status go to the sinks, and it returns true; else there are result
 * columns, the mask of lanes that are accepted, and status bits: a lane that is not accepted is left to
 * the pivoted LU. The residual is worked out where a file has its column: what is accepted has one of
 * at most some 30 ε, where status 16 begins at 120 or 180.
 */
export function solveNumericPair(words: usize, slot: usize, row: i32, end: usize): bool {
  const printed = word(words, layout.PAIR_FORM) == layout.FORM_PRINTED;
  const status = slot + <usize>(word(words, layout.STATUS_OFFSET) + row);
  const good = printed
    ? solvePairs<Printed>(words, slot, status, end)
    : solvePairs<Standard>(words, slot, status, end);
  if (strideOf(words, RESIDUAL) != 0) fillResidual(words, slot, end);
  if (!all(good) || !isInside(words, slot, end)) return false;
  const results = column(words, slot, word(words, layout.RESULT_CELLS));
  for (let k = 0; k <= RESIDUAL; k++) {
    const stride = strideOf(words, k);
    if (stride == 0) continue;
    const sink = word(words, word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k);
    copy(results + <usize>k * STEP, slot + <usize>(sink + stride * row), end);
  }
  return true;
}

/** The byte stride of the sink of result k; 0 where nobody asks for it. */
function strideOf(words: usize, k: i32): i32 {
  return word(words, word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k + 1);
}

function copy(from: usize, to: usize, length: usize): void {
  const end = from + length;
  while (from + 64 <= end) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    from += 64;
    to += 64;
  }
  while (from < end) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
}

/** The forms of the equation as types: each has a loop of its own, the secular one that of the standard. */
class Standard {}
class Printed {}

/**
 * (2.3) on the block that the populations couple to, in unknowns that leave three coupled: the upper
 * shares X₁ = ρ₃₃ + ρ₄₄ of ω₊ and X₂ = ρ₂₂ + ρ₄₄ of ω₋, and R = Re ρ₂₃. Let a↑, a↓ be a bath's rates
 * D²¹, D¹² and Σ = a↑ + a↓, with 1 at ω₊ and 2 at ω₋; s↑ and γ the sums of a↑ and Σ over the baths with
 * their weights α², β²; E = Σ₂ of A less Σ₂ of B, O = Σ₁ of A less Σ₁ of B (in the printed form 1 and 2
 * change places in them); S = γ₁ + γ₂, z = αβ R. Then
 *
 *     γ₁ X₁ = s↑₁ + z E,  γ₂ X₂ = s↑₂ + z O,  (S² + 4h²) R = αβ S (O X₁ + E X₂ + Σ a↑ of B − Σ a↑ of A)
 *
 * and Im ρ₂₃ = 2h R/S. Put into the third, the first two give R as one quotient; in the standard form
 * α² + β² = 1 brings its numerator to αβ S times γ₂ (g_A a↑ of B − g_B a↑ of A) at ω₊, and γ₁ times that
 * at ω₋. By its own equation ρ₄₄ = X₁X₂ − |ρ₂₃|², and so on for each population: free fermions.
 *
 * Accepted are lanes within the bounds of `LEAST_KEPT` and what follows it in `layout.ts`.
 */
function solvePairs<Form>(words: usize, cells: usize, status: usize, end: usize): v128 {
  const printed = idof<Form>() == idof<Printed>();
  const modelMask = variesMask(words, cells, 0);
  const maskA = variesMask(words, cells, 1);
  const maskB = variesMask(words, cells, 2);
  const couplingA = couplingMask(words, cells, 0);
  const couplingB = couplingMask(words, cells, 1);
  const elements = column(words, cells, word(words, layout.PAIR_CELLS));
  const bathA = occupationOf(words, cells, 0, 0);
  const bathB = occupationOf(words, cells, 1, 0);
  const temperatureA = parametersOf(words, cells, 0) + layout.TEMPERATURE * STEP;
  const temperatureB = parametersOf(words, cells, 1) + layout.TEMPERATURE * STEP;
  const results = column(words, cells, word(words, layout.RESULT_CELLS));
  const unique = column(words, cells, word(words, layout.UNIQUE_CELLS));
  const bitsColumn = column(words, cells, word(words, layout.BITS_CELLS));
  let good = i64x2.splat(-1);
  let i: usize = 0;
  do {
    const e = elements + (i & modelMask);
    const a = bathA + (i & (modelMask | maskA));
    const b = bathB + (i & (modelMask | maskB));
    const bothA1 = v128.load(a, BOTH);
    const bothA2 = v128.load(a, MINUS + BOTH);
    const bothB1 = v128.load(b, BOTH);
    const bothB2 = v128.load(b, MINUS + BOTH);
    const upA1 = v128.load(a, ABSORPTION);
    const upA2 = v128.load(a, MINUS + ABSORPTION);
    const upB1 = v128.load(b, ABSORPTION);
    const upB2 = v128.load(b, MINUS + ABSORPTION);
    const alpha = v128.load(e, layout.ALPHA_SQUARE * STEP);
    const beta = v128.load(e, layout.BETA_SQUARE * STEP);
    const mixing = v128.load(e, layout.MIXING * STEP);
    const splitting = v128.load(e, layout.SPLITTING * STEP);
    const plus = add(mul(alpha, bothA1), mul(beta, bothB1));
    const minus = add(mul(beta, bothA2), mul(alpha, bothB2));
    const up1 = add(mul(alpha, upA1), mul(beta, upB1));
    const up2 = add(mul(beta, upA2), mul(alpha, upB2));
    const total = add(plus, minus);
    const evenA = printed ? bothA1 : bothA2;
    const evenB = printed ? bothB1 : bothB2;
    const oddA = printed ? bothA2 : bothA1;
    const oddB = printed ? bothB2 : bothB1;
    const even = sub(evenA, evenB);
    const odd = sub(oddA, oddB);

    let drive: v128;
    let size: v128;
    if (printed) {
      const down1 = sub(plus, up1);
      const down2 = sub(minus, up2);
      const eA1 = sub(bothA1, upA1);
      const eA2 = sub(bothA2, upA2);
      const eB1 = sub(bothB1, upB1);
      const eB2 = sub(bothB2, upB2);
      const in1 = sub(mul(sub(eA1, eB1), up2), mul(sub(upA1, upB1), down2));
      const in2 = sub(mul(sub(eA2, eB2), up1), mul(sub(upA2, upB2), down1));
      const size1 = add(mul(add(eA1, eB1), up2), mul(add(upA1, upB1), down2));
      const size2 = add(mul(add(eA2, eB2), up1), mul(add(upA2, upB2), down1));
      drive = add(mul(plus, in1), mul(minus, in2));
      size = add(mul(plus, size1), mul(minus, size2));
    } else {
      const gA = bathA + (i & couplingA);
      const gB = bathB + (i & couplingB);
      const in1 = mul(v128.load(gA, COUPLING), upB1);
      const in2 = mul(v128.load(gA, MINUS + COUPLING), upB2);
      const out1 = mul(v128.load(gB, COUPLING), upA1);
      const out2 = mul(v128.load(gB, MINUS + COUPLING), upA2);
      const into = add(mul(minus, in1), mul(plus, in2));
      const out = add(mul(minus, out1), mul(plus, out2));
      drive = sub(into, out);
      size = add(into, out);
    }
    const product = mul(plus, minus);
    const mix = mul(mixing, total);
    const mixSquare = mul(mix, mix);
    const totalSquare = mul(total, total);
    const width = add(totalSquare, v128.load(e, layout.SPLITTING_SQUARE * STEP));
    const pure = mul(product, width);
    const determinant = sub(pure, mul(mixSquare, mul(odd, even)));
    const inverse = div(mix, determinant);
    const re = add(mul(drive, inverse), splat(0));
    const z = mul(mixing, re);
    const turn = div(splitting, total);
    const im = mul(re, turn);
    const perPlus = div(splat(1), plus);
    const perMinus = div(splat(1), minus);
    const gain1 = add(up1, mul(z, even));
    const gain2 = add(up2, mul(z, odd));
    const loss1 = sub(plus, gain1);
    const loss2 = sub(minus, gain2);
    const upper1 = mul(gain1, perPlus);
    const lower1 = mul(loss1, perPlus);
    const upper2 = mul(gain2, perMinus);
    const lower2 = mul(loss2, perMinus);
    const square = add(mul(re, re), mul(im, im));
    const x1 = sub(mul(lower1, lower2), square);
    const x2 = add(mul(lower1, upper2), square);
    const x3 = add(mul(upper1, lower2), square);
    const x4 = sub(mul(upper1, upper2), square);
    const negative = f64x2.lt(smaller(smaller(x1, x2), smaller(x3, x4)), splat(0));
    const to = results + i;
    v128.store(to, x1);
    v128.store(to, x2, STEP);
    v128.store(to, x3, 2 * STEP);
    v128.store(to, x4, 3 * STEP);
    v128.store(to, re, 4 * STEP);
    v128.store(to, im, 5 * STEP);

    const wideEven = add(evenA, evenB);
    const wideOdd = add(oddA, oddB);
    const bound = mul(size, inverse);
    const doubt = mul(splat(layout.LEAST_SHARE), mul(mixing, bound));
    const magnitude = add(pure, mul(mixSquare, mul(wideOdd, wideEven)));
    const kept = f64x2.gt(determinant, mul(splat(layout.LEAST_KEPT), magnitude));
    const kept1 = f64x2.ge(smaller(abs(gain1), abs(loss1)), mul(doubt, wideEven));
    const kept2 = f64x2.ge(smaller(abs(gain2), abs(loss2)), mul(doubt, wideOdd));
    const kept3 = f64x2.le(mul(abs(bound), add(splat(1), turn)), splat(layout.LARGEST_COHERENCE));
    const close = f64x2.gt(product, mul(splat(layout.RATE_SPREAD), totalSquare));
    const flowA1 = mul(alpha, sub(upA1, mul(bothA1, upper1)));
    const flowB1 = mul(beta, sub(upB1, mul(bothB1, upper1)));
    const flowA2 = mul(beta, sub(upA2, mul(bothA2, upper2)));
    const flowB2 = mul(alpha, sub(upB2, mul(bothB2, upper2)));
    const omega1 = v128.load(e, layout.OMEGA_PLUS * STEP);
    const omega2 = v128.load(e, layout.OMEGA_MINUS * STEP);
    const qA1 = mul(omega1, add(flowA1, mul(z, evenA)));
    const qB1 = mul(omega1, sub(flowB1, mul(z, evenB)));
    const qA = add(qA1, mul(omega2, add(flowA2, mul(z, oddA))));
    const qB = add(qB1, mul(omega2, sub(flowB2, mul(z, oddB))));
    v128.store(to, qA, CURRENT_A * STEP);
    v128.store(to, qB, CURRENT_B * STEP);

    // NaN where a current is not finite
    const balance = add(qA, qB);
    const rates = add(total, sub(balance, balance));
    const inRange = f64x2.gt(rates, splat(layout.SMALLEST_RATE));
    const keptAll = v128.and(v128.and(kept, kept1), v128.and(kept2, kept3));
    const accepted = v128.and(keptAll, v128.and(close, inRange));
    v128.store(unique + i, accepted);
    good = v128.and(good, accepted);

    const tA = v128.load(temperatureA + (i & maskA));
    const tB = v128.load(temperatureB + (i & maskB));
    const entropy = add(mul(qA, tB), mul(qB, tA));
    let broken = f64x2.gt(entropy, splat(0));
    if (v128.any_true(broken)) {
      const wide1 = add(add(abs(gain1), abs(loss1)), mul(abs(z), wideEven));
      const wide2 = add(add(abs(gain2), abs(loss2)), mul(abs(z), wideOdd));
      const terms = mul(larger(tA, tB), add(mul(omega1, wide1), mul(omega2, wide2)));
      broken = f64x2.gt(entropy, mul(splat(layout.CURRENT_TOLERANCE), terms));
    }
    const bits = v128.or(
      v128.and(broken, i64x2.splat(layout.SECOND_LAW_BROKEN)),
      v128.and(negative, i64x2.splat(layout.NEGATIVE_POPULATION)),
    );
    v128.store(bitsColumn + i, bits);
    store<u8>(status + (i >> 3), <u8>i64x2.extract_lane(bits, 0));
    store<u8>(status + (i >> 3), <u8>i64x2.extract_lane(bits, 1), 1);
    i += layout.CELL_BYTES;
  } while (i < end);
  return good;
}

/**
 * The residual of (2.3), that of the populations' equations in units of all rates S, that of the
 * coherence's in units of its S/2 + h, that of the trace as it is.
 */
function fillResidual(words: usize, cells: usize, end: usize): void {
  const modelMask = variesMask(words, cells, 0);
  const maskA = modelMask | variesMask(words, cells, 1);
  const maskB = modelMask | variesMask(words, cells, 2);
  const elements = column(words, cells, word(words, layout.PAIR_CELLS));
  const bathA = occupationOf(words, cells, 0, 0);
  const bathB = occupationOf(words, cells, 1, 0);
  const results = column(words, cells, word(words, layout.RESULT_CELLS));
  const printed = word(words, layout.PAIR_FORM) == layout.FORM_PRINTED;
  const half = splat(0.5);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const e = elements + (i & modelMask);
    const a = bathA + (i & maskA);
    const b = bathB + (i & maskB);
    const alpha = v128.load(e, layout.ALPHA_SQUARE * STEP);
    const beta = v128.load(e, layout.BETA_SQUARE * STEP);
    const upA1 = v128.load(a, ABSORPTION);
    const upA2 = v128.load(a, MINUS + ABSORPTION);
    const upB1 = v128.load(b, ABSORPTION);
    const upB2 = v128.load(b, MINUS + ABSORPTION);
    const downA1 = sub(v128.load(a, BOTH), upA1);
    const downA2 = sub(v128.load(a, MINUS + BOTH), upA2);
    const downB1 = sub(v128.load(b, BOTH), upB1);
    const downB2 = sub(v128.load(b, MINUS + BOTH), upB2);
    const s1 = add(mul(alpha, downA1), mul(beta, downB1));
    const s2 = add(mul(beta, downA2), mul(alpha, downB2));
    const s3 = add(mul(alpha, upA1), mul(beta, upB1));
    const s4 = add(mul(beta, upA2), mul(alpha, upB2));
    const k = mul(half, v128.load(e, layout.MIXING * STEP));
    const u1 = mul(k, sub(downA1, downB1));
    const u2 = mul(k, sub(downA2, downB2));
    const u3 = mul(k, sub(upA1, upB1));
    const u4 = mul(k, sub(upA2, upB2));
    const u = add(u1, u2);
    const v = add(u3, u4);
    const outer = sub(u1, u4);
    const inner = sub(u2, u3);
    const p = printed ? inner : outer;
    const q = printed ? outer : inner;
    const h = mul(half, v128.load(e, layout.SPLITTING * STEP));
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
    const coherence = div(add(abs(rowRe), abs(rowIm)), add(width, h));
    v128.store(x, larger(larger(trace, div(populations, all)), coherence), RESIDUAL * STEP);
  }
}
