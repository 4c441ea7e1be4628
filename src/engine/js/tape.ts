import * as layout from "../../../assembly/tape-layout.ts";

/** Goes through the segment of the tape that the model alone decides. Masks are 1 and 0. */
export function interpretModel(words: Int32Array, cells: Float64Array): void {
  interpret(words, cells, layout.MODEL_STAGE, true);
}

/** Goes through the other segments whose stages have changed. */
export function interpretLine(words: Int32Array, cells: Float64Array, changed: number): void {
  interpret(words, cells, changed, false);
}

function interpret(words: Int32Array, cells: Float64Array, changed: number, model: boolean): void {
  let at = words[layout.SEGMENT_TABLE];
  for (let s = 0; s < words[layout.SEGMENTS]; s++) {
    const stages = words[at];
    const count = words[at + 1];
    at += layout.SEGMENT_WORDS;
    const wanted = (stages === layout.MODEL_STAGE) === model;
    if (wanted && (stages & changed) !== 0) runSegment(words, cells, at, count);
    at += layout.OPERATION_WORDS * count;
  }
}

function runSegment(words: Int32Array, cells: Float64Array, at: number, count: number): void {
  const end = at + layout.OPERATION_WORDS * count;
  for (; at < end; at += layout.OPERATION_WORDS) cells[words[at + 1]] = operate(words, cells, at);
}

function operate(words: Int32Array, cells: Float64Array, at: number): number {
  const a = cells[words[at + 2]];
  const b = cells[words[at + 3]];
  const c = cells[words[at + 4]];
  switch (words[at]) {
    case layout.ADD:
      return a + b;
    case layout.SUBTRACT:
      return a - b;
    case layout.MULTIPLY:
      return a * b;
    case layout.DIVIDE:
      return a / b;
    case layout.MULTIPLY_ADD:
      return c + a * b;
    case layout.MULTIPLY_SUBTRACT:
      return c - a * b;
    case layout.ADD_PRODUCTS:
      return c * cells[words[at + 5]] + a * b;
    case layout.ADD_TWO_PRODUCTS:
      return cells[words[at + 6]] + c * cells[words[at + 5]] + a * b;
    case layout.NEGATE:
      return -a;
    case layout.ABSOLUTE:
      return Math.abs(a);
    case layout.ADD_ABSOLUTE:
      return a + Math.abs(b);
    case layout.LARGER:
      return a < b ? b : a;
    case layout.LARGER_ABSOLUTE:
      return a < Math.abs(b) ? Math.abs(b) : a;
    case layout.SMALLER:
      return b < a ? b : a;
    case layout.GREATER:
      return a > b ? 1 : 0;
    case layout.GREATER_ABSOLUTE:
      return a > Math.abs(b) ? 1 : 0;
    case layout.BOTH_GREATER:
      return c !== 0 && a > b ? 1 : 0;
    case layout.BOTH:
    case layout.KEEP:
      return a !== 0 ? b : 0;
    case layout.SELECT:
      return a !== 0 ? b : c;
    default:
      return Math.sqrt(a);
  }
}
