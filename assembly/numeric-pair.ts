import { couplingStrideOf, occupationOf, parametersOf } from "./bath";
import { column, jointStrideOf, strideOf, word } from "./cells";
import { isInside } from "./finish";
import { abs, add, div, larger, mul, smaller, splat, sub } from "./lanes";
import * as layout from "./layout";
import { fillResidual } from "./pair-residual";
import { isAsked, targetOf } from "./sinks";

/** Bytes from one column to the next. */
const STEP: usize = layout.CELL_BYTES * layout.BLOCK;
/** Bytes from a bath's columns at ω₊ to those at ω₋. */
const MINUS: usize = STEP * layout.OCCUPATION_SIZE;
const COUPLING: usize = STEP * layout.COUPLING;
const ABSORPTION: usize = STEP * layout.ABSORPTION;
const BOTH: usize = STEP * layout.BOTH;
/** What one loop leaves to the next: γ₁, γ₂, s↑₁, s↑₂, */
const RATES_1: usize = 0;
const RATES_2: usize = STEP;
const UP_1: usize = 2 * STEP;
const UP_2: usize = 3 * STEP;
/** αβ S over the determinant, the mask of lanes accepted so far, z and what it may be off by, */
const INVERSE: usize = 4 * STEP;
const KEPT: usize = 5 * STEP;
const SHIFT: usize = 6 * STEP;
const DOUBT: usize = 7 * STEP;
/** X₁, X₂, and the square of the coherence's residual. */
const SHARE_1: usize = 8 * STEP;
const SHARE_2: usize = 9 * STEP;
const SQUARE: usize = INVERSE;

/**
 * The numeric steady state of a qubit pair for the rows from `row` on, up to byte `end` of the columns. If
 * every row has one, results and status go to the sinks, and it returns true; else there are result
 * columns, the mask of lanes that are accepted, and status bits: a lane that is not accepted is left to
 * the pivoted LU. With `direct` false it takes that way in any case.
 */
export function solveNumericPair(
  words: usize,
  slot: usize,
  row: i32,
  end: usize,
  direct: bool,
): bool {
  if (direct && solveRows(words, slot, row, end, true)) return true;
  solveRows(words, slot, row, end, false);
  const bits = column(words, slot, word(words, layout.BITS_CELLS));
  const unique = column(words, slot, word(words, layout.UNIQUE_CELLS));
  const rejected = i64x2.splat(layout.REJECTED);
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    v128.store(unique + i, i64x2.ne(v128.and(v128.load(bits + i), rejected), rejected));
  }
  return false;
}

/** The forms of the equation as types: each has loops of its own, the secular one those of the standard. */
class Standard {}
class Printed {}

/** False where a row is not accepted or outside the domain. */
function solveRows(words: usize, slot: usize, row: i32, end: usize, direct: bool): bool {
  const printed = word(words, layout.PAIR_FORM) == layout.FORM_PRINTED;
  const bits = printed
    ? solvePairs<Printed>(words, slot, row, end, direct)
    : solvePairs<Standard>(words, slot, row, end, direct);
  if (isAsked(words, layout.PAIR_RESIDUAL)) fillResidual(words, slot, row, end, direct);
  const rejected = v128.any_true(v128.and(bits, i64x2.splat(layout.REJECTED)));
  return !rejected && isInside(words, slot, end);
}

/**
 * (2.3) on the block that the populations couple to, in unknowns that leave three coupled: the upper
 * shares X₁ = ρ₃₃ + ρ₄₄ of ω₊ and X₂ = ρ₂₂ + ρ₄₄ of ω₋, and R = Re ρ₂₃. Let a↑, a↓ be a bath's rates
 * D²¹, D¹² and Σ = a↑ + a↓, with 1 at ω₊ and 2 at ω₋; s↑ and γ the sums of a↑ and Σ over the baths with
 * their weights α², β²; E = Σ₂ of A less Σ₂ of B, O = Σ₁ of A less Σ₁ of B (in the printed form 1 and 2
 * change places in them); w = Σ a↑ of A − Σ a↑ of B; S = γ₁ + γ₂, z = αβ R. Then
 *
 *     γ₁ X₁ = s↑₁ + z E,  γ₂ X₂ = s↑₂ + z O,  S R + 2h Im ρ₂₃ = αβ (O X₁ + E X₂ − w),  Im ρ₂₃ = 2h R/S
 *
 * Put into the third, the first two and the last give R as one quotient, over S (S² + 4h²) γ₁ γ₂ less
 * (αβ S)² S O E; in the standard form α² + β² = 1 brings its numerator to αβ S times γ₂ (g_A a↑ of B −
 * g_B a↑ of A) at ω₊, and γ₁ times that at ω₋. By its own equation ρ₄₄ = X₁X₂ − |ρ₂₃|², and so on for each
 * population: free fermions.
 *
 * Accepted are lanes within the bounds of `LEAST_KEPT` and what follows it in `layout.ts`, whose residuals
 * of the first three equations are within the bound of status 16 of S. Bits of all lanes, REJECTED among
 * them. Four loops, as one is longer than what a processor looks ahead and has no registers for it.
 */
