import { get, set, at as addressOf, word } from "./cells";
import { productError } from "./double-double";
import { abs, add, div, larger, mul, neg, select, splat, sub } from "./lanes";
import * as layout from "./layout";
import { solveTransposed } from "./lu";
import { accumulate, fillRateTails, fillResidual } from "./refine";
import { assembleSystem, factoriseSystem } from "./steady-state";
import { elementUlps, energyUlps, fillUncertainties, magnitude, sourceOf } from "./uncertainty";

/**
 * The condition of the scaled system and an error bar for each result, into the result cells after
 * the residual. M is the matrix of (2.3) made of the rates at hand, without rounding; M* = M + Σ d_k T_k
 * the true one, |d_k| up to the uncertainty of rate k. For a result cᵀx, whatever y is,
 *
 *     cᵀ(x − x*) = yᵀr + Σ d_k yᵀT_k x − (yᵀM* − cᵀ)(x − x*),    r = M x − b.
 *
 * With yᵀM = cᵀ solved by the factors of the solve, the first two terms are the bar, source by
 * source of error, so that what cancels in the equations cancels here; the last one, small where
 * there is an answer at all, closes the bound on the error of x itself. `docs/numbers.md` has more.
 */
export function fillErrorBars(words: usize, cells: usize): void {
  const n = word(words, layout.UNKNOWNS);
  const bounds = word(words, layout.BOUND_CELLS);
  assembleSystem(words, cells);
  factoriseSystem(words, cells);
  fillRateTails(words, cells);
  fillResidual(words, cells);
  fillUncertainties(words, cells);
  fillEquations(words, cells);

  let inverseNorm = splat(0);
  for (let j = 0; j < n; j++) {
    clearFunctional(words, cells);
    set(cells, word(words, layout.FUNCTIONAL_CELLS) + layout.COMPLEX * j, splat(1));
    inverseNorm = larger(inverseNorm, solveAdjoint(words, cells));
    fillColumns(words, cells);
    const bound = bounds + layout.BOUND_SIZE * j;
    boundFunctional(words, cells, bound);
    const both = add(get(cells, bound), get(cells, bound + 1));
    set(cells, bound + layout.TOTAL_BOUND, both);
    for (let i = 0; i < n; i++) {
      set(cells, word(words, layout.SPREAD_CELLS) + n * j + i, spread(words, cells, i));
    }
  }
  const closed = closeBounds(words, cells);

  let to = word(words, layout.RESULT_CELLS) + word(words, layout.RESULTS);
  set(cells, to++, div(splat(1), mul(matrixNorm(words, cells), inverseNorm)));
  const levels = word(words, layout.LEVELS);
  for (let p = 0; p < levels; p++) set(cells, to++, unknownBar(words, cells, p, 0, closed));
  const coherences = word(words, layout.COHERENCES);
  for (let c = 0; c < coherences; c++) {
    const unknown = word(words, word(words, layout.COHERENCE_TABLE) + c);
    const j = (unknown - word(words, layout.SOLUTION_CELLS)) / layout.COMPLEX;
    for (let part = 0; part < layout.COMPLEX; part++) {
      set(cells, to++, unknown < 0 ? splat(0) : unknownBar(words, cells, j, part, closed));
    }
  }
  const baths = word(words, layout.BATHS);
  for (let b = 0; b < baths; b++) set(cells, to++, currentBar(words, cells, b, closed));
}

/** Roundings a sum over all terms of the kernel may have, times ε. */
function sumError(words: usize): f64 {
  const count =
    word(words, layout.TERMS) + word(words, layout.DETUNINGS) + word(words, layout.LEVELS) + 16;
  return layout.EPSILON * <f64>count;
}

