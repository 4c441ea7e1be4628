import { get, set, word } from "./cells";
import { cosine, exponential, sine } from "./elementary";
import { add, div, mul, splat } from "./lanes";
import { CELL_BYTES } from "./layout";
import * as layout from "./system-layout";

/** The constants of the plan to their cells, before the first row. */
export function loadConstants(words: usize, cells: usize): void {
  let at = word(words, layout.CONSTANT_TABLE);
  const count = word(words, layout.CONSTANTS);
  for (let k = 0; k < count; k++) {
    const value = load<f64>(words + ((<usize>(at + 1)) << 2));
    set(cells, word(words, at), splat(value));
    at += layout.CONSTANT_WORDS;
  }
}

/** The coefficients of a row's operators from its parameters, instruction by instruction. */
export function runProgram(words: usize, cells: usize): void {
  let at = word(words, layout.INSTRUCTION_TABLE);
  const instructions = word(words, layout.INSTRUCTIONS);
  for (let k = 0; k < instructions; k++) {
    const operation = word(words, at);
    const a = get(cells, word(words, at + 2));
    const b = get(cells, word(words, at + 3));
    set(cells, word(words, at + 1), operate(operation, a, b));
    at += layout.INSTRUCTION_WORDS;
  }
}

function operate(operation: i32, a: v128, b: v128): v128 {
  if (operation == layout.ADD) return add(a, b);
  if (operation == layout.MULTIPLY) return mul(a, b);
  if (operation == layout.DIVIDE) return div(a, b);
  if (operation == layout.SQRT) return f64x2.sqrt(a);
  if (operation == layout.EXP) return exponential(a);
  if (operation == layout.COS) return cosine(a);
  return sine(a);
}

/** Every element of every operator in the product basis: Σ coefficient × constant. */
export function sumElements(words: usize, cells: usize): void {
  const first = word(words, layout.SUM_CELLS);
  memory.fill(
    cells + <usize>(CELL_BYTES * first),
    0,
    <usize>(CELL_BYTES * word(words, layout.SUM_COUNT)),
  );
  let at = word(words, layout.SUM_TABLE);
  const sums = word(words, layout.SUMS);
  for (let k = 0; k < sums; k++) {
    const to = word(words, at);
    const coefficient = get(cells, word(words, at + 1));
    const im = word(words, at + 3);
    set(cells, to, add(get(cells, to), mul(coefficient, get(cells, word(words, at + 2)))));
    if (im >= 0) set(cells, to + 1, add(get(cells, to + 1), mul(coefficient, get(cells, im))));
    at += layout.SUM_WORDS;
  }
}
