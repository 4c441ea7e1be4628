import * as common from "../../../assembly/layout.ts";
import * as system from "../../../assembly/system-layout.ts";
import * as layout from "../../../assembly/tape-layout.ts";
import { fillCorrelations, fillOccupations, prepareBath } from "./bath.ts";
import { fillLimit } from "./coupling.ts";
import { fillRanks, pairNumber } from "./energy-basis.ts";
import { coherencesMatter } from "./generator.ts";
import { islandsTurn } from "./islands.ts";
import { loadParameters } from "./parameters.ts";
import { loadConstants } from "./program.ts";
import {
  coherencesWanted,
  evaluateRow,
  prepareModel,
  startRows,
  storeResult,
} from "./system-rows.ts";
import { interpretLine, interpretModel } from "./tape.ts";

/**
 * `evaluate` for a system from a spec: its straight line or, without one, the general kernel. The twin of
 * the wasm's export of the same name; equal to it bit for bit.
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
  if (words[common.SOLVER] === common.SOLVER_TAPE) {
    evaluateLine(words, cells, slot, status, rows);
    return;
  }
  startRows(words, cells);
  const coherences = coherencesWanted(words);
  for (let row = 0; row < rows; row++) {
    evaluateRow(words, cells, slot, status, row, row === 0, coherences);
  }
}

/** What the straight line does not accept goes to the general plan at FALLBACK. */
function evaluateLine(
  words: Int32Array,
  cells: Float64Array,
  slot: Float64Array,
  status: Uint8Array,
  rows: number,
): void {
  const general = words.subarray(words[common.FALLBACK]);
  const own = cells.subarray(words[layout.GENERAL_CELLS]);
  startRows(general, own);
  loadConstants(words, cells, words[layout.CONSTANT_TABLE], words[layout.CONSTANTS]);
  const coherences = coherencesWanted(general);
  // stages that are new since the tape last ran
  let changed = layout.EACH_ROW;
  // whether the general plan has a model without its rates
  let stale = true;
  for (let row = 0; row < rows; row++) {
    const now = prepare(words, general, cells, own, slot, row);
    if ((now & layout.MODEL_STAGE) !== 0) stale = true;
    changed |= now;
    let accepted = false;
    if (isInside(words, cells)) {
      interpretLine(words, cells, changed);
      changed = layout.EACH_ROW;
      accepted = cells[words[layout.ACCEPTED]] !== 0;
    }
    // the general plan finds the condition of every row
    if (!accepted || general[common.BARS] !== 0) {
      evaluateRow(general, own, slot, status, row, stale, coherences);
      stale = false;
    }
    if (!accepted) continue;
    storeAccepted(words, cells, slot, row, coherences);
    status[row] =
      (cells[words[layout.NEGATIVE]] !== 0 ? common.NEGATIVE_POPULATION : 0) |
      (cells[words[layout.BROKEN]] !== 0 ? common.SECOND_LAW_BROKEN : 0);
  }
}

/** Everything up to the occupations, where its parameters are new; the stages that are, bit by bit. */
function prepare(
  words: Int32Array,
  general: Int32Array,
  cells: Float64Array,
  own: Float64Array,
  slot: Float64Array,
  row: number,
): number {
  const inside = words[common.INSIDE_CELLS];
  const modelParameters = words[common.MODEL_PARAMETERS];
  const model = loadParameters(words, cells, slot, 0, modelParameters, row, row === 0);
  if (model) {
    if (words[layout.GATHERS] > 0) cells[inside] = fillModel(words, general, cells, own) ? 1 : 0;
    interpretModel(words, cells);
  }
  let changed = model ? layout.MODEL_STAGE : 0;
  const baths = words[common.BATHS];
  for (let b = 0; b < baths; b++) {
    const first = modelParameters + common.BATH_PARAMETERS * b;
    const bath = loadParameters(words, cells, slot, first, common.BATH_PARAMETERS, row, row === 0);
    if (bath) {
      changed |= (layout.BATH_STAGE << b) | (layout.BATH_STAGE << (baths + b));
      const sound = prepareBath(words, cells, b) ? 1 : 0;
      cells[inside + 1 + b] = sound;
      cells[inside + 1 + baths + b] = sound;
      if (words[layout.LIMIT_CELLS] >= 0) fillLimit(words, cells, b, words[layout.LIMIT_CELLS]);
    }
    // outside the domain the integer parts of exponentials are out of range
    if (cells[inside] === 0 || cells[inside + 1 + b] === 0 || (!model && !bath)) continue;
    fillOccupations(words, cells, b);
    fillCorrelations(words, cells, b);
  }
  return changed;
}