/** The residual of each equation, rounded, and what it is known to: twice double precision. */
function fillEquations(words: usize, cells: usize): void {
  const n = word(words, layout.UNKNOWNS);
  const equations = word(words, layout.EQUATION_CELLS);
  const residuals = word(words, layout.RESIDUAL_CELLS);
  const solution = word(words, layout.SOLUTION_CELLS);
  clear(cells, equations, layout.EQUATION_SIZE * n);
  let entry = word(words, layout.TERM_TABLE);
  const terms = word(words, layout.TERMS);
  for (let k = 0; k < terms; k++) {
    const weight = splat(Math.abs(0.5 * word(words, entry + 4)));
    const i = (word(words, entry + 3) - residuals) / layout.SUM_SIZE;
    const to = equations + layout.EQUATION_SIZE * i + layout.MAGNITUDE;
    const size = mul(
      magnitude(cells, word(words, entry + 1)),
      magnitude(cells, word(words, entry + 2)),
    );
    set(cells, to, add(get(cells, to), mul(weight, size)));
    entry += layout.TERM_WORDS;
  }
  entry = word(words, layout.DETUNING_TABLE);
  const detunings = word(words, layout.DETUNINGS);
  for (let k = 0; k < detunings; k++) {
    const i = (word(words, entry + 4) - residuals) / layout.SUM_SIZE;
    const to = equations + layout.EQUATION_SIZE * i + layout.MAGNITUDE;
    const energy = abs(sub(get(cells, word(words, entry + 1)), get(cells, word(words, entry + 2))));
    set(cells, to, add(get(cells, to), mul(energy, magnitude(cells, word(words, entry + 3)))));
    entry += layout.DETUNING_WORDS;
  }
  const scale = splat(layout.TRACE_SCALE);
  let trace = scale;
  const levels = word(words, layout.LEVELS);
  for (let p = 0; p < levels; p++) {
    trace = add(trace, mul(scale, magnitude(cells, solution + layout.COMPLEX * p)));
  }
  set(cells, equations + layout.MAGNITUDE, trace);
  const twice = splat(2 * sumError(words) * (2 * sumError(words)));
  const lost = splat(layout.UNDERFLOW * <f64>terms);
  for (let i = 0; i < n; i++) {
    const residual = residuals + layout.SUM_SIZE * i;
    const to = equations + layout.EQUATION_SIZE * i;
    set(cells, to, add(get(cells, residual), get(cells, residual + 1)));
    set(cells, to + 1, add(get(cells, residual + 2), get(cells, residual + 3)));
    const known = add(
      mul(twice, get(cells, to + layout.MAGNITUDE)),
      mul(splat(layout.EPSILON), magnitude(cells, to)),
    );
    set(cells, to + layout.MAGNITUDE, add(known, lost));
  }
}

/** Zero for all that belongs to a functional cᵀx and its adjoint. */
function clearFunctional(words: usize, cells: usize): void {
  const n = word(words, layout.UNKNOWNS);
  clear(cells, word(words, layout.FUNCTIONAL_CELLS), layout.COMPLEX * n);
  clear(cells, word(words, layout.COLUMN_CELLS), layout.COLUMN_SIZE * n);
  const rates = word(words, layout.RATES);
  clear(cells, word(words, layout.SENSITIVITY_CELLS), layout.COMPLEX * rates);
}

function clear(cells: usize, from: i32, count: i32): void {
  memory.fill(addressOf(cells, from), 0, <usize>(layout.CELL_BYTES * count));
}

/** y of yᵀM = cᵀ. The sum of the magnitudes of y where the rows of M are scaled. */
function solveAdjoint(words: usize, cells: usize): v128 {
  const n = word(words, layout.UNKNOWNS);
  const functional = word(words, layout.FUNCTIONAL_CELLS);
  const adjoint = word(words, layout.ADJOINT_CELLS);
  const scales = word(words, layout.SCALE_CELLS);
  for (let k = 0; k < layout.COMPLEX * n; k++) set(cells, adjoint + k, get(cells, functional + k));
  const factors = word(words, layout.FACTOR_CELLS);
  solveTransposed(cells, factors, word(words, layout.PIVOT_CELLS), n, adjoint);
  let sum = splat(0);
  for (let i = 0; i < n; i++) {
    const y = adjoint + layout.COMPLEX * i;
    sum = add(sum, magnitude(cells, y));
    const scale = i == 0 ? splat(1) : get(cells, scales + i);
    set(cells, y, mul(get(cells, y), scale));
    set(cells, y + 1, mul(get(cells, y + 1), scale));
  }
  return sum;
}