function solvePairs<Form>(words: usize, cells: usize, row: i32, end: usize, direct: bool): v128 {
  fillDeterminant(words, cells, end);
  fillCoherence<Form>(words, cells, row, end, direct);
  fillPopulations<Form>(words, cells, row, end, direct);
  return fillCurrents<Form>(words, cells, row, end, direct);
}

/** Sums of rates, and what the numerator of R is to be multiplied by. */
function fillDeterminant(words: usize, cells: usize, end: usize): void {
  const modelStride = strideOf(words, cells, 0);
  const strideA = jointStrideOf(words, cells, 1);
  const strideB = jointStrideOf(words, cells, 2);
  let e = column(words, cells, word(words, layout.PAIR_CELLS));
  let a = occupationOf(words, cells, 0, 0);
  let b = occupationOf(words, cells, 1, 0);
  let to = column(words, cells, word(words, layout.WORK_CELLS));
  const last = to + end;
  do {
    const alpha = v128.load(e, layout.ALPHA_SQUARE * STEP);
    const beta = v128.load(e, layout.BETA_SQUARE * STEP);
    const upA1 = v128.load(a, ABSORPTION);
    const upA2 = v128.load(a, MINUS + ABSORPTION);
    v128.store(to, add(mul(alpha, upA1), mul(beta, v128.load(b, ABSORPTION))), UP_1);
    v128.store(to, add(mul(beta, upA2), mul(alpha, v128.load(b, MINUS + ABSORPTION))), UP_2);
    const bothA1 = v128.load(a, BOTH);
    const bothA2 = v128.load(a, MINUS + BOTH);
    const bothB1 = v128.load(b, BOTH);
    const bothB2 = v128.load(b, MINUS + BOTH);
    const plus = add(mul(alpha, bothA1), mul(beta, bothB1));
    const minus = add(mul(beta, bothA2), mul(alpha, bothB2));
    v128.store(to, plus, RATES_1);
    v128.store(to, minus, RATES_2);
    const total = add(plus, minus);
    const product = mul(plus, minus);
    const mix = mul(v128.load(e, layout.MIXING * STEP), total);
    const mixSquare = mul(mix, mix);
    const totalSquare = mul(total, total);
    const width = add(totalSquare, v128.load(e, layout.SPLITTING_SQUARE * STEP));
    const pure = mul(product, width);
    const coupled = mul(sub(bothA1, bothB1), sub(bothA2, bothB2));
    const wide = mul(add(bothA1, bothB1), add(bothA2, bothB2));
    const determinant = sub(pure, mul(mixSquare, coupled));
    const magnitude = add(pure, mul(mixSquare, wide));
    const kept = f64x2.gt(determinant, mul(splat(layout.LEAST_KEPT), magnitude));
    const close = f64x2.gt(product, mul(splat(layout.RATE_SPREAD), totalSquare));
    v128.store(to, div(mix, determinant), INVERSE);
    v128.store(to, v128.and(kept, close), KEPT);
    e += modelStride;
    a += strideA;
    b += strideB;
    to += layout.CELL_BYTES;
  } while (to < last);
}

