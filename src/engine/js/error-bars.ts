import * as layout from "../../../assembly/layout.ts";
import { productError } from "./double-double.ts";
import { solveTransposed } from "./lu.ts";
import { accumulate, fillRateTails, fillResidual } from "./refine.ts";
import { assembleSystem, factoriseSystem } from "./steady-state.ts";
import { elementUlps, energyUlps, fillUncertainties, magnitude, sourceOf } from "./uncertainty.ts";

/**
 * The condition of the scaled system and an error bar for each result, into the result cells after
 * the residual. M is the matrix of (2.3) made of the rates at hand, without rounding; M* = M + Σ d_k T_k
 * the true one, |d_k| up to the uncertainty of rate k. For a result cᵀx, whatever y is,
 *
 *     cᵀ(x − x*) = yᵀr + Σ d_k yᵀT_k x − (yᵀM* − cᵀ)(x − x*),    r = M x − b.
 *
 * With yᵀM = cᵀ solved by the factors of the solve, the first two terms are the bar, term by term
 * in the rates, so that what cancels in the equations cancels here; the last one, small where there
 * is an answer at all, closes the bound on the error of x itself. `docs/numbers.md` has the proof.
 */
export function fillErrorBars(words: Int32Array, cells: Float64Array): void {
  const n = words[layout.UNKNOWNS];
  const levels = words[layout.LEVELS];
  const bounds = words[layout.BOUND_CELLS];
  assembleSystem(words, cells);
  factoriseSystem(words, cells);
  fillRateTails(words, cells);
  fillResidual(words, cells);
  fillUncertainties(words, cells);
  fillEquations(words, cells);

  let inverseNorm = 0;
  for (let j = 0; j < n; j++) {
    clearFunctional(words, cells);
    cells[words[layout.FUNCTIONAL_CELLS] + layout.COMPLEX * j] = 1;
    const rowNorm = solveAdjoint(words, cells);
    inverseNorm = inverseNorm < rowNorm ? rowNorm : inverseNorm;
    fillColumns(words, cells);
    const bound = bounds + layout.BOUND_SIZE * j;
    boundFunctional(words, cells, bound);
    cells[bound + layout.TOTAL_BOUND] = cells[bound] + cells[bound + 1];
    for (let i = 0; i < n; i++) {
      cells[words[layout.SPREAD_CELLS] + n * j + i] = spread(words, cells, i);
    }
  }
  const closed = closeBounds(words, cells);

  let at = words[layout.RESULT_CELLS] + words[layout.RESULTS];
  cells[at++] = 1 / (matrixNorm(words, cells) * inverseNorm);
  for (let p = 0; p < levels; p++) cells[at++] = unknownBar(words, cells, p, 0, closed);
  for (let c = 0; c < words[layout.COHERENCES]; c++) {
    const unknown = words[words[layout.COHERENCE_TABLE] + c];
    for (let part = 0; part < layout.COMPLEX; part++) {
      const j = (unknown - words[layout.SOLUTION_CELLS]) / layout.COMPLEX;
      cells[at++] = unknown < 0 ? 0 : unknownBar(words, cells, j, part, closed);
    }
  }
  for (let b = 0; b < words[layout.BATHS]; b++) {
    cells[at++] = currentBar(words, cells, b, closed);
  }
}

/** Roundings a sum over all terms of the kernel may have, times ε. */
function sumError(words: Int32Array): number {
  const count = words[layout.TERMS] + words[layout.DETUNINGS] + words[layout.LEVELS] + 16;
  return layout.EPSILON * count;
}

