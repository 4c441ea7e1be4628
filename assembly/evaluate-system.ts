import { checkSpectrum, fillSpectrum, prepareTemperature } from "./bath";
import { column, columnBytes, get, set, word } from "./cells";
import { fillLimit } from "./coupling";
import { fillRanks } from "./energy-basis";
import { runLine, runModel } from "./env";
import {
  copyParameters,
  farOf,
  loadParameters,
  runEnd,
  startStage,
  UNCHANGED,
  VARYING,
} from "./evaluate";
import { coherencesMatter } from "./generator";
import { islandsTurn } from "./islands";
import * as common from "./layout";
import * as system from "./system-layout";
import { loadConstants } from "./program";
import { coherencesWanted, evaluatePair, prepareModel, startRows } from "./system-rows";
import { interpretLine, interpretModel } from "./tape";
import * as layout from "./tape-layout";
import { fillTapeRates } from "./tape-rates";
import { solveRejected, storeAccepted } from "./tape-results";

/** `evaluate` for a system from a spec: its straight line over blocks of rows, or the general kernel. */
export function evaluateSystem(words: usize, slot: usize, rows: i32): void {
  if (word(words, common.SOLVER) == common.SOLVER_TAPE) return evaluateLine(words, slot, rows);
  startRows(words, slot);
  const coherences = coherencesWanted(words);
  for (let row = 0; row < rows; row += 2) evaluatePair(words, slot, row, row == 0, coherences);
}

/**
 * Rows in blocks as in `evaluate`, or pair by pair where the tape is not compiled. What the model decides
 * comes from the general plan at FALLBACK, as do the rows that the straight line does not accept: the
 * accepted one beside it keeps its bits.
 */
function evaluateLine(words: usize, slot: usize, rows: i32): void {
  const general = words + ((<usize>word(words, common.FALLBACK)) << 2);
  startRows(general, slot);
  loadConstants(words, slot, word(words, layout.CONSTANT_TABLE), word(words, layout.CONSTANTS));
  const coherences = coherencesWanted(general);
  let stale = true;
  const rowsOfBlock = word(words, layout.COMPILED) != 0 ? 2 * word(words, common.BLOCK_PAIRS) : 2;
  for (let row = 0; row < rows;) {
    const pairs = (min(rowsOfBlock, rows - row) + 1) >> 1;
    const end = runEnd(words, slot, row, <usize>(common.CELL_BYTES * pairs));
    if (solveBlock(words, general, slot, row, end)) stale = true;
    const whole = solveRejected(words, general, slot, row, end, coherences, stale);
    if (!whole) stale = false;
    storeAccepted(words, slot, row, end, coherences, whole);
    row += <i32>(end >> 3);
  }
}

