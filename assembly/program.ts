import { column, columnBytes, get, set, word } from "./cells";
import { cosine, exponential, sine } from "./elementary";
import { add, div, mul, splat } from "./lanes";
import { CELL_BYTES } from "./layout";
import * as layout from "./system-layout";

/** `count` constants of a plan's table to their columns, before the first row. */
export function loadConstants(words: usize, cells: usize, table: i32, count: i32): void {
  const step = columnBytes(words);
  for (let k = 0; k < count; k++, table += layout.CONSTANT_WORDS) {
    const value = load<f64>(words + ((<usize>(table + 1)) << 2));
    const to = column(words, cells, word(words, table));
    for (let i: usize = 0; i < step; i += CELL_BYTES) v128.store(to + i, splat(value));
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
