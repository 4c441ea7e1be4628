import { fillCorrelations, fillOccupations, prepareBath } from "./bath";
import { prepareBasis } from "./basis";
import { get, set, word } from "./cells";
import { fillLimit, fillRates, undefinedRates } from "./coupling";
import { secondLawBroken } from "./currents";
import { fillDensity, fillStates } from "./energy-basis";
import { loadParameters, UNCHANGED } from "./evaluate";
import { prepareLabels } from "./labels";
import { add, mul, select, splat } from "./lanes";
import * as common from "./layout";
import { loadConstants, runProgram, sumElements } from "./program";
import { fillFullCurrents } from "./local-currents";
import { fillFlows } from "./system-currents";
import * as layout from "./system-layout";
import { solveSystem } from "./system-state";

/** Constants and zeros of the plan, before the first row. */
export function startRows(words: usize, slot: usize): void {
  loadConstants(words, slot, word(words, layout.CONSTANT_TABLE), word(words, layout.CONSTANTS));
  memory.fill(
    slot + <usize>(common.CELL_BYTES * word(words, layout.ZERO_CELLS)),
    0,
    <usize>(common.CELL_BYTES * word(words, layout.ZERO_COUNT)),
  );
}

/**
 * The general kernel on two rows, one in each lane, results and status to their sinks. What depends on
 * parameters that are those of the pair of rows before is kept, but where these are `fresh`.
 */
export function evaluatePair(
  words: usize,
  slot: usize,
  row: i32,
  fresh: bool,
  coherences: bool,
): void {
  prepare(words, slot, row, fresh);
  solveRow(words, slot, coherences);
  finish(words, slot, row);
}

/** Whether a column of the file is a coherence. */
export function coherencesWanted(words: usize): bool {
  const levels = word(words, common.LEVELS);
  const last = levels + levels * (levels - 1);
  for (let k = levels; k < last; k++) {
    const sink = word(words, common.SINK_TABLE) + common.SINK_WORDS * k;
    if (word(words, sink + 1) != 0) return true;
  }
  return false;
}

/** Everything up to the rates, where its parameters are new. */
function prepare(words: usize, slot: usize, row: i32, fresh: bool): void {
  const modelParameters = word(words, common.MODEL_PARAMETERS);
  const model = isNew(words, slot, 0, modelParameters, row, fresh);
  if (model) prepareModel(words, slot);
  const baths = word(words, common.BATHS);
  for (let b = 0; b < baths; b++) {
    const first = modelParameters + common.BATH_PARAMETERS * b;
    const bath = isNew(words, slot, first, common.BATH_PARAMETERS, row, fresh);
    if (bath) {
      prepareBath(words, slot, b, common.CELL_BYTES);
      fillLimit(words, slot, b, word(words, layout.LIMIT_CELLS), common.CELL_BYTES);
    }
    if (!model && !bath) continue;
    fillOccupations(words, slot, b, common.CELL_BYTES);
    fillCorrelations(words, slot, b, common.CELL_BYTES);
    fillRates(words, slot, b);
  }
}

/** Loads `count` parameters of two rows; whether one differs in a bit from those before. */
function isNew(words: usize, slot: usize, first: i32, count: i32, row: i32, fresh: bool): bool {
  const block: usize = common.CELL_BYTES;
  return loadParameters(words, slot, first, count, row, block, fresh) != UNCHANGED;
}

/** Energies, states, operators and frequencies of two rows from the model's parameters. */
export function prepareModel(words: usize, cells: usize): void {
  runProgram(words, cells);
  sumElements(words, cells);
  prepareBasis(words, cells);
  prepareLabels(words, cells);
}