/** yᵀM − cᵀ column by column, and yᵀT_k x of every rate. */
function fillColumns(words: usize, cells: usize): void {
  const n = word(words, layout.UNKNOWNS);
  const columns = word(words, layout.COLUMN_CELLS);
  const residuals = word(words, layout.RESIDUAL_CELLS);
  const solution = word(words, layout.SOLUTION_CELLS);
  const adjoint = word(words, layout.ADJOINT_CELLS);
  const rates = word(words, layout.RATE_CELLS);
  const sensitivities = word(words, layout.SENSITIVITY_CELLS);
  let entry = word(words, layout.TERM_TABLE);
  const terms = word(words, layout.TERMS);
  for (let k = 0; k < terms; k++) {
    const rate = word(words, entry + 1);
    const unknown = word(words, entry + 2);
    const row = word(words, entry + 3) - residuals;
    const weight = splat(0.5 * word(words, entry + 4));
    entry += layout.TERM_WORDS;
    if (row == 0) continue; // the trace condition stands there
    const y = adjoint + (row / layout.SUM_SIZE) * layout.COMPLEX;
    const re = mul(weight, get(cells, y));
    const im = mul(weight, get(cells, y + 1));
    const number = (rate - rates) / layout.COMPLEX;
    addToColumn(words, cells, (unknown - solution) / layout.COMPLEX, re, im, rate, number);
    const xRe = get(cells, unknown);
    const xIm = get(cells, unknown + 1);
    const sensitivity = sensitivities + layout.COMPLEX * number;
    addTo(cells, sensitivity, sub(mul(re, xRe), mul(im, xIm)), add(mul(re, xIm), mul(im, xRe)));
  }
  entry = word(words, layout.DETUNING_TABLE);
  const detunings = word(words, layout.DETUNINGS);
  for (let k = 0; k < detunings; k++) {
    const energy = sub(get(cells, word(words, entry + 1)), get(cells, word(words, entry + 2)));
    const i = (word(words, entry + 3) - solution) / layout.COMPLEX;
    const y = adjoint + layout.COMPLEX * i;
    const to = columns + layout.COLUMN_SIZE * i;
    set(cells, to, add(get(cells, to), mul(get(cells, y + 1), energy)));
    set(cells, to + 1, sub(get(cells, to + 1), mul(get(cells, y), energy)));
    const size = magnitude(cells, y);
    const error = detuningError(words, cells, entry);
    addTo(cells, to + layout.MAGNITUDE, mul(size, abs(energy)), mul(size, error));
    entry += layout.DETUNING_WORDS;
  }
  const scale = splat(layout.TRACE_SCALE);
  const traceRe = mul(scale, get(cells, adjoint));
  const traceIm = mul(scale, get(cells, adjoint + 1));
  const traceSize = add(abs(traceRe), abs(traceIm));
  const levels = word(words, layout.LEVELS);
  for (let p = 0; p < levels; p++) {
    const to = columns + layout.COLUMN_SIZE * p;
    addTo(cells, to, traceRe, traceIm);
    set(cells, to + layout.MAGNITUDE, add(get(cells, to + layout.MAGNITUDE), traceSize));
  }
  for (let j = 0; j < n; j++) {
    const to = columns + layout.COLUMN_SIZE * j;
    const c = word(words, layout.FUNCTIONAL_CELLS) + layout.COMPLEX * j;
    set(cells, to, sub(get(cells, to), get(cells, c)));
    set(cells, to + 1, sub(get(cells, to + 1), get(cells, c + 1)));
    const size = add(get(cells, to + layout.MAGNITUDE), magnitude(cells, c));
    set(cells, to + layout.MAGNITUDE, size);
  }
}