/** ρ₂₃ and z, and what the coherence would be if none of its terms cancelled. */
function fillCoherence<Form>(words: usize, cells: usize, row: i32, end: usize, direct: bool): void {
  const printed = idof<Form>() == idof<Printed>();
  const modelStride = strideOf(words, cells, 0);
  const strideA = jointStrideOf(words, cells, 1);
  const strideB = jointStrideOf(words, cells, 2);
  const couplingStrideA = couplingStrideOf(words, cells, 0);
  const couplingStrideB = couplingStrideOf(words, cells, 1);
  let e = column(words, cells, word(words, layout.PAIR_CELLS));
  let a = occupationOf(words, cells, 0, 0);
  let b = occupationOf(words, cells, 1, 0);
  let gA = a;
  let gB = b;
  let toRe = targetOf(words, cells, 4, row, direct);
  let toIm = targetOf(words, cells, 5, row, direct);
  let to = column(words, cells, word(words, layout.WORK_CELLS));
  const last = to + end;
  do {
    const plus = v128.load(to, RATES_1);
    const minus = v128.load(to, RATES_2);
    const upA1 = v128.load(a, ABSORPTION);
    const upA2 = v128.load(a, MINUS + ABSORPTION);
    const upB1 = v128.load(b, ABSORPTION);
    const upB2 = v128.load(b, MINUS + ABSORPTION);
    let drive: v128;
    let size: v128;
    if (printed) {
      const up1 = v128.load(to, UP_1);
      const up2 = v128.load(to, UP_2);
      const down1 = sub(plus, up1);
      const down2 = sub(minus, up2);
      const eA1 = sub(v128.load(a, BOTH), upA1);
      const eA2 = sub(v128.load(a, MINUS + BOTH), upA2);
      const eB1 = sub(v128.load(b, BOTH), upB1);
      const eB2 = sub(v128.load(b, MINUS + BOTH), upB2);
      const in1 = sub(mul(sub(eA1, eB1), up2), mul(sub(upA1, upB1), down2));
      const in2 = sub(mul(sub(eA2, eB2), up1), mul(sub(upA2, upB2), down1));
      const size1 = add(mul(add(eA1, eB1), up2), mul(add(upA1, upB1), down2));
      const size2 = add(mul(add(eA2, eB2), up1), mul(add(upA2, upB2), down1));
      drive = add(mul(plus, in1), mul(minus, in2));
      size = add(mul(plus, size1), mul(minus, size2));
    } else {
      const in1 = mul(v128.load(gA, COUPLING), upB1);
      const in2 = mul(v128.load(gA, MINUS + COUPLING), upB2);
      const out1 = mul(v128.load(gB, COUPLING), upA1);
      const out2 = mul(v128.load(gB, MINUS + COUPLING), upA2);
      const into = add(mul(minus, in1), mul(plus, in2));
      const out = add(mul(minus, out1), mul(plus, out2));
      drive = sub(into, out);
      size = add(into, out);
    }
    const inverse = v128.load(to, INVERSE);
    const mixing = v128.load(e, layout.MIXING * STEP);
    const re = add(mul(drive, inverse), splat(0));
    const turn = div(v128.load(e, layout.SPLITTING * STEP), add(plus, minus));
    const bound = mul(size, inverse);
    v128.store(toRe, re);
    v128.store(toIm, mul(re, turn));
    v128.store(to, mul(mixing, re), SHIFT);
    v128.store(to, mul(splat(layout.LEAST_SHARE), mul(mixing, bound)), DOUBT);
    const kept = f64x2.le(mul(abs(bound), add(splat(1), turn)), splat(layout.LARGEST_COHERENCE));
    v128.store(to, v128.and(v128.load(to, KEPT), kept), KEPT);
    e += modelStride;
    a += strideA;
    b += strideB;
    gA += couplingStrideA;
    gB += couplingStrideB;
    toRe += layout.CELL_BYTES;
    toIm += layout.CELL_BYTES;
    to += layout.CELL_BYTES;
  } while (to < last);
}