/** The residual of each equation, rounded, and what it is known to: twice double precision. */
function fillEquations(words: Int32Array, cells: Float64Array): void {
  const n = words[layout.UNKNOWNS];
  const equations = words[layout.EQUATION_CELLS];
  const residuals = words[layout.RESIDUAL_CELLS];
  const solution = words[layout.SOLUTION_CELLS];
  cells.fill(0, equations, equations + layout.EQUATION_SIZE * n);
  let entry = words[layout.TERM_TABLE];
  for (let k = 0; k < words[layout.TERMS]; k++) {
    const weight = Math.abs(0.5 * words[entry + 4]);
    const i = (words[entry + 3] - residuals) / layout.SUM_SIZE;
    const at = equations + layout.EQUATION_SIZE * i + layout.MAGNITUDE;
    const size = magnitude(cells, words[entry + 1]) * magnitude(cells, words[entry + 2]);
    cells[at] = cells[at] + weight * size;
    entry += layout.TERM_WORDS;
  }
  entry = words[layout.DETUNING_TABLE];
  for (let k = 0; k < words[layout.DETUNINGS]; k++) {
    const i = (words[entry + 4] - residuals) / layout.SUM_SIZE;
    const at = equations + layout.EQUATION_SIZE * i + layout.MAGNITUDE;
    const energy = Math.abs(cells[words[entry + 1]] - cells[words[entry + 2]]);
    cells[at] = cells[at] + energy * magnitude(cells, words[entry + 3]);
    entry += layout.DETUNING_WORDS;
  }
  let trace = layout.TRACE_SCALE;
  for (let p = 0; p < words[layout.LEVELS]; p++) {
    trace += layout.TRACE_SCALE * magnitude(cells, solution + layout.COMPLEX * p);
  }
  cells[equations + layout.MAGNITUDE] = trace;
  const twice = 2 * sumError(words);
  for (let i = 0; i < n; i++) {
    const residual = residuals + layout.SUM_SIZE * i;
    const at = equations + layout.EQUATION_SIZE * i;
    cells[at] = cells[residual] + cells[residual + 1];
    cells[at + 1] = cells[residual + 2] + cells[residual + 3];
    cells[at + layout.MAGNITUDE] =
      twice * twice * cells[at + layout.MAGNITUDE] +
      layout.EPSILON * magnitude(cells, at) +
      layout.UNDERFLOW * words[layout.TERMS];
  }
}

/** Zero for all that belongs to a functional cᵀx and its adjoint. */
function clearFunctional(words: Int32Array, cells: Float64Array): void {
  const n = words[layout.UNKNOWNS];
  clear(cells, words[layout.FUNCTIONAL_CELLS], layout.COMPLEX * n);
  clear(cells, words[layout.COLUMN_CELLS], layout.COLUMN_SIZE * n);
  clear(cells, words[layout.SENSITIVITY_CELLS], layout.COMPLEX * words[layout.RATES]);
}

function clear(cells: Float64Array, from: number, count: number): void {
  cells.fill(0, from, from + count);
}

/** y of yᵀM = cᵀ. The sum of the magnitudes of y where the rows of M are scaled. */
function solveAdjoint(words: Int32Array, cells: Float64Array): number {
  const n = words[layout.UNKNOWNS];
  const functional = words[layout.FUNCTIONAL_CELLS];
  const adjoint = words[layout.ADJOINT_CELLS];
  for (let k = 0; k < layout.COMPLEX * n; k++) cells[adjoint + k] = cells[functional + k];
  solveTransposed(cells, words[layout.FACTOR_CELLS], words[layout.PIVOT_CELLS], n, adjoint);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const at = adjoint + layout.COMPLEX * i;
    sum += magnitude(cells, at);
    const scale = i === 0 ? 1 : cells[words[layout.SCALE_CELLS] + i];
    cells[at] = cells[at] * scale;
    cells[at + 1] = cells[at + 1] * scale;
  }
  return sum;
}

