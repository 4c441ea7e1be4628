import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { prepareBasis } from "./basis.ts";
import { fillCorrelations, fillOccupations, prepareBath } from "./bath.ts";
import { fillLimit, fillRates, undefinedRates } from "./coupling.ts";
import { secondLawBroken } from "./currents.ts";
import { fillDensity, fillStates } from "./energy-basis.ts";
import { prepareLabels } from "./labels.ts";
import { loadParameters } from "./parameters.ts";
import { loadConstants, runProgram, sumElements } from "./program.ts";
import { fillFullCurrents } from "./local-currents.ts";
import { fillFlows } from "./system-currents.ts";
import { solveSystem } from "./system-state.ts";

/** Constants and zeros of the plan, before the first row. */
export function startRows(words: Int32Array, cells: Float64Array): void {
  loadConstants(words, cells, words[layout.CONSTANT_TABLE], words[layout.CONSTANTS]);
  const zeros = words[layout.ZERO_CELLS];
  cells.fill(0, zeros, zeros + words[layout.ZERO_COUNT]);
}

/**
 * The general kernel on one row, results and status to their sinks. What depends on parameters that are
 * those of the row before is kept, but where these are `fresh`.
 */
export function evaluateRow(
  words: Int32Array,
  cells: Float64Array,
  slot: Float64Array,
  status: Uint8Array,
  row: number,
  fresh: boolean,
  coherences: boolean,
): void {
  const results = words[common.RESULT_CELLS];
  const inside = prepare(words, cells, slot, row, fresh);
  const bits = inside ? solveRow(words, cells, coherences) : common.OUTSIDE_DOMAIN;
  const failed = (bits & (common.OUTSIDE_DOMAIN | common.SINGULAR)) !== 0;
  for (let k = 0; k < words[common.RESULTS] + words[common.BARS]; k++) {
    storeResult(words, slot, row, k, failed ? NaN : cells[results + k]);
  }
  status[row] = bits;
}

/** A result to its column, if one is asked for. */
export function storeResult(
  words: Int32Array,
  slot: Float64Array,
  row: number,
  k: number,
  value: number,
): void {
  const sink = words[common.SINK_TABLE] + common.SINK_WORDS * k;
  if (words[sink + 1] === 0) return;
  // + 0: a zero has no sign, as in the wasm
  slot[(words[sink] + words[sink + 1] * row) >> 3] = value + 0;
}

/** Whether a column of the file is a coherence. */
export function coherencesWanted(words: Int32Array): boolean {
  const levels = words[common.LEVELS];
  for (let k = levels; k < levels * levels; k++) {
    if (words[words[common.SINK_TABLE] + common.SINK_WORDS * k + 1] !== 0) return true;
  }
  return false;
}

/** Everything up to the rates, where its parameters are new; false outside the domain. */
function prepare(
  words: Int32Array,
  cells: Float64Array,
  slot: Float64Array,
  row: number,
  fresh: boolean,
): boolean {
  const insideCells = words[common.INSIDE_CELLS];
  const modelParameters = words[common.MODEL_PARAMETERS];
  const model = loadParameters(words, cells, slot, 0, modelParameters, row, fresh);
  if (model) cells[insideCells] = prepareModel(words, cells) ? 1 : 0;
  let inside = cells[insideCells] !== 0;
  for (let b = 0; b < words[common.BATHS]; b++) {
    const first = modelParameters + common.BATH_PARAMETERS * b;
    const bath = loadParameters(words, cells, slot, first, common.BATH_PARAMETERS, row, fresh);
    if (bath) {
      cells[insideCells + 1 + b] = prepareBath(words, cells, b) ? 1 : 0;
      fillLimit(words, cells, b, words[layout.LIMIT_CELLS]);
    }
    // outside the domain the integer parts of exponentials are out of range
    if (cells[insideCells] === 0 || cells[insideCells + 1 + b] === 0) {
      inside = false;
      continue;
    }
    if (!model && !bath) continue;
    fillOccupations(words, cells, b);
    fillCorrelations(words, cells, b);
    fillRates(words, cells, b);
  }
  return inside && !undefinedRates(words, cells);
}

/** Energies, states, operators and frequencies of a row; false outside the domain. */
export function prepareModel(words: Int32Array, cells: Float64Array): boolean {
  runProgram(words, cells);
  sumElements(words, cells);
  const inside = prepareBasis(words, cells);
  if (inside) prepareLabels(words, cells);
  return inside;
}

/** Steady state, currents and residual of a row to the result cells; its status bits. */
function solveRow(words: Int32Array, cells: Float64Array, coherences: boolean): number {
  const results = words[common.RESULT_CELLS];
  const count = words[common.RESULTS];
  const levels = words[common.LEVELS];
  const baths = words[common.BATHS];
  if (!solveSystem(words, cells, results + count - 1)) return common.SINGULAR;
  const currents = words[common.CURRENT_CELLS];
  const local = words[layout.BASES] === 2;
  const bare = local ? words[layout.BARE_CURRENT_CELLS] : currents;
  fillFlows(words, cells, bare);
  fillDensity(words, cells, local);
  if (local) fillFullCurrents(words, cells, currents);
  fillStates(words, cells, coherences);
  let at = results + levels * levels;
  for (let b = 0; b < baths; b++) cells[at++] = cells[currents + common.CURRENT_SIZE * b];
  if (local) {
    for (let b = 0; b < baths; b++) cells[at++] = cells[bare + common.CURRENT_SIZE * b];
  }

  for (let k = 0; k < count; k++) {
    if (!Number.isFinite(cells[results + k])) return common.OUTSIDE_DOMAIN;
  }
  let bits = 0;
  for (let p = 0; p < levels; p++) {
    if (cells[results + p] < -layout.ROUNDED_POPULATION) bits = common.NEGATIVE_POPULATION;
  }
  if (secondLawBroken(words, cells)) bits |= common.SECOND_LAW_BROKEN;
  const bound = common.RESIDUAL_THRESHOLD * common.EPSILON * words[common.UNKNOWNS];
  if (!(cells[results + count - 1] <= bound)) bits |= common.RESIDUAL_TOO_LARGE;
  return bits;
}
