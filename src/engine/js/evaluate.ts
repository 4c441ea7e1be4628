import * as layout from "../../../assembly/layout.ts";
import { fillCorrelations, fillOccupations, prepareBath } from "./bath.ts";
import { fillClosedBars } from "./closed-bars.ts";
import { identicalBaths, solvePairAppendix, solvePairLindblad, solveQubit } from "./closed.ts";
import { fillCurrents, secondLawBroken } from "./currents.ts";
import { fillErrorBars } from "./error-bars.ts";
import { prepareLevels } from "./levels.ts";
import { solveNumericPair } from "./numeric-pair.ts";
import { fillPairElements, fillPairRates } from "./pair-rates.ts";
import { loadParameters } from "./parameters.ts";
import { prepareQubitPair } from "./qubit-pair.ts";
import { prepareQubit } from "./qubit.ts";
import { backwardError, solveSteadyState } from "./steady-state.ts";

/** Bits of a row without results. */
const FAILURE = layout.OUTSIDE_DOMAIN | layout.SINGULAR;

/**
 * Evaluates `rows` rows of a slot: parameters from its sources, results and status to its sinks. What
 * depends on parameters that are those of the row before is kept: on a grid, all that belongs to the
 * slow axes. The twin of the wasm's export of the same name; equal to it bit for bit.
 *
 * @param words the plan
 * @param cells scratch of one row, `plan.cells` long
 * @param slot the slot's memory as doubles
 * @param status its status column
 */
export function evaluate(
  words: Int32Array,
  cells: Float64Array,
  slot: Float64Array,
  status: Uint8Array,
  rows: number,
): void {
  const sinks = words[layout.SINK_TABLE];
  const count = words[layout.RESULTS];
  const general = words.subarray(words[layout.FALLBACK]);
  const bars = general[layout.BARS];
  const results = words[layout.RESULT_CELLS];
  const solved = general[layout.RESULT_CELLS];
  for (let row = 0; row < rows; row++) {
    prepare(words, cells, slot, row, row === 0);
    let bits = evaluateRow(words, cells);
    let shown = results;
    let barsFailed = false;
    if (results !== solved && (bits === layout.REJECTED || bars !== 0)) {
      prepare(general, cells, slot, row, true);
      const generalBits = evaluateRow(general, cells);
      barsFailed = (generalBits & FAILURE) !== 0;
      if (bits === layout.REJECTED) {
        bits = generalBits;
        shown = solved;
      }
    }
    const failed = (bits & FAILURE) !== 0;
    for (let k = 0; k < count + bars; k++) {
      const sink = sinks + layout.SINK_WORDS * k;
      const at = (words[sink] + words[sink + 1] * row) >> 3;
      if (k < count) {
        slot[at] = failed ? NaN : cells[shown + k];
      } else if (failed || barsFailed) {
        slot[at] = NaN;
      } else {
        // the bars are those of the pivoted LU's results: wider by its distance from what is shown
        const of = k - count - 1;
        const apart = shown === solved || of < 0 ? 0 : cells[shown + of] - cells[solved + of];
        slot[at] = cells[solved + k] + Math.abs(apart);
      }
    }
    status[row] = bits;
  }
}

/** Everything up to the occupations of row `row`, where its parameters are new. */
function prepare(
  words: Int32Array,
  cells: Float64Array,
  slot: Float64Array,
  row: number,
  fresh: boolean,
): void {
  const solver = words[layout.SOLVER];
  const closed = solver === layout.SOLVER_QUBIT || solver === layout.SOLVER_PAIR_LINDBLAD;
  const insideCells = words[layout.INSIDE_CELLS];
  const modelParameters = words[layout.MODEL_PARAMETERS];
  const modelChanged = loadParameters(words, cells, slot, 0, modelParameters, row, fresh);
  if (modelChanged) {
    cells[insideCells] = prepareModel(words, cells) ? 1 : 0;
    if (solver === layout.SOLVER_PAIR_NUMERIC) fillPairElements(words, cells);
  }
  for (let b = 0; b < words[layout.BATHS]; b++) {
    const first = modelParameters + layout.BATH_PARAMETERS * b;
    const count = layout.BATH_PARAMETERS;
    const bathChanged = loadParameters(words, cells, slot, first, count, row, fresh);
    if (bathChanged) cells[insideCells + 1 + b] = prepareBath(words, cells, b) ? 1 : 0;
    // outside the domain the integer parts of exponentials are out of range
    if (cells[insideCells] === 0 || cells[insideCells + 1 + b] === 0) continue;
    if (!modelChanged && !bathChanged) continue;
    fillOccupations(words, cells, b);
    if (solver === layout.SOLVER_PAIR_NUMERIC) fillPairRates(words, cells, b);
    else if (!closed) fillCorrelations(words, cells, b);
  }
}

