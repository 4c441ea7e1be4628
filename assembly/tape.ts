import { column, word } from "./cells";
import { abs, add, div, larger, mul, neg, select, smaller, sub } from "./lanes";
import * as layout from "./tape-layout";

/** Goes through the segment that the model alone decides, for the first pair of rows. */
export function interpretModel(words: usize, cells: usize): void {
  interpret(words, cells, layout.MODEL_STAGE, true);
}

/** Goes through the other segments of the tape whose stages have changed, for the first pair of rows. */
export function interpretLine(words: usize, cells: usize, changed: i32): void {
  interpret(words, cells, changed, false);
}

function interpret(words: usize, cells: usize, changed: i32, model: bool): void {
  let at = word(words, layout.SEGMENT_TABLE);
  const segments = word(words, layout.SEGMENTS);
  for (let s = 0; s < segments; s++) {
    const stages = word(words, at);
    const count = word(words, at + 1);
    at += layout.SEGMENT_WORDS;
    const wanted = (stages == layout.MODEL_STAGE) == model;
    if (wanted && (stages & changed) != 0) runSegment(words, cells, at, count);
    at += layout.OPERATION_WORDS * count;
  }
}

function runSegment(words: usize, cells: usize, at: i32, count: i32): void {
  for (let k = 0; k < count; k++, at += layout.OPERATION_WORDS) {
    v128.store(column(words, cells, word(words, at + 1)), operate(words, cells, at));
  }
}

function operand(words: usize, cells: usize, at: i32): v128 {
  return v128.load(column(words, cells, word(words, at)));
}

function operate(words: usize, cells: usize, at: i32): v128 {
  const a = operand(words, cells, at + 2);
  const b = operand(words, cells, at + 3);
  const c = operand(words, cells, at + 4);
  switch (word(words, at)) {
    case layout.ADD:
      return add(a, b);
    case layout.SUBTRACT:
      return sub(a, b);
    case layout.MULTIPLY:
      return mul(a, b);
    case layout.DIVIDE:
      return div(a, b);
    case layout.MULTIPLY_ADD:
      return add(c, mul(a, b));
    case layout.MULTIPLY_SUBTRACT:
      return sub(c, mul(a, b));
    case layout.ADD_PRODUCTS:
      return add(mul(c, operand(words, cells, at + 5)), mul(a, b));
    case layout.ADD_TWO_PRODUCTS: {
      const d = operand(words, cells, at + 5);
      const e = operand(words, cells, at + 6);
      return add(add(e, mul(c, d)), mul(a, b));
    }
    case layout.NEGATE:
      return neg(a);
    case layout.ABSOLUTE:
      return abs(a);
    case layout.ADD_ABSOLUTE:
      return add(a, abs(b));
    case layout.LARGER:
      return larger(a, b);
    case layout.LARGER_ABSOLUTE:
      return larger(a, abs(b));
    case layout.SMALLER:
      return smaller(a, b);
    case layout.GREATER:
      return f64x2.gt(a, b);
    case layout.GREATER_ABSOLUTE:
      return f64x2.gt(a, abs(b));
    case layout.BOTH_GREATER:
      return v128.and(c, f64x2.gt(a, b));
    case layout.BOTH:
    case layout.KEEP:
      return v128.and(a, b);
    case layout.SELECT:
      return select(a, b, c);
    default:
      return f64x2.sqrt(a);
  }
}
