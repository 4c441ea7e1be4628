import {
  checkSpectrum,
  fillBias,
  fillBoltzmann,
  fillCorrelations,
  fillSpectrum,
  prepareTemperature,
  setCouplingStride,
} from "./bath";
import { solvePairAppendix } from "./appendix";
import { column, columnBytes, get, lengthOf, set, setVariesMask, word } from "./cells";
import { fillDrive, isClosed, solveClosed } from "./closed";
import { fillCurrents } from "./currents";
import { fillErrorBars } from "./error-bars";
import { finish, insideOf } from "./finish";
import { abs, add, all, select, sub } from "./lanes";
import * as layout from "./layout";
import { prepareModel } from "./model";
import { solveNumericPair } from "./numeric-pair";
import { fillPairElements, fillPairRates } from "./pair-rates";
import { backwardError, solveSteadyState } from "./steady-state";

/** How the parameters of a stage stand to those of the block before. */
export const UNCHANGED = 0;
const CONSTANT = 1;
export const VARYING = 2;

/** Bytes of a column after which a change of a parameter ends the block: eight pairs of rows. */
const LEAST_RUN: usize = 8 * layout.CELL_BYTES;

/**
 * Evaluates `rows` rows of a slot: parameters from its sources, results and status to its sinks. Rows
 * go two to a vector and a block of vectors at a time, stage by stage, each stage over the whole
 * block. A stage whose parameters are the same throughout the block is done once, and not at all
 * where they are those of the block before: on a grid, all that belongs to the slow axes, and a block
 * ends where one of them goes on. With an odd
 * number of rows the last vector's second lane is the padding every column has.
 */
export function evaluate(words: usize, slot: usize, rows: i32): void {
  const solver = word(words, layout.SOLVER);
  const closed = isClosed(solver);
  const numeric = solver == layout.SOLVER_PAIR_NUMERIC;
  const bars = numeric && word(fallbackOf(words), layout.BARS) != 0;
  const rowsOfBlock = 2 * word(words, layout.BLOCK_PAIRS);
  for (let row = 0; row < rows;) {
    const pairs = (min(rowsOfBlock, rows - row) + 1) >> 1;
    const end = runEnd(words, slot, row, <usize>(layout.CELL_BYTES * pairs));
    prepare(words, slot, row, end, row == 0);
    if (closed) {
      solveClosed(words, slot, row, end);
    } else if (!numeric) {
      solveBlock(words, slot, end);
      finish(words, slot, row, end);
    } else if (!solveNumericPair(words, slot, row, end, !bars)) {
      finish(words, slot, row, end);
      solveRejected(words, slot, row, end);
    }
    row += <i32>(end >> 3);
  }
}

/** Byte at which a block ends: before `end` where a parameter changes that stood still for LEAST_RUN. */
export function runEnd(words: usize, slot: usize, row: i32, end: usize): usize {
  const parameters =
    word(words, layout.MODEL_PARAMETERS) + layout.BATH_PARAMETERS * word(words, layout.BATHS);
  let run = end;
  for (let p = 0; p < parameters; p++) {
    const source = word(words, layout.SOURCE_TABLE) + layout.SOURCE_WORDS * p;
    const stride = word(words, source + 1);
    if (stride == 0) continue;
    const still = sameUntil(slot + <usize>(word(words, source) + stride * row), run);
    if (still > LEAST_RUN) run = still;
  }
  return run;
}

/** Up to where to look whether a parameter varies: what stands still so far does to the end of the block. */
export function farOf(end: usize): usize {
  return min(end, LEAST_RUN + layout.CELL_BYTES);
}

/** Byte from which on, below `end`, a column differs in a bit from its first pair. */
function sameUntil(from: usize, end: usize): usize {
  const first = v128.load(from);
  let until: usize = layout.CELL_BYTES;
  // four pairs at a time, then one by one to where they differ
  while (until + 4 * layout.CELL_BYTES <= end) {
    const at = from + until;
    const two = v128.or(v128.xor(v128.load(at), first), v128.xor(v128.load(at, 16), first));
    const next = v128.or(v128.xor(v128.load(at, 32), first), v128.xor(v128.load(at, 48), first));
    if (v128.any_true(v128.or(two, next))) break;
    until += 4 * layout.CELL_BYTES;
  }
  while (until < end && all(i64x2.eq(v128.load(from + until), first))) until += layout.CELL_BYTES;
  return until;
}