/** Energies, frequencies and operators of the model; false outside its domain. */
function prepareModel(words: Int32Array, cells: Float64Array): boolean {
  const model = words[layout.MODEL];
  if (model === layout.MODEL_QUBIT) return prepareQubit(words, cells);
  if (model === layout.MODEL_QUBIT_PAIR) return prepareQubitPair(words, cells);
  return prepareLevels(words, cells);
}

/** Status bits of the prepared row; its results go to the result cells. */
function evaluateRow(words: Int32Array, cells: Float64Array): number {
  const solver = words[layout.SOLVER];
  const insideCells = words[layout.INSIDE_CELLS];
  for (let k = 0; k <= words[layout.BATHS]; k++) {
    if (cells[insideCells + k] === 0) return layout.OUTSIDE_DOMAIN;
  }
  if (words[layout.IDENTICAL_BATHS] !== 0 && !identicalBaths(words, cells)) {
    return layout.OUTSIDE_DOMAIN;
  }
  const results = words[layout.RESULT_CELLS];
  const count = words[layout.RESULTS];
  cells.fill(0, results, results + count);
  const numericPair = solver === layout.SOLVER_PAIR_NUMERIC;
  if (numericPair) {
    if (!solveNumericPair(words, cells)) return layout.REJECTED;
  } else if (!solve(words, cells, solver)) {
    return layout.SINGULAR;
  }

  for (let k = 0; k < count; k++) {
    if (!Number.isFinite(cells[results + k])) return layout.OUTSIDE_DOMAIN;
  }
  if (words[layout.BARS] !== 0) {
    if (solver === layout.SOLVER_LU) fillErrorBars(words, cells);
    else fillClosedBars(words, cells);
  }
  let bits = numericPair ? cells[words[layout.BITS_CELLS]] : 0;
  for (let n = 0; n < words[layout.LEVELS]; n++) {
    if (cells[results + n] < 0) bits |= layout.NEGATIVE_POPULATION;
  }
  if (solver === layout.SOLVER_LU) {
    if (secondLawBroken(words, cells)) bits |= layout.SECOND_LAW_BROKEN;
    const bound = layout.RESIDUAL_THRESHOLD * layout.EPSILON * words[layout.UNKNOWNS];
    if (!(cells[results + count - 1] <= bound)) bits |= layout.RESIDUAL_TOO_LARGE;
  }
  return bits;
}

/** Results by a solver that takes every row. False where there is no unique steady state. */
function solve(words: Int32Array, cells: Float64Array, solver: number): boolean {
  if (solver === layout.SOLVER_QUBIT) return solveQubit(words, cells);
  if (solver === layout.SOLVER_PAIR_LINDBLAD) return solvePairLindblad(words, cells);
  if (solver === layout.SOLVER_PAIR_APPENDIX) return solvePairAppendix(words, cells);
  return solveNumerically(words, cells);
}

/** The general kernel: steady state, coherences, currents and residual to the result cells. */
function solveNumerically(words: Int32Array, cells: Float64Array): boolean {
  const unique = solveSteadyState(words, cells);
  fillCurrents(words, cells);
  let at = words[layout.RESULT_CELLS];
  for (let n = 0; n < words[layout.LEVELS]; n++) {
    cells[at++] = cells[words[layout.SOLUTION_CELLS] + layout.COMPLEX * n];
  }
  for (let c = 0; c < words[layout.COHERENCES]; c++) {
    const unknown = words[words[layout.COHERENCE_TABLE] + c];
    if (unknown >= 0) {
      cells[at] = cells[unknown];
      cells[at + 1] = cells[unknown + 1];
    }
    at += layout.COMPLEX;
  }
  for (let b = 0; b < words[layout.BATHS]; b++) {
    cells[at++] = cells[words[layout.CURRENT_CELLS] + layout.CURRENT_SIZE * b];
  }
  cells[at] = backwardError(words, cells);
  return unique;
}