/** Adds (re + i im) · rate to column j. */
function addToColumn(
  words: usize,
  cells: usize,
  j: i32,
  re: v128,
  im: v128,
  rate: i32,
  number: i32,
): void {
  const to = word(words, layout.COLUMN_CELLS) + layout.COLUMN_SIZE * j;
  const size = add(abs(re), abs(im));
  const rRe = get(cells, rate);
  const rIm = get(cells, rate + 1);
  addTo(cells, to, sub(mul(re, rRe), mul(im, rIm)), add(mul(re, rIm), mul(im, rRe)));
  const uncertain = mul(size, get(cells, uncertaintyOf(words, number)));
  addTo(cells, to + layout.MAGNITUDE, mul(size, magnitude(cells, rate)), uncertain);
}

/** Adds to cell `index` and to the one after it. */
function addTo(cells: usize, index: i32, first: v128, second: v128): void {
  set(cells, index, add(get(cells, index), first));
  set(cells, index + 1, add(get(cells, index + 1), second));
}

/** What the difference of energies of a detuning may be off by. */
function detuningError(words: usize, cells: usize, entry: i32): v128 {
  const upper = get(cells, word(words, entry + 1));
  const lower = get(cells, word(words, entry + 2));
  const own = mul(splat(energyUlps(words)), add(abs(upper), abs(lower)));
  return mul(splat(layout.EPSILON), add(own, abs(sub(upper, lower))));
}

/** |yᵀM* − cᵀ| in column j at most. */
function spread(words: usize, cells: usize, j: i32): v128 {
  const from = word(words, layout.COLUMN_CELLS) + layout.COLUMN_SIZE * j;
  const rounding = mul(splat(sumError(words)), get(cells, from + layout.MAGNITUDE));
  return add(add(magnitude(cells, from), rounding), get(cells, from + layout.UNCERTAIN));
}

/** |yᵀr + Σ d_k yᵀT_k x| at most, of its real and of its imaginary part, to cells `to` and `to + 1`. */
function boundFunctional(words: usize, cells: usize, to: i32): void {
  const n = word(words, layout.UNKNOWNS);
  const solution = word(words, layout.SOLUTION_CELLS);
  let re = splat(0);
  let im = splat(0);
  let either = splat(0);
  const sumRounding = splat(sumError(words));
  for (let i = 0; i < n; i++) {
    const y = word(words, layout.ADJOINT_CELLS) + layout.COMPLEX * i;
    const r = word(words, layout.EQUATION_CELLS) + layout.EQUATION_SIZE * i;
    const column = word(words, layout.COLUMN_CELLS) + layout.COLUMN_SIZE * i;
    const yRe = get(cells, y);
    const yIm = get(cells, y + 1);
    const rRe = get(cells, r);
    const rIm = get(cells, r + 1);
    re = add(re, sub(mul(yRe, rRe), mul(yIm, rIm)));
    im = add(im, add(mul(yRe, rIm), mul(yIm, rRe)));
    const size = magnitude(cells, y);
    const x = magnitude(cells, solution + layout.COMPLEX * i);
    const rounding = add(
      mul(size, magnitude(cells, r)),
      mul(get(cells, column + layout.UNCERTAIN), x),
    );
    const unknown = mul(size, get(cells, r + layout.MAGNITUDE));
    either = add(either, add(unknown, mul(sumRounding, rounding)));
  }
  let reBound = add(abs(re), either);
  let imBound = add(abs(im), either);
  const own = gatherSources(words, cells);
  reBound = add(reBound, own);
  imBound = add(imBound, own);
  const elements = word(words, layout.ELEMENTS);
  const occupations = word(words, layout.BATHS) * word(words, layout.FREQUENCIES);
  let source = word(words, layout.SOURCE_CELLS);
  for (let s = 0; s < elements + 2 * occupations; s++) {
    const error = sourceError(words, cells, s - elements, occupations);
    reBound = add(reBound, mul(error, abs(get(cells, source))));
    imBound = add(imBound, mul(error, abs(get(cells, source + 1))));
    source += layout.COMPLEX;
  }
  let entry = word(words, layout.DETUNING_TABLE);
  const detunings = word(words, layout.DETUNINGS);
  for (let k = 0; k < detunings; k++) {
    const x = word(words, entry + 3);
    const y = word(words, layout.ADJOINT_CELLS) + (x - solution);
    const error = detuningError(words, cells, entry);
    const xRe = get(cells, x);
    const xIm = get(cells, x + 1);
    const yRe = get(cells, y);
    const yIm = get(cells, y + 1);
    reBound = add(reBound, mul(error, abs(add(mul(yRe, xIm), mul(yIm, xRe)))));
    imBound = add(imBound, mul(error, abs(sub(mul(yRe, xRe), mul(yIm, xIm)))));
    entry += layout.DETUNING_WORDS;
  }
  set(cells, to, reBound);
  set(cells, to + 1, imBound);
}

