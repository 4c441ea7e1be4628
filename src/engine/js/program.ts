import * as layout from "../../../assembly/system-layout.ts";
import { cosine, exponential, sine } from "./elementary.ts";

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** `count` constants of a plan's table to their cells, before the first row. */
export function loadConstants(
  words: Int32Array,
  cells: Float64Array,
  table: number,
  count: number,
): void {
  for (let k = 0; k < count; k++, table += layout.CONSTANT_WORDS) {
    halves[0] = words[table + 1];
    halves[1] = words[table + 2];
    cells[words[table]] = double[0];
  }
}

/** The coefficients of a row's operators from its parameters, instruction by instruction. */
export function runProgram(words: Int32Array, cells: Float64Array): void {
  let at = words[layout.INSTRUCTION_TABLE];
  for (let k = 0; k < words[layout.INSTRUCTIONS]; k++) {
    const a = cells[words[at + 2]];
    const b = cells[words[at + 3]];
    cells[words[at + 1]] = operate(words[at], a, b);
    at += layout.INSTRUCTION_WORDS;
  }
}

function operate(operation: number, a: number, b: number): number {
  if (operation === layout.ADD) return a + b;
  if (operation === layout.MULTIPLY) return a * b;
  if (operation === layout.DIVIDE) return a / b;
  if (operation === layout.SQRT) return Math.sqrt(a);
  if (operation === layout.EXP) return exponential(a);
  if (operation === layout.COS) return cosine(a);
  return sine(a);
}

/** Every element of every operator in the product basis: Σ coefficient × constant. */
export function sumElements(words: Int32Array, cells: Float64Array): void {
  const first = words[layout.SUM_CELLS];
  cells.fill(0, first, first + words[layout.SUM_COUNT]);
  let at = words[layout.SUM_TABLE];
  for (let k = 0; k < words[layout.SUMS]; k++) {
    const to = words[at];
    const coefficient = cells[words[at + 1]];
    const im = words[at + 3];
    cells[to] = cells[to] + coefficient * cells[words[at + 2]];
    if (im >= 0) cells[to + 1] = cells[to + 1] + coefficient * cells[im];
    at += layout.SUM_WORDS;
  }
}