/** Shares of the transitions and populations; the residual of the third equation. */
function fillPopulations<Form>(
  words: usize,
  cells: usize,
  row: i32,
  end: usize,
  direct: bool,
): void {
  const printed = idof<Form>() == idof<Printed>();
  const even: usize = BOTH + (printed ? 0 : MINUS);
  const odd: usize = BOTH + (printed ? MINUS : 0);
  const modelStride = strideOf(words, cells, 0);
  const strideA = jointStrideOf(words, cells, 1);
  const strideB = jointStrideOf(words, cells, 2);
  let e = column(words, cells, word(words, layout.PAIR_CELLS));
  let a = occupationOf(words, cells, 0, 0);
  let b = occupationOf(words, cells, 1, 0);
  const to1 = targetOf(words, cells, 0, row, direct);
  const to2 = targetOf(words, cells, 1, row, direct);
  const to3 = targetOf(words, cells, 2, row, direct);
  const to4 = targetOf(words, cells, 3, row, direct);
  const toRe = targetOf(words, cells, 4, row, direct);
  const toIm = targetOf(words, cells, 5, row, direct);
  const bits = column(words, cells, word(words, layout.BITS_CELLS));
  let to = column(words, cells, word(words, layout.WORK_CELLS));
  let i: usize = 0;
  do {
    const plus = v128.load(to, RATES_1);
    const minus = v128.load(to, RATES_2);
    const z = v128.load(to, SHIFT);
    const evenA = v128.load(a, even);
    const evenB = v128.load(b, even);
    const oddA = v128.load(a, odd);
    const oddB = v128.load(b, odd);
    const difference2 = sub(evenA, evenB);
    const difference1 = sub(oddA, oddB);
    const gain1 = add(v128.load(to, UP_1), mul(z, difference2));
    const gain2 = add(v128.load(to, UP_2), mul(z, difference1));
    const loss1 = sub(plus, gain1);
    const loss2 = sub(minus, gain2);
    const doubt = v128.load(to, DOUBT);
    const kept1 = f64x2.ge(smaller(abs(gain1), abs(loss1)), mul(doubt, add(evenA, evenB)));
    const kept2 = f64x2.ge(smaller(abs(gain2), abs(loss2)), mul(doubt, add(oddA, oddB)));
    v128.store(to, v128.and(v128.load(to, KEPT), v128.and(kept1, kept2)), KEPT);
    const perPlus = div(splat(1), plus);
    const perMinus = div(splat(1), minus);
    const upper1 = mul(gain1, perPlus);
    const lower1 = mul(loss1, perPlus);
    const upper2 = mul(gain2, perMinus);
    const lower2 = mul(loss2, perMinus);
    v128.store(to, upper1, SHARE_1);
    v128.store(to, upper2, SHARE_2);
    const re = v128.load(toRe + i);
    const im = v128.load(toIm + i);
    const square = add(mul(re, re), mul(im, im));
    const x1 = sub(mul(lower1, lower2), square);
    const x2 = add(mul(lower1, upper2), square);
    const x3 = add(mul(upper1, lower2), square);
    const x4 = sub(mul(upper1, upper2), square);
    v128.store(to1 + i, x1);
    v128.store(to2 + i, x2);
    v128.store(to3 + i, x3);
    v128.store(to4 + i, x4);
    const negative = f64x2.lt(smaller(smaller(x1, x2), smaller(x3, x4)), splat(0));
    v128.store(bits + i, v128.and(negative, i64x2.splat(layout.NEGATIVE_POPULATION)));

    const bias1 = sub(v128.load(a, ABSORPTION), v128.load(b, ABSORPTION));
    const bias2 = sub(v128.load(a, MINUS + ABSORPTION), v128.load(b, MINUS + ABSORPTION));
    const moved = add(mul(difference1, upper1), mul(difference2, upper2));
    const source = mul(v128.load(e, layout.MIXING * STEP), sub(moved, add(bias1, bias2)));
    const turned = mul(v128.load(e, layout.SPLITTING * STEP), im);
    const residual = sub(sub(source, mul(add(plus, minus), re)), turned);
    v128.store(to, mul(residual, residual), SQUARE);
    e += modelStride;
    a += strideA;
    b += strideB;
    to += layout.CELL_BYTES;
    i += layout.CELL_BYTES;
  } while (i < end);
}

/**
 * Currents and status bits. What A and B together bring to a transition is the residual of its share's
 * equation.
 */