/** Whether model and baths are inside their domains. */
function isInside(words: Int32Array, cells: Float64Array): boolean {
  for (let k = 0; k <= words[common.BATHS]; k++) {
    if (cells[words[common.INSIDE_CELLS] + k] === 0) return false;
  }
  return true;
}

/**
 * Frequencies, energies and operators of a row; whether a straight line may solve it: inside the domain,
 * no coherence mattering that it leaves out, and none apart that could last.
 */
function fillModel(
  words: Int32Array,
  general: Int32Array,
  cells: Float64Array,
  own: Float64Array,
): boolean {
  const parameters = words[common.PARAMETER_CELLS];
  const end = parameters + words[common.MODEL_PARAMETERS];
  own.set(cells.subarray(parameters, end), general[common.PARAMETER_CELLS]);
  if (!prepareModel(general, own) || !islandsTurn(general, own)) return false;
  if (general[system.EQUATION] !== system.KEEP_ALL && coherencesMatter(general, own)) return false;
  fillRanks(general, own);
  let table = words[layout.GATHER_TABLE];
  for (let k = 0; k < words[layout.GATHERS]; k++, table += layout.GATHER_WORDS) {
    cells[words[table + 1]] = own[words[table]];
  }
  const ranks = general[system.RANK_CELLS];
  const levels = words[common.LEVELS];
  cells.set(own.subarray(ranks, ranks + levels), words[layout.RANK_CELLS]);
  return true;
}

/** What the tape found, to the sinks. */
function storeAccepted(
  words: Int32Array,
  cells: Float64Array,
  slot: Float64Array,
  row: number,
  coherences: boolean,
): void {
  const levels = words[common.LEVELS];
  const ranks = words[layout.RANK_CELLS];
  for (let p = 0; p < levels; p++) {
    const value = cells[words[words[layout.LEVEL_TABLE] + p]];
    storeResult(words, slot, row, cells[ranks + p], value);
  }
  if (coherences) storeCoherences(words, cells, slot, row);
  const baths = words[common.BATHS];
  const first = words[common.RESULTS] - 1 - baths;
  for (let k = 0; k <= baths; k++) {
    const value = cells[words[words[layout.CURRENT_TABLE] + k]];
    storeResult(words, slot, row, first + k, value);
  }
}

/** ρ_pq of every pair, in the order of energies. */
function storeCoherences(
  words: Int32Array,
  cells: Float64Array,
  slot: Float64Array,
  row: number,
): void {
  const levels = words[common.LEVELS];
  const ranks = words[layout.RANK_CELLS];
  let at = words[layout.COHERENCE_TABLE];
  for (let p = 0; p < levels; p++) {
    for (let q = p + 1; q < levels; q++, at += common.COMPLEX) {
      const [a, b] = [cells[ranks + p], cells[ranks + q]];
      const pair = a < b ? pairNumber(a, b, levels) : pairNumber(b, a, levels);
      const k = levels + common.COMPLEX * pair;
      const there = words[at] >= 0;
      const im = there ? cells[words[at + 1]] : 0;
      storeResult(words, slot, row, k, there ? cells[words[at]] : 0);
      storeResult(words, slot, row, k + 1, a < b ? im : -im);
    }
  }
}
