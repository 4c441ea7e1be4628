import { occupationOf } from "./bath";
import { column, variesMask, word } from "./cells";
import { abs, add, div, larger, mul, splat, sub } from "./lanes";
import * as layout from "./layout";
import { targetOf } from "./sinks";

/** Bytes from one column to the next. */
const STEP: usize = layout.CELL_BYTES * layout.BLOCK;
/** Bytes from a bath's columns at ω₊ to those at ω₋. */
const MINUS: usize = STEP * layout.OCCUPATION_SIZE;
const ABSORPTION: usize = STEP * layout.ABSORPTION;
const BOTH: usize = STEP * layout.BOTH;

/**
 * The residual of (2.3), that of the populations' equations in units of all rates S, that of the
 * coherence's in units of its S/2 + h, that of the trace as it is.
 */
export function fillResidual(words: usize, cells: usize, row: i32, end: usize, direct: bool): void {
  const modelMask = variesMask(words, cells, 0);
  const maskA = modelMask | variesMask(words, cells, 1);
  const maskB = modelMask | variesMask(words, cells, 2);
  const elements = column(words, cells, word(words, layout.PAIR_CELLS));
  const bathA = occupationOf(words, cells, 0, 0);
  const bathB = occupationOf(words, cells, 1, 0);
  const populations1 = targetOf(words, cells, 0, row, direct);
  const populations2 = targetOf(words, cells, 1, row, direct);
  const populations3 = targetOf(words, cells, 2, row, direct);
  const populations4 = targetOf(words, cells, 3, row, direct);
  const realParts = targetOf(words, cells, 4, row, direct);
  const imaginaryParts = targetOf(words, cells, 5, row, direct);
  const to = targetOf(words, cells, layout.PAIR_RESIDUAL, row, direct);
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
    const x1 = v128.load(populations1 + i);
    const x2 = v128.load(populations2 + i);
    const x3 = v128.load(populations3 + i);
    const x4 = v128.load(populations4 + i);
    const re = v128.load(realParts + i);
    const im = v128.load(imaginaryParts + i);
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
    v128.store(to + i, larger(larger(trace, div(populations, all)), coherence));
  }
}