/** yᵀM − cᵀ column by column, and yᵀT_k x of every rate. */
function fillColumns(words: Int32Array, cells: Float64Array): void {
  const n = words[layout.UNKNOWNS];
  const columns = words[layout.COLUMN_CELLS];
  const residuals = words[layout.RESIDUAL_CELLS];
  const solution = words[layout.SOLUTION_CELLS];
  const adjoint = words[layout.ADJOINT_CELLS];
  const rates = words[layout.RATE_CELLS];
  let entry = words[layout.TERM_TABLE];
  for (let k = 0; k < words[layout.TERMS]; k++) {
    const rate = words[entry + 1];
    const unknown = words[entry + 2];
    const row = words[entry + 3] - residuals;
    const weight = 0.5 * words[entry + 4];
    entry += layout.TERM_WORDS;
    if (row === 0) continue; // the trace condition stands there
    const y = adjoint + (row / layout.SUM_SIZE) * layout.COMPLEX;
    const re = weight * cells[y];
    const im = weight * cells[y + 1];
    const number = (rate - rates) / layout.COMPLEX;
    addToColumn(words, cells, (unknown - solution) / layout.COMPLEX, re, im, rate, number);
    const sensitivity = words[layout.SENSITIVITY_CELLS] + layout.COMPLEX * number;
    cells[sensitivity] = cells[sensitivity] + (re * cells[unknown] - im * cells[unknown + 1]);
    cells[sensitivity + 1] =
      cells[sensitivity + 1] + (re * cells[unknown + 1] + im * cells[unknown]);
  }
  entry = words[layout.DETUNING_TABLE];
  for (let k = 0; k < words[layout.DETUNINGS]; k++) {
    const energy = cells[words[entry + 1]] - cells[words[entry + 2]];
    const i = (words[entry + 3] - solution) / layout.COMPLEX;
    const y = adjoint + layout.COMPLEX * i;
    const at = columns + layout.COLUMN_SIZE * i;
    cells[at] = cells[at] + cells[y + 1] * energy;
    cells[at + 1] = cells[at + 1] - cells[y] * energy;
    const size = magnitude(cells, y);
    cells[at + layout.MAGNITUDE] = cells[at + layout.MAGNITUDE] + size * Math.abs(energy);
    cells[at + layout.UNCERTAIN] =
      cells[at + layout.UNCERTAIN] + size * detuningError(words, cells, entry);
    entry += layout.DETUNING_WORDS;
  }
  const traceRe = layout.TRACE_SCALE * cells[adjoint];
  const traceIm = layout.TRACE_SCALE * cells[adjoint + 1];
  for (let p = 0; p < words[layout.LEVELS]; p++) {
    const at = columns + layout.COLUMN_SIZE * p;
    cells[at] = cells[at] + traceRe;
    cells[at + 1] = cells[at + 1] + traceIm;
    cells[at + layout.MAGNITUDE] =
      cells[at + layout.MAGNITUDE] + (Math.abs(traceRe) + Math.abs(traceIm));
  }
  for (let j = 0; j < n; j++) {
    const at = columns + layout.COLUMN_SIZE * j;
    const c = words[layout.FUNCTIONAL_CELLS] + layout.COMPLEX * j;
    cells[at] = cells[at] - cells[c];
    cells[at + 1] = cells[at + 1] - cells[c + 1];
    cells[at + layout.MAGNITUDE] = cells[at + layout.MAGNITUDE] + magnitude(cells, c);
  }
}

/** Adds (re + i im) · rate to column j. */
function addToColumn(
  words: Int32Array,
  cells: Float64Array,
  j: number,
  re: number,
  im: number,
  rate: number,
  number: number,
): void {
  const at = words[layout.COLUMN_CELLS] + layout.COLUMN_SIZE * j;
  const size = Math.abs(re) + Math.abs(im);
  cells[at] = cells[at] + (re * cells[rate] - im * cells[rate + 1]);
  cells[at + 1] = cells[at + 1] + (re * cells[rate + 1] + im * cells[rate]);
  cells[at + layout.MAGNITUDE] = cells[at + layout.MAGNITUDE] + size * magnitude(cells, rate);
  cells[at + layout.UNCERTAIN] =
    cells[at + layout.UNCERTAIN] + size * cells[uncertaintyOf(words, number)];
}

/** What the difference of energies of a detuning may be off by. */
function detuningError(words: Int32Array, cells: Float64Array, entry: number): number {
  const upper = cells[words[entry + 1]];
  const lower = cells[words[entry + 2]];
  const ulps = energyUlps(words) * (Math.abs(upper) + Math.abs(lower)) + Math.abs(upper - lower);
  return layout.EPSILON * ulps;
}

/** |yᵀM* − cᵀ| in column j at most. */
function spread(words: Int32Array, cells: Float64Array, j: number): number {
  const at = words[layout.COLUMN_CELLS] + layout.COLUMN_SIZE * j;
  return (
    magnitude(cells, at) +
    sumError(words) * cells[at + layout.MAGNITUDE] +
    cells[at + layout.UNCERTAIN]
  );
}