/**
 * Σ d_k yᵀT_k x with the relative errors of a, b, D¹² and of e = D²¹/D¹² in place of d_k: the factor
 * of each of them, elements first, into the source cells. What a rate's sources do not explain is
 * returned.
 */
function gatherSources(words: usize, cells: usize): v128 {
  const elements = word(words, layout.ELEMENTS);
  const elementCells = word(words, layout.ELEMENT_CELLS);
  const occupations = word(words, layout.BATHS) * word(words, layout.FREQUENCIES);
  const first = word(words, layout.SOURCE_CELLS);
  clear(cells, first, layout.COMPLEX * (elements + 2 * occupations));
  let own = splat(0);
  let entry = word(words, layout.RATE_TABLE);
  let rate = word(words, layout.RATE_CELLS);
  let sensitivity = word(words, layout.SENSITIVITY_CELLS);
  const rates = word(words, layout.RATES);
  for (let k = 0; k < rates; k++) {
    const sRe = get(cells, sensitivity);
    const sIm = get(cells, sensitivity + 1);
    const rRe = get(cells, rate);
    const rIm = get(cells, rate + 1);
    const re = sub(mul(sRe, rRe), mul(sIm, rIm));
    const im = add(mul(sRe, rIm), mul(sIm, rRe));
    const correlation = word(words, entry + 2);
    const source = sourceOf(words, correlation);
    const kind =
      correlation - word(words, layout.OCCUPATION_CELLS) - layout.OCCUPATION_SIZE * source;
    addTo(cells, first + (word(words, entry) - elementCells), re, im);
    addTo(cells, first + (word(words, entry + 1) - elementCells), re, im);
    addTo(cells, first + layout.COMPLEX * (elements + source), re, im);
    if (kind == layout.ABSORPTION) {
      addTo(cells, first + layout.COMPLEX * (elements + occupations + source), re, im);
    }
    const uncertainty = get(cells, uncertaintyOf(words, k) + layout.OWN);
    own = add(own, mul(magnitude(cells, sensitivity), uncertainty));
    entry += layout.RATE_WORDS;
    rate += layout.COMPLEX;
    sensitivity += layout.COMPLEX;
  }
  return own;
}

/** Relative error of an element (s < 0), of D¹² of occupation s, or of e of occupation s − count. */
function sourceError(words: usize, cells: usize, s: i32, count: i32): v128 {
  if (s < 0) return splat(elementUlps(words) * layout.EPSILON);
  const occupation = s < count ? s : s - count;
  const error = word(words, layout.SOURCE_ERROR_CELLS) + layout.SOURCE_SIZE * occupation;
  const relative = get(cells, error + layout.RELATIVE);
  if (s < count) return relative;
  return add(relative, splat(layout.ABSORPTION_ULPS * layout.EPSILON));
}

/** First cell of the uncertainty of rate number k. */
function uncertaintyOf(words: usize, k: i32): i32 {
  return word(words, layout.UNCERTAINTY_CELLS) + layout.UNCERTAINTY_SIZE * k;
}

