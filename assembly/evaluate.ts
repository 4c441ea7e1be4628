import { fillOccupations, prepareBath } from "./bath";
import { identicalBaths, solvePairAppendix, solvePairLindblad, solveQubit } from "./closed";
import { fillCurrents, secondLawBroken } from "./currents";
import { add, get, mul, select, set, splat, word } from "./lanes";
import * as layout from "./layout";
import { prepareLevels } from "./levels";
import { prepareQubitPair } from "./qubit-pair";
import { prepareQubit } from "./qubit";
import { backwardError, solveSteadyState } from "./steady-state";

/**
 * Evaluates `rows` rows of a slot, two at a time: parameters from its sources, results and status to
 * its sinks. With an odd number the last vector's second lane is the padding every column has. What
 * depends on parameters that are those of the two rows before is kept: on a grid, all that belongs to
 * the slow axes.
 */
export function evaluate(words: usize, slot: usize, rows: i32): void {
  const sinks = word(words, layout.SINK_TABLE);
  const results = word(words, layout.RESULT_CELLS);
  const resultCount = word(words, layout.RESULTS);
  const statusColumn = slot + <usize>word(words, layout.STATUS_OFFSET);
  const failure = i64x2.splat(layout.OUTSIDE_DOMAIN | layout.SINGULAR);
  for (let row = 0; row < rows; row += 2) {
    prepare(words, slot, row);
    const bits = evaluateRows(words, slot);
    const failed = i64x2.ne(v128.and(bits, failure), i64x2.splat(0));
    for (let k = 0; k < resultCount; k++) {
      const sink = sinks + layout.SINK_WORDS * k;
      const offset = word(words, sink) + word(words, sink + 1) * row;
      v128.store(slot + <usize>offset, select(failed, splat(NaN), get(slot, results + k)));
    }
    store<u8>(statusColumn + <usize>row, <u8>i64x2.extract_lane(bits, 0));
    store<u8>(statusColumn + <usize>row, <u8>i64x2.extract_lane(bits, 1), 1);
  }
}

/** Everything up to the occupations for the two rows from `row` on, where their parameters are new. */
function prepare(words: usize, slot: usize, row: i32): void {
  const insideCells = word(words, layout.INSIDE_CELLS);
  const modelParameters = word(words, layout.MODEL_PARAMETERS);
  const modelChanged = loadParameters(words, slot, 0, modelParameters, row);
  if (modelChanged) set(slot, insideCells, prepareModel(words, slot));
  const baths = word(words, layout.BATHS);
  for (let b = 0; b < baths; b++) {
    const first = modelParameters + layout.BATH_PARAMETERS * b;
    const bathChanged = loadParameters(words, slot, first, layout.BATH_PARAMETERS, row);
    if (bathChanged) set(slot, insideCells + 1 + b, prepareBath(words, slot, b));
    if (modelChanged || bathChanged) fillOccupations(words, slot, b);
  }
}

/** Loads `count` parameters of two rows; whether one differs in a bit from those of the rows before. */
function loadParameters(words: usize, slot: usize, first: i32, count: i32, row: i32): bool {
  const sources = word(words, layout.SOURCE_TABLE);
  const parameterCells = word(words, layout.PARAMETER_CELLS);
  let changed = row == 0;
  for (let p = first; p < first + count; p++) {
    const source = sources + layout.SOURCE_WORDS * p;
    const stride = word(words, source + 1);
    if (stride == 0 && row > 0) continue;
    const value = v128.load(slot + <usize>(word(words, source) + stride * row));
    if (v128.any_true(v128.xor(value, get(slot, parameterCells + p)))) changed = true;
    set(slot, parameterCells + p, value);
  }
  return changed;
}