/** Steady state, currents and residual of two rows to the result cells. */
function solveRow(words: usize, cells: usize, coherences: bool): void {
  const results = word(words, common.RESULT_CELLS);
  const levels = word(words, common.LEVELS);
  const baths = word(words, common.BATHS);
  const residual = results + word(words, common.RESULTS) - 1;
  set(cells, word(words, common.UNIQUE_CELLS), solveSystem(words, cells, residual));
  const currents = word(words, common.CURRENT_CELLS);
  const local = word(words, layout.BASES) == 2;
  const bare = local ? word(words, layout.BARE_CURRENT_CELLS) : currents;
  fillFlows(words, cells, bare);
  fillDensity(words, cells, local);
  if (local) fillFullCurrents(words, cells, currents);
  fillStates(words, cells, coherences);
  let at = results + levels + levels * (levels - 1);
  for (let b = 0; b < baths; b++) set(cells, at++, get(cells, currents + common.CURRENT_SIZE * b));
  if (!local) return;
  for (let b = 0; b < baths; b++) set(cells, at++, get(cells, bare + common.CURRENT_SIZE * b));
}

/** Results of two rows to the sinks, NaN where they failed, and their status. */
function finish(words: usize, slot: usize, row: i32): void {
  const results = word(words, common.RESULT_CELLS);
  const count = word(words, common.RESULTS);
  const bits = statusOf(words, slot, results, count);
  const failure = i64x2.splat(common.OUTSIDE_DOMAIN | common.SINGULAR);
  const failed = i64x2.ne(v128.and(bits, failure), i64x2.splat(0));
  const shown = count + word(words, common.BARS);
  for (let k = 0; k < shown; k++) {
    const sink = word(words, common.SINK_TABLE) + common.SINK_WORDS * k;
    const stride = word(words, sink + 1);
    if (stride == 0) continue;
    const to = slot + <usize>(word(words, sink) + stride * row);
    // a zero has no sign: which one it comes with may hang on the other lane
    v128.store(to, select(failed, splat(NaN), add(get(slot, results + k), splat(0))));
  }
  const status = slot + <usize>(word(words, common.STATUS_OFFSET) + row);
  store<u8>(status, <u8>i64x2.extract_lane(bits, 0));
  store<u8>(status, <u8>i64x2.extract_lane(bits, 1), 1);
}

function statusOf(words: usize, cells: usize, results: i32, count: i32): v128 {
  const levels = word(words, common.LEVELS);
  let sum = splat(0);
  let negative = i64x2.splat(0);
  for (let k = 0; k < count; k++) {
    const value = get(cells, results + k);
    sum = add(sum, mul(value, splat(0)));
    if (k < levels) {
      negative = v128.or(negative, f64x2.lt(value, splat(-layout.ROUNDED_POPULATION)));
    }
  }
  let bits = v128.and(negative, i64x2.splat(common.NEGATIVE_POPULATION));
  const broken = secondLawBroken(words, cells);
  bits = v128.or(bits, v128.and(broken, i64x2.splat(common.SECOND_LAW_BROKEN)));
  const unknowns: f64 = word(words, common.UNKNOWNS);
  const bound = splat(common.RESIDUAL_THRESHOLD * common.EPSILON * unknowns);
  const small = f64x2.le(get(cells, results + count - 1), bound);
  bits = v128.or(bits, v128.andnot(i64x2.splat(common.RESIDUAL_TOO_LARGE), small));
  bits = select(f64x2.eq(sum, splat(0)), bits, i64x2.splat(common.OUTSIDE_DOMAIN));
  const unique = get(cells, word(words, common.UNIQUE_CELLS));
  bits = select(unique, bits, i64x2.splat(common.SINGULAR));
  const outside = i64x2.splat(common.OUTSIDE_DOMAIN);
  return select(insideDomain(words, cells), bits, outside);
}

/** The mask of lanes whose parameters are inside their domains, and whose rates exist. */
function insideDomain(words: usize, cells: usize): v128 {
  const first = word(words, common.INSIDE_CELLS);
  const baths = word(words, common.BATHS);
  let inside = f64x2.eq(undefinedRates(words, cells), splat(0));
  for (let k = 0; k <= baths; k++) inside = v128.and(inside, get(cells, first + k));
  return inside;
}