/** |yᵀr + Σ d_k yᵀT_k x| at most, of its real and of its imaginary part, to cells `to` and `to + 1`. */
function boundFunctional(words: Int32Array, cells: Float64Array, to: number): void {
  const n = words[layout.UNKNOWNS];
  const solution = words[layout.SOLUTION_CELLS];
  let re = 0;
  let im = 0;
  let either = 0;
  for (let i = 0; i < n; i++) {
    const y = words[layout.ADJOINT_CELLS] + layout.COMPLEX * i;
    const r = words[layout.EQUATION_CELLS] + layout.EQUATION_SIZE * i;
    const column = words[layout.COLUMN_CELLS] + layout.COLUMN_SIZE * i;
    re += cells[y] * cells[r] - cells[y + 1] * cells[r + 1];
    im += cells[y] * cells[r + 1] + cells[y + 1] * cells[r];
    const size = magnitude(cells, y);
    const rounding =
      size * magnitude(cells, r) +
      cells[column + layout.UNCERTAIN] * magnitude(cells, solution + layout.COMPLEX * i);
    either += size * cells[r + layout.MAGNITUDE] + sumError(words) * rounding;
  }
  let reBound = Math.abs(re) + either;
  let imBound = Math.abs(im) + either;
  const own = gatherSources(words, cells);
  reBound += own;
  imBound += own;
  const elements = words[layout.ELEMENTS];
  const occupations = words[layout.BATHS] * words[layout.FREQUENCIES];
  let source = words[layout.SOURCE_CELLS];
  for (let s = 0; s < elements + 2 * occupations; s++) {
    const error = sourceError(words, cells, s - elements, occupations);
    reBound += error * Math.abs(cells[source]);
    imBound += error * Math.abs(cells[source + 1]);
    source += layout.COMPLEX;
  }
  let entry = words[layout.DETUNING_TABLE];
  for (let k = 0; k < words[layout.DETUNINGS]; k++) {
    const x = words[entry + 3];
    const y = words[layout.ADJOINT_CELLS] + (x - solution);
    const error = detuningError(words, cells, entry);
    reBound += error * Math.abs(cells[y] * cells[x + 1] + cells[y + 1] * cells[x]);
    imBound += error * Math.abs(cells[y] * cells[x] - cells[y + 1] * cells[x + 1]);
    entry += layout.DETUNING_WORDS;
  }
  cells[to] = reBound;
  cells[to + 1] = imBound;
}

/**
 * Σ d_k yᵀT_k x with the relative errors of a, b, D¹² and of e = D²¹/D¹² in place of d_k: the factor
 * of each of them, elements first, into the source cells. What a rate's sources do not explain is
 * returned.
 */
function gatherSources(words: Int32Array, cells: Float64Array): number {
  const elements = words[layout.ELEMENTS];
  const occupations = words[layout.BATHS] * words[layout.FREQUENCIES];
  const first = words[layout.SOURCE_CELLS];
  clear(cells, first, layout.COMPLEX * (elements + 2 * occupations));
  let own = 0;
  let entry = words[layout.RATE_TABLE];
  let rate = words[layout.RATE_CELLS];
  let sensitivity = words[layout.SENSITIVITY_CELLS];
  for (let k = 0; k < words[layout.RATES]; k++) {
    const re = cells[sensitivity] * cells[rate] - cells[sensitivity + 1] * cells[rate + 1];
    const im = cells[sensitivity] * cells[rate + 1] + cells[sensitivity + 1] * cells[rate];
    const correlation = words[entry + 2];
    const source = sourceOf(words, correlation);
    const kind = correlation - words[layout.OCCUPATION_CELLS] - layout.OCCUPATION_SIZE * source;
    addTo(cells, first + (words[entry] - words[layout.ELEMENT_CELLS]), re, im);
    addTo(cells, first + (words[entry + 1] - words[layout.ELEMENT_CELLS]), re, im);
    addTo(cells, first + layout.COMPLEX * (elements + source), re, im);
    if (kind === layout.ABSORPTION) {
      addTo(cells, first + layout.COMPLEX * (elements + occupations + source), re, im);
    }
    own += magnitude(cells, sensitivity) * cells[uncertaintyOf(words, k) + layout.OWN];
    entry += layout.RATE_WORDS;
    rate += layout.COMPLEX;
    sensitivity += layout.COMPLEX;
  }
  return own;
}