/** Status bits of the two prepared rows; their results go to the result cells. */
function evaluateRows(words: usize, cells: usize): v128 {
  const solver = word(words, layout.SOLVER);
  const insideCells = word(words, layout.INSIDE_CELLS);
  const baths = word(words, layout.BATHS);
  let inside = get(cells, insideCells);
  for (let b = 0; b < baths; b++) inside = v128.and(inside, get(cells, insideCells + 1 + b));
  if (word(words, layout.IDENTICAL_BATHS) != 0) {
    inside = v128.and(inside, identicalBaths(words, cells));
  }
  const results = word(words, layout.RESULT_CELLS);
  const count = word(words, layout.RESULTS);
  for (let k = 0; k < count; k++) set(cells, results + k, splat(0));
  const unique = solveRows(words, cells, solver);

  // 0 where every result is finite, else NaN
  let sum = splat(0);
  for (let k = 0; k < count; k++) sum = add(sum, mul(get(cells, results + k), splat(0)));
  const finite = f64x2.eq(sum, splat(0));

  let negative = i64x2.splat(0);
  const levels = word(words, layout.LEVELS);
  for (let n = 0; n < levels; n++) {
    negative = v128.or(negative, f64x2.lt(get(cells, results + n), splat(0)));
  }
  let bits = v128.and(negative, i64x2.splat(layout.NEGATIVE_POPULATION));
  if (solver == layout.SOLVER_LU) {
    const broken = secondLawBroken(words, cells);
    bits = v128.or(bits, v128.and(broken, i64x2.splat(layout.SECOND_LAW_BROKEN)));
    const unknowns: f64 = word(words, layout.UNKNOWNS);
    const bound = splat(layout.RESIDUAL_THRESHOLD * layout.EPSILON * unknowns);
    const small = f64x2.le(get(cells, results + count - 1), bound);
    bits = v128.or(bits, v128.andnot(i64x2.splat(layout.RESIDUAL_TOO_LARGE), small));
  }
  bits = select(finite, bits, i64x2.splat(layout.OUTSIDE_DOMAIN));
  bits = select(unique, bits, i64x2.splat(layout.SINGULAR));
  return select(inside, bits, i64x2.splat(layout.OUTSIDE_DOMAIN));
}

/** Energies, frequencies and operators of the model; the mask of lanes inside its domain. */
function prepareModel(words: usize, cells: usize): v128 {
  const model = word(words, layout.MODEL);
  if (model == layout.MODEL_QUBIT) return prepareQubit(words, cells);
  if (model == layout.MODEL_QUBIT_PAIR) return prepareQubitPair(words, cells);
  return prepareLevels(words, cells);
}

/** The results of the prepared rows; the mask of lanes whose steady state is unique. */
function solveRows(words: usize, cells: usize, solver: i32): v128 {
  if (solver == layout.SOLVER_QUBIT) return solveQubit(words, cells);
  if (solver == layout.SOLVER_PAIR_LINDBLAD) return solvePairLindblad(words, cells);
  if (solver == layout.SOLVER_PAIR_APPENDIX) return solvePairAppendix(words, cells);
  return solveNumerically(words, cells);
}

/** The general kernel: steady state, coherences, currents and residual to the result cells. */
function solveNumerically(words: usize, cells: usize): v128 {
  const unique = solveSteadyState(words, cells);
  fillCurrents(words, cells);
  const solution = word(words, layout.SOLUTION_CELLS);
  let at = word(words, layout.RESULT_CELLS);
  const levels = word(words, layout.LEVELS);
  for (let n = 0; n < levels; n++) set(cells, at++, get(cells, solution + layout.COMPLEX * n));
  const coherences = word(words, layout.COHERENCES);
  for (let c = 0; c < coherences; c++) {
    const unknown = word(words, word(words, layout.COHERENCE_TABLE) + c);
    if (unknown >= 0) {
      set(cells, at, get(cells, unknown));
      set(cells, at + 1, get(cells, unknown + 1));
    }
    at += layout.COMPLEX;
  }
  const currents = word(words, layout.CURRENT_CELLS);
  const baths = word(words, layout.BATHS);
  for (let b = 0; b < baths; b++) set(cells, at++, get(cells, currents + layout.CURRENT_SIZE * b));
  set(cells, at, backwardError(words, cells));
  return unique;
}