/** The plan of the pivoted LU that takes the rows this one's solver does not accept. */
function fallbackOf(words: usize): usize {
  return words + ((<usize>word(words, layout.FALLBACK)) << 2);
}

/**
 * Gives the rows that the block's solver did not accept to the pivoted LU. It takes two at a time: the
 * row beside one keeps what it has. Where error bars are asked for, it takes every row for theirs.
 */
function solveRejected(words: usize, slot: usize, row: i32, end: usize): void {
  const general = fallbackOf(words);
  const bars = word(general, layout.BARS);
  const acceptedColumn = column(words, slot, word(words, layout.UNIQUE_CELLS));
  for (let i: usize = 0; i < end; i += layout.CELL_BYTES) {
    const inside = insideOf(words, slot, i);
    const accepted = v128.load(acceptedColumn + i);
    if (bars == 0 && !v128.any_true(v128.andnot(inside, accepted))) continue;
    const at = row + <i32>(i >> 3);
    const status = slot + <usize>(word(words, layout.STATUS_OFFSET) + at);
    const first = load<u8>(status);
    const second = load<u8>(status, 1);
    exchangeSinks(words, slot, at, i, i64x2.splat(-1));
    prepare(general, slot, at, layout.CELL_BYTES, true);
    solveBlock(general, slot, layout.CELL_BYTES);
    finish(general, slot, at, layout.CELL_BYTES);
    const kept = v128.or(v128.not(inside), accepted);
    if (i64x2.extract_lane(kept, 0) != 0) store<u8>(status, first);
    if (i64x2.extract_lane(kept, 1) != 0) store<u8>(status, second, 1);
    if (bars != 0) widenBars(words, general, slot, at, i, v128.and(inside, accepted));
    exchangeSinks(words, slot, at, i, kept);
  }
}

/**
 * The error bars in the sinks are those of the pivoted LU's results. In the lanes of `mask` they get
 * wider by its distance from the results that are shown, those at byte i of the columns.
 */
function widenBars(
  words: usize,
  general: usize,
  slot: usize,
  row: i32,
  i: usize,
  mask: v128,
): void {
  const count = word(words, layout.RESULTS);
  const shown = column(words, slot, word(words, layout.RESULT_CELLS)) + i;
  const solved = word(general, layout.RESULT_CELLS);
  // after the residual the condition, then a bar for each result before the residual
  for (let k = 0; k < count - 1; k++) {
    const sink = word(words, layout.SINK_TABLE) + layout.SINK_WORDS * (count + 1 + k);
    const stride = word(words, sink + 1);
    if (stride == 0) continue;
    const at = slot + <usize>(word(words, sink) + stride * row);
    const result = v128.load(shown + <usize>k * columnBytes(words));
    const distance = abs(sub(result, get(slot, solved + k)));
    const bar = v128.load(at);
    v128.store(at, select(mask, add(bar, distance), bar));
  }
}

/** Exchanges the sinks of row `row` with the result columns at byte i, in the lanes of `mask`. */
function exchangeSinks(words: usize, slot: usize, row: i32, i: usize, mask: v128): void {
  const results = column(words, slot, word(words, layout.RESULT_CELLS)) + i;
  const count = word(words, layout.RESULTS);
  for (let k = 0; k < count; k++) {
    const sink = word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k;
    const stride = word(words, sink + 1);
    if (stride == 0) continue;
    const at = slot + <usize>(word(words, sink) + stride * row);
    const result = results + <usize>k * columnBytes(words);
    const shown = v128.load(at);
    const kept = v128.load(result);
    v128.store(at, select(mask, kept, shown));
    v128.store(result, select(mask, shown, kept));
  }
}