function addTo(cells: Float64Array, at: number, re: number, im: number): void {
  cells[at] = cells[at] + re;
  cells[at + 1] = cells[at + 1] + im;
}

/** Relative error of an element (s < 0), of D¹² of occupation s, or of e of occupation s − count. */
function sourceError(words: Int32Array, cells: Float64Array, s: number, count: number): number {
  if (s < 0) return elementUlps(words) * layout.EPSILON;
  const occupation = s < count ? s : s - count;
  const error = words[layout.SOURCE_ERROR_CELLS] + layout.SOURCE_SIZE * occupation;
  const relative = cells[error + layout.RELATIVE];
  return s < count ? relative : relative + layout.ABSORPTION_ULPS * layout.EPSILON;
}

/** First cell of the uncertainty of rate number k. */
function uncertaintyOf(words: Int32Array, k: number): number {
  return words[layout.UNCERTAINTY_CELLS] + layout.UNCERTAINTY_SIZE * k;
}

/**
 * Closes |x − x*| ≤ B + S |x − x*|: with E = B + S B, S E ≤ q E, E/(1 − q) bounds it. Leaves that
 * in the bounds; false where q ≥ ½ and there is no telling.
 */
function closeBounds(words: Int32Array, cells: Float64Array): boolean {
  const n = words[layout.UNKNOWNS];
  const bounds = words[layout.BOUND_CELLS];
  const scratch = words[layout.FUNCTIONAL_CELLS];
  for (let j = 0; j < n; j++) {
    const own = cells[bounds + layout.BOUND_SIZE * j + layout.TOTAL_BOUND];
    cells[scratch + j] =
      own + spreadOf(words, cells, words[layout.SPREAD_CELLS] + n * j) + layout.SMALLEST_NORMAL;
  }
  for (let j = 0; j < n; j++) {
    cells[bounds + layout.BOUND_SIZE * j + layout.TOTAL_BOUND] = cells[scratch + j];
  }
  // the sum of all q: at least the largest, and NaN where one is
  let q = 0;
  for (let j = 0; j < n; j++) {
    const next = spreadOf(words, cells, words[layout.SPREAD_CELLS] + n * j);
    q += next / cells[bounds + layout.BOUND_SIZE * j + layout.TOTAL_BOUND];
  }
  const factor = 1 / (1 - q);
  for (let j = 0; j < n; j++) {
    const at = bounds + layout.BOUND_SIZE * j + layout.TOTAL_BOUND;
    cells[at] = cells[at] * factor;
  }
  return q < 0.5;
}

/** Σ_i S_ji E_i, the row of S at cell `row`. */
function spreadOf(words: Int32Array, cells: Float64Array, row: number): number {
  let sum = 0;
  for (let i = 0; i < words[layout.UNKNOWNS]; i++) {
    const bound = words[layout.BOUND_CELLS] + layout.BOUND_SIZE * i + layout.TOTAL_BOUND;
    sum += cells[row + i] * cells[bound];
  }
  return sum;
}

/** The bar of the real part (`part` 0) or imaginary part (1) of unknown j. */
function unknownBar(
  words: Int32Array,
  cells: Float64Array,
  j: number,
  part: number,
  closed: boolean,
): number {
  const own = cells[words[layout.BOUND_CELLS] + layout.BOUND_SIZE * j + part];
  const row = words[layout.SPREAD_CELLS] + words[layout.UNKNOWNS] * j;
  return finished(own + spreadOf(words, cells, row), closed);
}

function finished(bar: number, closed: boolean): number {
  const slack = layout.BAR_SLACK * bar + layout.UNDERFLOW;
  return closed && slack < Infinity ? slack : Infinity;
}