/**
 * Closes |x − x*| ≤ B + S |x − x*|: with E = B + S B, S E ≤ q E, E/(1 − q) bounds it. Leaves that in
 * the bounds; the mask of lanes with q < ½: in others there is no telling.
 */
function closeBounds(words: usize, cells: usize): v128 {
  const n = word(words, layout.UNKNOWNS);
  const bounds = word(words, layout.BOUND_CELLS) + layout.TOTAL_BOUND;
  const rows = word(words, layout.SPREAD_CELLS);
  const scratch = word(words, layout.FUNCTIONAL_CELLS);
  for (let j = 0; j < n; j++) {
    const own = add(
      get(cells, bounds + layout.BOUND_SIZE * j),
      spreadOf(words, cells, rows + n * j),
    );
    set(cells, scratch + j, add(own, splat(layout.SMALLEST_NORMAL)));
  }
  for (let j = 0; j < n; j++) {
    set(cells, bounds + layout.BOUND_SIZE * j, get(cells, scratch + j));
  }
  // the sum of all q: at least the largest, and NaN where one is
  let q = splat(0);
  for (let j = 0; j < n; j++) {
    const next = spreadOf(words, cells, rows + n * j);
    q = add(q, div(next, get(cells, bounds + layout.BOUND_SIZE * j)));
  }
  const factor = div(splat(1), sub(splat(1), q));
  for (let j = 0; j < n; j++) {
    const to = bounds + layout.BOUND_SIZE * j;
    set(cells, to, mul(get(cells, to), factor));
  }
  return f64x2.lt(q, splat(0.5));
}

/** Σ_i S_ji E_i, the row of S at cell `row`. */
function spreadOf(words: usize, cells: usize, row: i32): v128 {
  const n = word(words, layout.UNKNOWNS);
  let bound = word(words, layout.BOUND_CELLS) + layout.TOTAL_BOUND;
  let sum = splat(0);
  for (let i = 0; i < n; i++) {
    sum = add(sum, mul(get(cells, row + i), get(cells, bound)));
    bound += layout.BOUND_SIZE;
  }
  return sum;
}

/** The bar of the real part (`part` 0) or imaginary part (1) of unknown j. */
function unknownBar(words: usize, cells: usize, j: i32, part: i32, closed: v128): v128 {
  const own = get(cells, word(words, layout.BOUND_CELLS) + layout.BOUND_SIZE * j + part);
  const row = word(words, layout.SPREAD_CELLS) + word(words, layout.UNKNOWNS) * j;
  return finished(add(own, spreadOf(words, cells, row)), closed);
}

function finished(bar: v128, closed: v128): v128 {
  const slack = add(mul(splat(layout.BAR_SLACK), bar), splat(layout.UNDERFLOW));
  const known = v128.and(closed, f64x2.lt(slack, splat(Infinity)));
  return select(known, slack, splat(Infinity));
}