function fillCurrents<Form>(words: usize, cells: usize, row: i32, end: usize, direct: bool): v128 {
  const printed = idof<Form>() == idof<Printed>();
  const even: usize = BOTH + (printed ? 0 : MINUS);
  const odd: usize = BOTH + (printed ? MINUS : 0);
  const modelStride = strideOf(words, cells, 0);
  const strideA = jointStrideOf(words, cells, 1);
  const strideB = jointStrideOf(words, cells, 2);
  const warmStrideA = strideOf(words, cells, 1);
  const warmStrideB = strideOf(words, cells, 2);
  let e = column(words, cells, word(words, layout.PAIR_CELLS));
  let a = occupationOf(words, cells, 0, 0);
  let b = occupationOf(words, cells, 1, 0);
  let temperatureA = parametersOf(words, cells, 0) + layout.TEMPERATURE * STEP;
  let temperatureB = parametersOf(words, cells, 1) + layout.TEMPERATURE * STEP;
  const toA = targetOf(words, cells, 6, row, direct);
  const toB = targetOf(words, cells, 7, row, direct);
  const bitsColumn = column(words, cells, word(words, layout.BITS_CELLS));
  const status = cells + <usize>(word(words, layout.STATUS_OFFSET) + row);
  const unknowns: f64 = word(words, layout.UNKNOWNS);
  const tolerance = splat(layout.RESIDUAL_THRESHOLD * layout.EPSILON * unknowns);
  let found = i64x2.splat(0);
  let to = column(words, cells, word(words, layout.WORK_CELLS));
  let i: usize = 0;
  do {
    const z = v128.load(to, SHIFT);
    const upper1 = v128.load(to, SHARE_1);
    const upper2 = v128.load(to, SHARE_2);
    const alpha = v128.load(e, layout.ALPHA_SQUARE * STEP);
    const beta = v128.load(e, layout.BETA_SQUARE * STEP);
    const evenA = v128.load(a, even);
    const oddA = v128.load(a, odd);
    const evenB = v128.load(b, even);
    const oddB = v128.load(b, odd);
    const ownA1 = sub(v128.load(a, ABSORPTION), mul(printed ? evenA : oddA, upper1));
    const ownA2 = sub(v128.load(a, MINUS + ABSORPTION), mul(printed ? oddA : evenA, upper2));
    const ownB1 = sub(v128.load(b, ABSORPTION), mul(printed ? evenB : oddB, upper1));
    const ownB2 = sub(v128.load(b, MINUS + ABSORPTION), mul(printed ? oddB : evenB, upper2));
    const flowA1 = add(mul(alpha, ownA1), mul(z, evenA));
    const flowB1 = sub(mul(beta, ownB1), mul(z, evenB));
    const flowA2 = add(mul(beta, ownA2), mul(z, oddA));
    const flowB2 = sub(mul(alpha, ownB2), mul(z, oddB));
    const omega1 = v128.load(e, layout.OMEGA_PLUS * STEP);
    const omega2 = v128.load(e, layout.OMEGA_MINUS * STEP);
    const qA = add(mul(omega1, flowA1), mul(omega2, flowA2));
    const qB = add(mul(omega1, flowB1), mul(omega2, flowB2));
    v128.store(toA + i, qA);
    v128.store(toB + i, qB);

    const plus = v128.load(to, RATES_1);
    const minus = v128.load(to, RATES_2);
    const total = add(plus, minus);
    const residual1 = add(flowA1, flowB1);
    const residual2 = add(flowA2, flowB2);
    const squares = add(mul(residual1, residual1), mul(residual2, residual2));
    const allowed = mul(tolerance, total);
    const solved = f64x2.le(add(squares, v128.load(to, SQUARE)), mul(allowed, allowed));
    // NaN where a current is not finite
    const balance = add(qA, qB);
    const rates = add(total, sub(balance, balance));
    const inRange = f64x2.gt(rates, splat(layout.SMALLEST_RATE));
    const accepted = v128.and(v128.load(to, KEPT), v128.and(solved, inRange));

    const tA = v128.load(temperatureA);
    const tB = v128.load(temperatureB);
    const entropy = add(mul(qA, tB), mul(qB, tA));
    const twice = abs(add(z, z));
    const wide1 = add(plus, mul(twice, add(evenA, evenB)));
    const wide2 = add(minus, mul(twice, add(oddA, oddB)));
    const terms = mul(larger(tA, tB), add(mul(omega1, wide1), mul(omega2, wide2)));
    const broken = f64x2.gt(entropy, mul(splat(layout.CURRENT_TOLERANCE), terms));
    const flags = v128.or(
      v128.and(broken, i64x2.splat(layout.SECOND_LAW_BROKEN)),
      v128.andnot(i64x2.splat(layout.REJECTED), accepted),
    );
    const bits = v128.or(v128.load(bitsColumn + i), flags);
    v128.store(bitsColumn + i, bits);
    found = v128.or(found, bits);
    store<u8>(status + (i >> 3), <u8>i64x2.extract_lane(bits, 0));
    store<u8>(status + (i >> 3), <u8>i64x2.extract_lane(bits, 1), 1);
    e += modelStride;
    a += strideA;
    b += strideB;
    temperatureA += warmStrideA;
    temperatureB += warmStrideB;
    to += layout.CELL_BYTES;
    i += layout.CELL_BYTES;
  } while (i < end);
  return found;
}