/** The bar of the current of bath b, that of its sum's own rounding in it. */
function currentBar(words: Int32Array, cells: Float64Array, b: number, closed: boolean): number {
  const n = words[layout.UNKNOWNS];
  const levels = words[layout.LEVELS];
  const functional = words[layout.FUNCTIONAL_CELLS];
  const flows = words[layout.FLOW_CELLS];
  const solution = words[layout.SOLUTION_CELLS];
  const rates = words[layout.RATE_CELLS];
  const tails = words[layout.RATE_TAIL_CELLS];
  const energies = words[layout.ENERGY_CELLS];
  // the current again, to twice double precision
  const sum = words[layout.RESIDUAL_CELLS];
  clear(cells, sum, 2);
  clear(cells, flows, levels);
  clearFunctional(words, cells);
  let size = 0;
  let entry = words[layout.CURRENT_TABLE];
  for (let k = 0; k < words[layout.CURRENT_TERMS]; k++) {
    const at = entry;
    entry += layout.CURRENT_WORDS;
    if (words[at] !== b) continue;
    const level = words[at + 1] - energies;
    const energy = cells[words[at + 1]];
    const rate = words[at + 2];
    const unknown = words[at + 3];
    const weight = 0.5 * words[at + 4];
    const flowing = weight * energy;
    const number = (rate - rates) / layout.COMPLEX;
    const j = (unknown - solution) / layout.COMPLEX;
    const c = functional + layout.COMPLEX * j;
    cells[c] = cells[c] + flowing * cells[rate];
    cells[c + 1] = cells[c + 1] + flowing * cells[rate + 1];
    const column = words[layout.COLUMN_CELLS] + layout.COLUMN_SIZE * j;
    const term = Math.abs(flowing) * magnitude(cells, rate);
    const energyError = energyUlps(words) * layout.EPSILON * term;
    cells[column + layout.MAGNITUDE] = cells[column + layout.MAGNITUDE] + term;
    cells[column + layout.UNCERTAIN] =
      cells[column + layout.UNCERTAIN] +
      (Math.abs(flowing) * cells[uncertaintyOf(words, number)] + energyError);
    const sensitivity = words[layout.SENSITIVITY_CELLS] + layout.COMPLEX * number;
    cells[sensitivity] = cells[sensitivity] - flowing * cells[unknown];
    cells[sensitivity + 1] = cells[sensitivity + 1] - flowing * cells[unknown + 1];
    cells[flows + level] =
      cells[flows + level] +
      weight * (cells[rate] * cells[unknown] - cells[rate + 1] * cells[unknown + 1]);
    size += term * magnitude(cells, unknown);
    const tail = tails + layout.COMPLEX * number;
    addProduct(cells, sum, flowing, cells[rate], cells[tail], cells[unknown]);
    addProduct(cells, sum, -flowing, cells[rate + 1], cells[tail + 1], cells[unknown + 1]);
  }
  solveAdjoint(words, cells);
  fillColumns(words, cells);
  const row = words[layout.SPREAD_CELLS];
  for (let i = 0; i < n; i++) cells[row + i] = spread(words, cells, i);
  // after the sum, in cells that are free
  boundFunctional(words, cells, sum + 2);
  let bar = cells[sum + 2] + spreadOf(words, cells, row);
  for (let p = 0; p < levels; p++) {
    const error = energyUlps(words) * layout.EPSILON * Math.abs(cells[energies + p]);
    bar += error * Math.abs(cells[flows + p]);
  }
  const current = cells[words[layout.CURRENT_CELLS] + layout.CURRENT_SIZE * b];
  const twice = 2 * sumError(words);
  bar += Math.abs(current - cells[sum] - cells[sum + 1]) + twice * twice * size;
  return finished(bar, closed);
}

/** Adds a · (b + its tail) · c to the sum in cells `at`, `at + 1`, to twice double precision. */
function addProduct(
  cells: Float64Array,
  at: number,
  a: number,
  b: number,
  tail: number,
  c: number,
): void {
  const product = a * b;
  accumulate(cells, at, product, c);
  cells[at + 1] = cells[at + 1] + (productError(a, b, product) + a * tail) * c;
}

/** The largest sum of magnitudes of a row of the scaled matrix. */
function matrixNorm(words: Int32Array, cells: Float64Array): number {
  const n = words[layout.UNKNOWNS];
  let norm = 0;
  for (let i = 0; i < n; i++) {
    const row = words[layout.MATRIX_CELLS] + layout.COMPLEX * n * i;
    let sum = 0;
    for (let j = 0; j < n; j++) sum += magnitude(cells, row + layout.COMPLEX * j);
    norm = norm < sum ? sum : norm;
  }
  return norm;
}
