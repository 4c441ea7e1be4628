import * as layout from "../../../assembly/layout.ts";
import { productError, sumError } from "./double-double.ts";
import { solve } from "./lu.ts";

/** Adds a·b to the sum in cells `at`, `at + 1`, to twice double precision. */
export function accumulate(cells: Float64Array, at: number, a: number, b: number): void {
  const product = a * b;
  const before = cells[at];
  const sum = before + product;
  cells[at + 1] = cells[at + 1] + (sumError(before, product, sum) + productError(a, b, product));
  cells[at] = sum;
}

/** What the rates of the kernel lost to rounding, beside them. */
export function fillRateTails(words: Int32Array, cells: Float64Array): void {
  let entry = words[layout.RATE_TABLE];
  let rate = words[layout.RATE_CELLS];
  let tail = words[layout.RATE_TAIL_CELLS];
  for (let k = 0; k < words[layout.RATES]; k++) {
    const a = words[entry];
    const b = words[entry + 1];
    const correlation = cells[words[entry + 2]];
    cells[tail] = productTail(
      cells[a],
      cells[b],
      cells[a + 1],
      cells[b + 1],
      correlation,
      cells[rate],
    );
    cells[tail + 1] = productTail(
      cells[a + 1],
      cells[b],
      -cells[a],
      cells[b + 1],
      correlation,
      cells[rate + 1],
    );
    entry += layout.RATE_WORDS;
    rate += layout.COMPLEX;
    tail += layout.COMPLEX;
  }
}

/** (a b + c d) e − rounded, where rounded is that product in double precision. */
function productTail(
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  rounded: number,
): number {
  const ab = a * b;
  const cd = c * d;
  const sum = ab + cd;
  const error = productError(a, b, ab) + productError(c, d, cd) + sumError(ab, cd, sum);
  return productError(sum, e, rounded) + error * e;
}

/**
 * The residual of (2.3) term by term from the rates and their tails: the matrix entries have
 * rounded, and where rates differ by orders of magnitude the steady state depends on the digits
 * they lost.
 */
export function fillResidual(words: Int32Array, cells: Float64Array): void {
  const n = words[layout.UNKNOWNS];
  const residuals = words[layout.RESIDUAL_CELLS];
  const x = words[layout.SOLUTION_CELLS];
  const rates = words[layout.RATE_CELLS];
  const tails = words[layout.RATE_TAIL_CELLS];
  cells.fill(0, residuals, residuals + layout.SUM_SIZE * n);
  let entry = words[layout.TERM_TABLE];
  for (let k = 0; k < words[layout.TERMS]; k++) {
    const rate = words[entry + 1];
    const tail = rate - rates + tails;
    const unknown = words[entry + 2];
    const residual = words[entry + 3];
    const weight = 0.5 * words[entry + 4];
    const re = weight * cells[rate];
    const im = weight * cells[rate + 1];
    accumulate(cells, residual, re, cells[unknown]);
    accumulate(cells, residual, -im, cells[unknown + 1]);
    accumulate(cells, residual + 2, re, cells[unknown + 1]);
    accumulate(cells, residual + 2, im, cells[unknown]);
    const reTail = weight * cells[tail];
    const imTail = weight * cells[tail + 1];
    cells[residual + 1] =
      cells[residual + 1] + (reTail * cells[unknown] - imTail * cells[unknown + 1]);
    cells[residual + 3] =
      cells[residual + 3] + (reTail * cells[unknown + 1] + imTail * cells[unknown]);
    entry += layout.TERM_WORDS;
  }
  entry = words[layout.DETUNING_TABLE];
  for (let k = 0; k < words[layout.DETUNINGS]; k++) {
    const energy = cells[words[entry + 1]] - cells[words[entry + 2]];
    const unknown = words[entry + 3];
    const residual = words[entry + 4];
    accumulate(cells, residual, energy, cells[unknown + 1]);
    accumulate(cells, residual + 2, -energy, cells[unknown]);
    entry += layout.DETUNING_WORDS;
  }
  // the trace row
  for (let at = residuals; at < residuals + layout.SUM_SIZE; at++) cells[at] = 0;
  accumulate(cells, residuals, 1, -layout.TRACE_SCALE);
  for (let p = 0; p < words[layout.LEVELS]; p++) {
    accumulate(cells, residuals, layout.TRACE_SCALE, cells[x + layout.COMPLEX * p]);
    accumulate(cells, residuals + 2, layout.TRACE_SCALE, cells[x + layout.COMPLEX * p + 1]);
  }
}

/** Iterative refinement of the solution cells with the factors at hand. */
export function refine(words: Int32Array, cells: Float64Array): void {
  const n = words[layout.UNKNOWNS];
  const x = words[layout.SOLUTION_CELLS];
  const correction = words[layout.CORRECTION_CELLS];
  fillRateTails(words, cells);
  for (let step = 0; step < layout.REFINEMENT_STEPS; step++) {
    fillResidual(words, cells);
    for (let i = 0; i < n; i++) {
      const residual = words[layout.RESIDUAL_CELLS] + layout.SUM_SIZE * i;
      const scale = i === 0 ? 1 : cells[words[layout.SCALE_CELLS] + i];
      const at = correction + layout.COMPLEX * i;
      cells[at] = (cells[residual] + cells[residual + 1]) * scale;
      cells[at + 1] = (cells[residual + 2] + cells[residual + 3]) * scale;
    }
    solve(cells, words[layout.FACTOR_CELLS], words[layout.PIVOT_CELLS], n, correction);
    for (let i = 0; i < layout.COMPLEX * n; i++) {
      cells[x + i] = cells[x + i] - cells[correction + i];
    }
  }
}