/** The bar of the current of bath b, that of its sum's own rounding in it. */
function currentBar(words: usize, cells: usize, b: i32, closed: v128): v128 {
  const n = word(words, layout.UNKNOWNS);
  const levels = word(words, layout.LEVELS);
  const functional = word(words, layout.FUNCTIONAL_CELLS);
  const flows = word(words, layout.FLOW_CELLS);
  const solution = word(words, layout.SOLUTION_CELLS);
  const rates = word(words, layout.RATE_CELLS);
  const tails = word(words, layout.RATE_TAIL_CELLS);
  const energies = word(words, layout.ENERGY_CELLS);
  const sensitivities = word(words, layout.SENSITIVITY_CELLS);
  const energyRounding = energyUlps(words) * layout.EPSILON;
  // the current again, to twice double precision
  const sum = word(words, layout.RESIDUAL_CELLS);
  clear(cells, sum, 2);
  clear(cells, flows, levels);
  clearFunctional(words, cells);
  let size = splat(0);
  let entry = word(words, layout.CURRENT_TABLE);
  const terms = word(words, layout.CURRENT_TERMS);
  for (let k = 0; k < terms; k++) {
    const from = entry;
    entry += layout.CURRENT_WORDS;
    if (word(words, from) != b) continue;
    const level = word(words, from + 1) - energies;
    const energy = get(cells, word(words, from + 1));
    const rate = word(words, from + 2);
    const unknown = word(words, from + 3);
    const weight = splat(0.5 * word(words, from + 4));
    const flowing = mul(weight, energy);
    const number = (rate - rates) / layout.COMPLEX;
    const j = (unknown - solution) / layout.COMPLEX;
    const rRe = get(cells, rate);
    const rIm = get(cells, rate + 1);
    const xRe = get(cells, unknown);
    const xIm = get(cells, unknown + 1);
    addTo(cells, functional + layout.COMPLEX * j, mul(flowing, rRe), mul(flowing, rIm));
    const column = word(words, layout.COLUMN_CELLS) + layout.COLUMN_SIZE * j;
    const term = mul(abs(flowing), magnitude(cells, rate));
    const energyError = mul(splat(energyRounding), term);
    const rateError = mul(abs(flowing), get(cells, uncertaintyOf(words, number)));
    addTo(cells, column + layout.MAGNITUDE, term, add(rateError, energyError));
    const sensitivity = sensitivities + layout.COMPLEX * number;
    addTo(cells, sensitivity, neg(mul(flowing, xRe)), neg(mul(flowing, xIm)));
    const flow = mul(weight, sub(mul(rRe, xRe), mul(rIm, xIm)));
    set(cells, flows + level, add(get(cells, flows + level), flow));
    size = add(size, mul(term, magnitude(cells, unknown)));
    const tail = tails + layout.COMPLEX * number;
    addProduct(cells, sum, flowing, rRe, get(cells, tail), xRe);
    addProduct(cells, sum, neg(flowing), rIm, get(cells, tail + 1), xIm);
  }
  solveAdjoint(words, cells);
  fillColumns(words, cells);
  const row = word(words, layout.SPREAD_CELLS);
  for (let i = 0; i < n; i++) set(cells, row + i, spread(words, cells, i));
  // after the sum, in cells that are free
  boundFunctional(words, cells, sum + 2);
  let bar = add(get(cells, sum + 2), spreadOf(words, cells, row));
  for (let p = 0; p < levels; p++) {
    const error = mul(splat(energyRounding), abs(get(cells, energies + p)));
    bar = add(bar, mul(error, abs(get(cells, flows + p))));
  }
  const current = get(cells, word(words, layout.CURRENT_CELLS) + layout.CURRENT_SIZE * b);
  const rounding = abs(sub(sub(current, get(cells, sum)), get(cells, sum + 1)));
  const twice = splat(2 * sumError(words) * (2 * sumError(words)));
  bar = add(bar, add(rounding, mul(twice, size)));
  return finished(bar, closed);
}

/** Adds a · (b + its tail) · c to the sum in cells `at`, `at + 1`, to twice double precision. */
function addProduct(cells: usize, at: i32, a: v128, b: v128, tail: v128, c: v128): void {
  const product = mul(a, b);
  accumulate(cells, at, product, c);
  const lost = mul(add(productError(a, b, product), mul(a, tail)), c);
  set(cells, at + 1, add(get(cells, at + 1), lost));
}

/** The largest sum of magnitudes of a row of the scaled matrix. */
function matrixNorm(words: usize, cells: usize): v128 {
  const n = word(words, layout.UNKNOWNS);
  let norm = splat(0);
  for (let i = 0; i < n; i++) {
    const row = word(words, layout.MATRIX_CELLS) + layout.COMPLEX * n * i;
    let sum = splat(0);
    for (let j = 0; j < n; j++) sum = add(sum, magnitude(cells, row + layout.COMPLEX * j));
    norm = larger(norm, sum);
  }
  return norm;
}
