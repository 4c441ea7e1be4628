import { columnBytes, word } from "./cells";
import { abs, add, div, larger, mul, neg, select, smaller, sub } from "./lanes";
import * as common from "./layout";
import * as layout from "./tape-layout";

/** Bytes of the pairs of rows that an operation takes at a time: a block is a multiple of it. */
const STRIDE: usize = 4 * common.CELL_BYTES;

/** Goes through the segments of the tape whose stages have changed, for the pairs up to byte `end`. */
export function runTape(words: usize, cells: usize, changed: i32, end: usize): void {
  let at = word(words, layout.SEGMENT_TABLE);
  const segments = word(words, layout.SEGMENTS);
  for (let s = 0; s < segments; s++) {
    const stages = word(words, at);
    const count = word(words, at + 1);
    at += layout.SEGMENT_WORDS;
    if ((stages & changed) != 0) runSegment(words, cells, at, count, end);
    at += layout.OPERATION_WORDS * count;
  }
}

/** Every operation over the whole block before the next. */
function runSegment(words: usize, cells: usize, at: i32, count: i32, end: usize): void {
  const step = columnBytes(words);
  for (let k = 0; k < count; k++, at += layout.OPERATION_WORDS) {
    let to = cells + <usize>word(words, at + 1) * step;
    let a = cells + <usize>word(words, at + 2) * step;
    let b = cells + <usize>word(words, at + 3) * step;
    let c = cells + <usize>word(words, at + 4) * step;
    let d = cells + <usize>word(words, at + 5) * step;
    let e = cells + <usize>word(words, at + 6) * step;
    const last = to + end;
    switch (word(words, at)) {
      case layout.ADD: {
        for (; to < last; to += STRIDE) {
          v128.store(to, add(v128.load(a), v128.load(b)));
          v128.store(to, add(v128.load(a, 16), v128.load(b, 16)), 16);
          v128.store(to, add(v128.load(a, 32), v128.load(b, 32)), 32);
          v128.store(to, add(v128.load(a, 48), v128.load(b, 48)), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      case layout.SUBTRACT: {
        for (; to < last; to += STRIDE) {
          v128.store(to, sub(v128.load(a), v128.load(b)));
          v128.store(to, sub(v128.load(a, 16), v128.load(b, 16)), 16);
          v128.store(to, sub(v128.load(a, 32), v128.load(b, 32)), 32);
          v128.store(to, sub(v128.load(a, 48), v128.load(b, 48)), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      case layout.MULTIPLY: {
        for (; to < last; to += STRIDE) {
          v128.store(to, mul(v128.load(a), v128.load(b)));
          v128.store(to, mul(v128.load(a, 16), v128.load(b, 16)), 16);
          v128.store(to, mul(v128.load(a, 32), v128.load(b, 32)), 32);
          v128.store(to, mul(v128.load(a, 48), v128.load(b, 48)), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      case layout.DIVIDE: {
        for (; to < last; to += STRIDE) {
          v128.store(to, div(v128.load(a), v128.load(b)));
          v128.store(to, div(v128.load(a, 16), v128.load(b, 16)), 16);
          v128.store(to, div(v128.load(a, 32), v128.load(b, 32)), 32);
          v128.store(to, div(v128.load(a, 48), v128.load(b, 48)), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      case layout.MULTIPLY_ADD: {
        for (; to < last; to += STRIDE) {
          v128.store(to, add(v128.load(c), mul(v128.load(a), v128.load(b))));
          v128.store(to, add(v128.load(c, 16), mul(v128.load(a, 16), v128.load(b, 16))), 16);
          v128.store(to, add(v128.load(c, 32), mul(v128.load(a, 32), v128.load(b, 32))), 32);
          v128.store(to, add(v128.load(c, 48), mul(v128.load(a, 48), v128.load(b, 48))), 48);
          a += STRIDE;
          b += STRIDE;
          c += STRIDE;
        }
        break;
      }
      case layout.MULTIPLY_SUBTRACT: {
        for (; to < last; to += STRIDE) {
          v128.store(to, sub(v128.load(c), mul(v128.load(a), v128.load(b))));
          v128.store(to, sub(v128.load(c, 16), mul(v128.load(a, 16), v128.load(b, 16))), 16);
          v128.store(to, sub(v128.load(c, 32), mul(v128.load(a, 32), v128.load(b, 32))), 32);
          v128.store(to, sub(v128.load(c, 48), mul(v128.load(a, 48), v128.load(b, 48))), 48);
          a += STRIDE;
          b += STRIDE;
          c += STRIDE;
        }
        break;
      }
      case layout.ADD_PRODUCTS: {
        for (; to < last; to += STRIDE) {
          v128.store(to, add(mul(v128.load(c), v128.load(d)), mul(v128.load(a), v128.load(b))));
          v128.store(
            to,
            add(mul(v128.load(c, 16), v128.load(d, 16)), mul(v128.load(a, 16), v128.load(b, 16))),
            16,
          );
          v128.store(
            to,
            add(mul(v128.load(c, 32), v128.load(d, 32)), mul(v128.load(a, 32), v128.load(b, 32))),
            32,
          );
          v128.store(
            to,
            add(mul(v128.load(c, 48), v128.load(d, 48)), mul(v128.load(a, 48), v128.load(b, 48))),
            48,
          );
          a += STRIDE;
          b += STRIDE;
          c += STRIDE;
          d += STRIDE;
        }
        break;
      }
      case layout.ADD_TWO_PRODUCTS: {
        for (; to < last; to += STRIDE) {
          v128.store(
            to,
            add(
              add(v128.load(e), mul(v128.load(c), v128.load(d))),
              mul(v128.load(a), v128.load(b)),
            ),
          );
          v128.store(
            to,
            add(
              add(v128.load(e, 16), mul(v128.load(c, 16), v128.load(d, 16))),
              mul(v128.load(a, 16), v128.load(b, 16)),
            ),
            16,
          );
          v128.store(
            to,
            add(
              add(v128.load(e, 32), mul(v128.load(c, 32), v128.load(d, 32))),
              mul(v128.load(a, 32), v128.load(b, 32)),
            ),
            32,
          );
          v128.store(
            to,
            add(
              add(v128.load(e, 48), mul(v128.load(c, 48), v128.load(d, 48))),
              mul(v128.load(a, 48), v128.load(b, 48)),
            ),
            48,
          );
          a += STRIDE;
          b += STRIDE;
          c += STRIDE;
          d += STRIDE;
          e += STRIDE;
        }
        break;
      }
      case layout.NEGATE: {
        for (; to < last; to += STRIDE) {
          v128.store(to, neg(v128.load(a)));
          v128.store(to, neg(v128.load(a, 16)), 16);
          v128.store(to, neg(v128.load(a, 32)), 32);
          v128.store(to, neg(v128.load(a, 48)), 48);
          a += STRIDE;
        }
        break;
      }
      case layout.ABSOLUTE: {
        for (; to < last; to += STRIDE) {
          v128.store(to, abs(v128.load(a)));
          v128.store(to, abs(v128.load(a, 16)), 16);
          v128.store(to, abs(v128.load(a, 32)), 32);
          v128.store(to, abs(v128.load(a, 48)), 48);
          a += STRIDE;
        }
        break;
      }
      case layout.ADD_ABSOLUTE: {
        for (; to < last; to += STRIDE) {
          v128.store(to, add(v128.load(a), abs(v128.load(b))));
          v128.store(to, add(v128.load(a, 16), abs(v128.load(b, 16))), 16);
          v128.store(to, add(v128.load(a, 32), abs(v128.load(b, 32))), 32);
          v128.store(to, add(v128.load(a, 48), abs(v128.load(b, 48))), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      case layout.LARGER: {
        for (; to < last; to += STRIDE) {
          v128.store(to, larger(v128.load(a), v128.load(b)));
          v128.store(to, larger(v128.load(a, 16), v128.load(b, 16)), 16);
          v128.store(to, larger(v128.load(a, 32), v128.load(b, 32)), 32);
          v128.store(to, larger(v128.load(a, 48), v128.load(b, 48)), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      case layout.LARGER_ABSOLUTE: {
        for (; to < last; to += STRIDE) {
          v128.store(to, larger(v128.load(a), abs(v128.load(b))));
          v128.store(to, larger(v128.load(a, 16), abs(v128.load(b, 16))), 16);
          v128.store(to, larger(v128.load(a, 32), abs(v128.load(b, 32))), 32);
          v128.store(to, larger(v128.load(a, 48), abs(v128.load(b, 48))), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      case layout.SMALLER: {
        for (; to < last; to += STRIDE) {
          v128.store(to, smaller(v128.load(a), v128.load(b)));
          v128.store(to, smaller(v128.load(a, 16), v128.load(b, 16)), 16);
          v128.store(to, smaller(v128.load(a, 32), v128.load(b, 32)), 32);
          v128.store(to, smaller(v128.load(a, 48), v128.load(b, 48)), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      case layout.GREATER: {
        for (; to < last; to += STRIDE) {
          v128.store(to, f64x2.gt(v128.load(a), v128.load(b)));
          v128.store(to, f64x2.gt(v128.load(a, 16), v128.load(b, 16)), 16);
          v128.store(to, f64x2.gt(v128.load(a, 32), v128.load(b, 32)), 32);
          v128.store(to, f64x2.gt(v128.load(a, 48), v128.load(b, 48)), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      case layout.GREATER_ABSOLUTE: {
        for (; to < last; to += STRIDE) {
          v128.store(to, f64x2.gt(v128.load(a), abs(v128.load(b))));
          v128.store(to, f64x2.gt(v128.load(a, 16), abs(v128.load(b, 16))), 16);
          v128.store(to, f64x2.gt(v128.load(a, 32), abs(v128.load(b, 32))), 32);
          v128.store(to, f64x2.gt(v128.load(a, 48), abs(v128.load(b, 48))), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      case layout.BOTH_GREATER: {
        for (; to < last; to += STRIDE) {
          v128.store(to, v128.and(v128.load(c), f64x2.gt(v128.load(a), v128.load(b))));
          v128.store(
            to,
            v128.and(v128.load(c, 16), f64x2.gt(v128.load(a, 16), v128.load(b, 16))),
            16,
          );
          v128.store(
            to,
            v128.and(v128.load(c, 32), f64x2.gt(v128.load(a, 32), v128.load(b, 32))),
            32,
          );
          v128.store(
            to,
            v128.and(v128.load(c, 48), f64x2.gt(v128.load(a, 48), v128.load(b, 48))),
            48,
          );
          a += STRIDE;
          b += STRIDE;
          c += STRIDE;
        }
        break;
      }
      case layout.BOTH:
      case layout.KEEP: {
        for (; to < last; to += STRIDE) {
          v128.store(to, v128.and(v128.load(a), v128.load(b)));
          v128.store(to, v128.and(v128.load(a, 16), v128.load(b, 16)), 16);
          v128.store(to, v128.and(v128.load(a, 32), v128.load(b, 32)), 32);
          v128.store(to, v128.and(v128.load(a, 48), v128.load(b, 48)), 48);
          a += STRIDE;
          b += STRIDE;
        }
        break;
      }
      default: {
        for (; to < last; to += STRIDE) {
          v128.store(to, select(v128.load(a), v128.load(b), v128.load(c)));
          v128.store(to, select(v128.load(a, 16), v128.load(b, 16), v128.load(c, 16)), 16);
          v128.store(to, select(v128.load(a, 32), v128.load(b, 32), v128.load(c, 32)), 32);
          v128.store(to, select(v128.load(a, 48), v128.load(b, 48), v128.load(c, 48)), 48);
          a += STRIDE;
          b += STRIDE;
          c += STRIDE;
        }
      }
    }
  }
}