/** The stages whose parameters are new, then the tape; whether the model was. */
function solveBlock(words: usize, general: usize, slot: usize, row: i32, end: usize): bool {
  const fresh = row == 0;
  const modelParameters = word(words, common.MODEL_PARAMETERS);
  const far = farOf(end);
  const model = loadParameters(words, slot, 0, modelParameters, row, far, fresh);
  const modelEnd = startStage(words, slot, 0, model, end);
  if (model == VARYING) copyParameters(words, slot, 0, modelParameters, row, end);
  let changed = layout.EACH_ROW | stageBit(model != UNCHANGED, layout.MODEL_STAGE);
  let varying = layout.EACH_ROW | stageBit(model == VARYING, layout.MODEL_STAGE);
  const compiled = word(words, layout.COMPILED) != 0;
  if (model != UNCHANGED) {
    if (word(words, layout.GATHERS) > 0) fillModel(words, general, slot, fresh, modelEnd);
    if (compiled) runModel(slot, varying, end);
    else interpretModel(words, slot);
  }
  const baths = word(words, common.BATHS);
  const limits = word(words, layout.LIMIT_CELLS);
  for (let b = 0; b < baths; b++) {
    const first = modelParameters + common.BATH_PARAMETERS * b;
    const rest = common.BATH_PARAMETERS - 1;
    const warm = loadParameters(words, slot, first, 1, row, far, fresh);
    const spectrum = loadParameters(words, slot, first + 1, rest, row, far, fresh);
    const bath = max(warm, spectrum);
    const spectrumEnd = startStage(words, slot, 1 + baths + b, spectrum, end);
    const bathEnd = startStage(words, slot, 1 + b, bath, end);
    if (bath == VARYING) copyParameters(words, slot, first, common.BATH_PARAMETERS, row, end);
    changed |= stageBit(bath != UNCHANGED, layout.BATH_STAGE << b);
    varying |= stageBit(bath == VARYING, layout.BATH_STAGE << b);
    changed |= stageBit(spectrum != UNCHANGED, layout.BATH_STAGE << (baths + b));
    varying |= stageBit(spectrum == VARYING, layout.BATH_STAGE << (baths + b));
    if (spectrum != UNCHANGED) checkSpectrum(words, slot, b, spectrumEnd);
    if (bath != UNCHANGED) {
      prepareTemperature(words, slot, b, bathEnd);
      if (limits >= 0) fillLimit(words, slot, b, limits, bathEnd);
    }
    const flat = word(words, word(words, common.SPECTRUM_TABLE) + b) == common.SPECTRUM_FLAT;
    if (!flat && (model != UNCHANGED || spectrum != UNCHANGED)) fillSpectrum(words, slot, b, end);
    if (model != UNCHANGED || bath != UNCHANGED) fillTapeRates(words, slot, b, flat, end);
  }
  if (compiled) runLine(slot, changed, varying, end);
  else interpretLine(words, slot, changed);
  return model != UNCHANGED;
}

function stageBit(holds: bool, bit: i32): i32 {
  return holds ? bit : 0;
}

/**
 * Frequencies, energies and operators of the pairs up to byte `end`, and the mask of lanes that a
 * straight line may solve: inside the domain, no coherence mattering that it leaves out, and none apart
 * that could last.
 */
function fillModel(words: usize, general: usize, slot: usize, fresh: bool, end: usize): void {
  const step = columnBytes(words);
  const allowed = column(words, slot, word(words, common.INSIDE_CELLS));
  const ranks = column(words, slot, word(words, layout.RANK_CELLS));
  const levels = word(words, common.LEVELS);
  let mask = i64x2.splat(0);
  for (let i: usize = 0; i < end; i += common.CELL_BYTES) {
    const changed = copyToGeneral(words, general, slot, i) || (fresh && i == 0);
    if (changed) prepareModel(general, slot);
    if (changed || i == 0) {
      fillRanks(general, slot);
      mask = isAllowed(general, slot);
    }
    v128.store(allowed + i, mask);
    let table = word(words, layout.GATHER_TABLE);
    const gathers = word(words, layout.GATHERS);
    for (let k = 0; k < gathers; k++, table += layout.GATHER_WORDS) {
      const to = column(words, slot, word(words, table + 1));
      v128.store(to + i, get(slot, word(words, table)));
    }
    for (let p = 0; p < levels; p++) {
      const rank = get(slot, word(general, system.RANK_CELLS) + p);
      v128.store(ranks + <usize>p * step + i, rank);
    }
  }
}

/** The model's parameters of the pair at byte i to the general plan; whether they differ from those there. */
function copyToGeneral(words: usize, general: usize, slot: usize, i: usize): bool {
  const parameters = word(words, common.MODEL_PARAMETERS);
  const from = word(words, common.PARAMETER_CELLS);
  const to = word(general, common.PARAMETER_CELLS);
  let changed = i64x2.splat(0);
  for (let p = 0; p < parameters; p++) {
    const value = v128.load(column(words, slot, from + p) + i);
    changed = v128.or(changed, v128.xor(value, get(slot, to + p)));
    set(slot, to + p, value);
  }
  return v128.any_true(changed);
}

/** The mask of lanes of the general plan's model that a straight line may solve. */
function isAllowed(general: usize, slot: usize): v128 {
  const inside = get(slot, word(general, common.INSIDE_CELLS));
  const mask = v128.and(inside, islandsTurn(general, slot));
  if (word(general, system.EQUATION) == system.KEEP_ALL) return mask;
  return v128.andnot(mask, coherencesMatter(general, slot));
}