/** Everything up to the occupations, where its parameters are new. */
function prepare(words: usize, slot: usize, row: i32, end: usize, fresh: bool): void {
  const modelParameters = word(words, layout.MODEL_PARAMETERS);
  const far = farOf(end);
  const model = loadParameters(words, slot, 0, modelParameters, row, far, fresh);
  const modelEnd = startStage(words, slot, 0, model, end);
  if (model == VARYING) copyParameters(words, slot, 0, modelParameters, row, end);
  const solver = word(words, layout.SOLVER);
  const numeric = solver == layout.SOLVER_PAIR_NUMERIC;
  if (model != UNCHANGED) {
    prepareModel(words, slot, modelEnd);
    if (numeric) fillPairElements(words, slot, modelEnd);
  }
  const closed = isClosed(solver);
  const baths = word(words, layout.BATHS);
  let warmed = false;
  for (let b = 0; b < baths; b++) {
    const first = modelParameters + layout.BATH_PARAMETERS * b;
    const warm = loadParameters(words, slot, first, 1, row, far, fresh);
    const rest = layout.BATH_PARAMETERS - 1;
    const spectrum = loadParameters(words, slot, first + 1, rest, row, far, fresh);
    const bath = max(warm, spectrum);
    const spectrumEnd = startStage(words, slot, 1 + baths + b, spectrum, end);
    setCouplingStride(words, slot, b);
    const bathEnd = startStage(words, slot, 1 + b, bath, end);
    if (bath == VARYING) copyParameters(words, slot, first, layout.BATH_PARAMETERS, row, end);
    if (spectrum != UNCHANGED) checkSpectrum(words, slot, b, spectrumEnd);
    if (bath != UNCHANGED) prepareTemperature(words, slot, b, bathEnd);
    if (bath != UNCHANGED) warmed = true;
    if (model != UNCHANGED || spectrum != UNCHANGED) {
      fillSpectrum(words, slot, b, end);
      if (closed) fillDrive(words, slot, b, end);
    }
    if (model == UNCHANGED && bath == UNCHANGED) continue;
    if (numeric) {
      fillPairRates(words, slot, b, end);
      continue;
    }
    fillBoltzmann(words, slot, b, end);
    if (!closed) fillCorrelations(words, slot, b, end);
  }
  if (warmed && !numeric && solver != layout.SOLVER_LU) fillBias(words, slot, end);
}

/** Notes whether a stage varies; the byte at which its columns end. */
export function startStage(words: usize, slot: usize, stage: i32, state: i32, end: usize): usize {
  const mask: usize = state == VARYING ? usize.MAX_VALUE : 0;
  setVariesMask(words, slot, stage, mask);
  return lengthOf(mask, end);
}

/**
 * Loads `count` parameters of a block's first pair from parameter number `first` on, constants for good, and
 * says whether one varies within the block, and if not, whether one differs in a bit from the last block's
 * first pair. With `fresh` there is no last block.
 */
export function loadParameters(
  words: usize,
  slot: usize,
  first: i32,
  count: i32,
  row: i32,
  end: usize,
  fresh: bool,
): i32 {
  let changed = v128.splat<i64>(fresh ? -1 : 0);
  let varies = false;
  for (let p = first; p < first + count; p++) {
    const source = word(words, layout.SOURCE_TABLE) + layout.SOURCE_WORDS * p;
    const stride = word(words, source + 1);
    if (stride == 0 && !fresh) continue;
    const from = slot + <usize>(word(words, source) + stride * row);
    const to = column(words, slot, word(words, layout.PARAMETER_CELLS) + p);
    const value = v128.load(from);
    changed = v128.or(changed, v128.xor(value, v128.load(to)));
    v128.store(to, value);
    if (stride != 0) {
      varies = varies || sameUntil(from, end) < end;
    } else {
      const room = columnBytes(words);
      for (let i: usize = 0; i < room; i += layout.CELL_BYTES) v128.store(to + i, value);
    }
  }
  if (varies) return VARYING;
  return v128.any_true(changed) ? CONSTANT : UNCHANGED;
}

/** Fills the columns of those parameters for every pair of the block. */
export function copyParameters(
  words: usize,
  slot: usize,
  first: i32,
  count: i32,
  row: i32,
  end: usize,
): void {
  for (let p = first; p < first + count; p++) {
    const source = word(words, layout.SOURCE_TABLE) + layout.SOURCE_WORDS * p;
    const stride = word(words, source + 1);
    if (stride == 0) continue;
    const from = slot + <usize>(word(words, source) + stride * row);
    const to = column(words, slot, word(words, layout.PARAMETER_CELLS) + p);
    let i: usize = 0;
    do {
      v128.store(to + i, v128.load(from + i));
      i += layout.CELL_BYTES;
    } while (i < end);
  }
}

/** Results of the prepared block, and the mask of lanes whose steady state is unique. */
function solveBlock(words: usize, cells: usize, end: usize): void {
  const solver = word(words, layout.SOLVER);
  if (solver == layout.SOLVER_PAIR_APPENDIX) solvePairAppendix(words, cells, end);
  else solveNumerically(words, cells);
  if (word(words, layout.BARS) != 0) fillErrorBars(words, cells);
}

/** The general kernel, one pair of rows: steady state, coherences, currents and residual. */
function solveNumerically(words: usize, cells: usize): void {
  set(cells, word(words, layout.UNIQUE_CELLS), solveSteadyState(words, cells));
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
}
