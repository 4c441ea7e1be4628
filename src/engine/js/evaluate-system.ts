import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { prepareBasis } from "./basis.ts";
import { fillOccupations, prepareBath } from "./bath.ts";
import { fillLimit, fillRates, undefinedRates } from "./coupling.ts";
import { secondLawBroken } from "./currents.ts";
import { fillStates } from "./energy-basis.ts";
import { prepareLabels } from "./labels.ts";
import { loadConstants, runProgram, sumElements } from "./program.ts";
import { fillFlows, fillFullCurrents } from "./system-currents.ts";
import { solveSystem } from "./system-state.ts";

/**
 * `evaluate` for a system from a spec. What depends on parameters that are those of the row before is
 * kept. The twin of the wasm's export of the same name; equal to it bit for bit.
 *
 * @param words the plan
 * @param cells scratch of one row, `plan.cells` long
 * @param slot the slot's memory as doubles
 * @param status its status column
 */
export function evaluateSystem(
  words: Int32Array,
  cells: Float64Array,
  slot: Float64Array,
  status: Uint8Array,
  rows: number,
): void {
  loadConstants(words, cells);
  const zeros = words[layout.ZERO_CELLS];
  cells.fill(0, zeros, zeros + words[layout.ZERO_COUNT]);
  const coherences = coherencesWanted(words);
  const results = words[common.RESULT_CELLS];
  for (let row = 0; row < rows; row++) {
    const inside = prepare(words, cells, slot, row);
    const bits = inside ? solveRow(words, cells, coherences) : common.OUTSIDE_DOMAIN;
    const failed = (bits & (common.OUTSIDE_DOMAIN | common.SINGULAR)) !== 0;
    for (let k = 0; k < words[common.RESULTS]; k++) {
      const sink = words[common.SINK_TABLE] + common.SINK_WORDS * k;
      if (words[sink + 1] === 0) continue;
      // + 0: a zero has no sign, as in the wasm
      slot[(words[sink] + words[sink + 1] * row) >> 3] = failed ? NaN : cells[results + k] + 0;
    }
    status[row] = bits;
  }
}

/** Whether a column of the file is a coherence. */
function coherencesWanted(words: Int32Array): boolean {
  const levels = words[common.LEVELS];
  for (let k = levels; k < levels * levels; k++) {
    if (words[words[common.SINK_TABLE] + common.SINK_WORDS * k + 1] !== 0) return true;
  }
  return false;
}

/** Everything up to the rates, where its parameters are new; false outside the domain. */
function prepare(words: Int32Array, cells: Float64Array, slot: Float64Array, row: number): boolean {
  const insideCells = words[common.INSIDE_CELLS];
  const modelParameters = words[common.MODEL_PARAMETERS];
  const model = loadParameters(words, cells, slot, 0, modelParameters, row);
  if (model) {
    runProgram(words, cells);
    sumElements(words, cells);
    cells[insideCells] = prepareBasis(words, cells) ? 1 : 0;
    if (cells[insideCells] !== 0) prepareLabels(words, cells);
  }
  let inside = cells[insideCells] !== 0;
  for (let b = 0; b < words[common.BATHS]; b++) {
    const first = modelParameters + common.BATH_PARAMETERS * b;
    const bath = loadParameters(words, cells, slot, first, common.BATH_PARAMETERS, row);
    if (bath) {
      cells[insideCells + 1 + b] = prepareBath(words, cells, b) ? 1 : 0;
      fillLimit(words, cells, b);
    }
    // outside the domain the integer parts of exponentials are out of range
    if (cells[insideCells] === 0 || cells[insideCells + 1 + b] === 0) {
      inside = false;
      continue;
    }
    if (!model && !bath) continue;
    fillOccupations(words, cells, b);
    fillRates(words, cells, b);
  }
  return inside && !undefinedRates(words, cells);
}

/** Loads `count` parameters of a row; whether one differs from those of the row before. */
function loadParameters(
  words: Int32Array,
  cells: Float64Array,
  slot: Float64Array,
  first: number,
  count: number,
  row: number,
): boolean {
  let changed = row === 0;
  for (let p = first; p < first + count; p++) {
    const source = words[common.SOURCE_TABLE] + common.SOURCE_WORDS * p;
    const stride = words[source + 1];
    if (stride === 0 && row > 0) continue;
    const value = slot[(words[source] + stride * row) >> 3];
    const at = words[common.PARAMETER_CELLS] + p;
    if (!Object.is(value, cells[at])) changed = true;
    cells[at] = value;
  }
  return changed;
}

/** Steady state, currents and residual of a row to the result cells; its status bits. */
function solveRow(words: Int32Array, cells: Float64Array, coherences: boolean): number {
  const results = words[common.RESULT_CELLS];
  const count = words[common.RESULTS];
  const levels = words[common.LEVELS];
  const baths = words[common.BATHS];
  if (!solveSystem(words, cells, results + count - 1)) return common.SINGULAR;
  fillStates(words, cells, coherences);
  const currents = words[common.CURRENT_CELLS];
  const local = words[layout.BASES] === 2;
  const bare = local ? words[layout.BARE_CURRENT_CELLS] : currents;
  fillFlows(words, cells, bare);
  if (local) fillFullCurrents(words, cells, currents);
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
