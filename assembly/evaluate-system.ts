import { fillCorrelations, fillOccupations, prepareBath } from "./bath";
import { column, columnBytes, get, set, setVariesMask, word } from "./cells";
import { fillLimit } from "./coupling";
import { fillRanks } from "./energy-basis";
import { copyParameters, loadParameters, UNCHANGED, VARYING } from "./evaluate";
import { coherencesMatter } from "./generator";
import { islandsTurn } from "./islands";
import * as common from "./layout";
import * as system from "./system-layout";
import { loadConstants } from "./program";
import { coherencesWanted, evaluatePair, prepareModel, startRows } from "./system-rows";
import { runTape } from "./tape";
import * as layout from "./tape-layout";
import { solveRejected, storeAccepted } from "./tape-results";

/** `evaluate` for a system from a spec: its straight line over blocks of rows, or the general kernel. */
export function evaluateSystem(words: usize, slot: usize, rows: i32): void {
  if (word(words, common.SOLVER) == common.SOLVER_TAPE) return evaluateLine(words, slot, rows);
  startRows(words, slot);
  const coherences = coherencesWanted(words);
  for (let row = 0; row < rows; row += 2) evaluatePair(words, slot, row, row == 0, coherences);
}

/**
 * Rows in blocks as in `evaluate`. What the model decides comes from the general plan at FALLBACK, as do
 * the rows that the straight line does not accept: the accepted one beside it keeps its bits.
 */
function evaluateLine(words: usize, slot: usize, rows: i32): void {
  const general = words + ((<usize>word(words, common.FALLBACK)) << 2);
  startRows(general, slot);
  loadConstants(words, slot, word(words, layout.CONSTANT_TABLE), word(words, layout.CONSTANTS));
  const coherences = coherencesWanted(general);
  const stages = 1 + 2 * word(words, common.BATHS);
  for (let k = 0; k < stages; k++) setVariesMask(words, slot, k, usize.MAX_VALUE);
  let stale = true;
  const rowsOfBlock = 2 * word(words, common.BLOCK_PAIRS);
  for (let row = 0; row < rows; row += rowsOfBlock) {
    const pairs = (min(rowsOfBlock, rows - row) + 1) >> 1;
    const end = <usize>(common.CELL_BYTES * pairs);
    if ((solveBlock(words, general, slot, row, end) & 1) != 0) stale = true;
    const whole = solveRejected(words, general, slot, row, end, coherences, stale);
    if (!whole) stale = false;
    storeAccepted(words, slot, row, end, coherences, whole);
  }
}

/**
 * The stages whose parameters are new, then the tape; which were, bit 0 the model, bit 1 + b bath b. A
 * stage is done for the whole block even where it stands still: every column of a tape has all its pairs.
 */
function solveBlock(words: usize, general: usize, slot: usize, row: i32, end: usize): i32 {
  const modelParameters = word(words, common.MODEL_PARAMETERS);
  let changed = 0;
  if (isNew(words, slot, 0, 0, modelParameters, row, end)) {
    changed = 1;
    fillModel(words, general, slot, row == 0, end);
  }
  const baths = word(words, common.BATHS);
  for (let b = 0; b < baths; b++) {
    const first = modelParameters + common.BATH_PARAMETERS * b;
    if (isNew(words, slot, 1 + b, first, common.BATH_PARAMETERS, row, end)) {
      changed |= 2 << b;
      prepareBath(words, slot, b, end);
      fillLimit(words, slot, b, word(words, layout.LIMIT_CELLS), end);
    }
    if ((changed & (1 | (2 << b))) == 0) continue;
    fillOccupations(words, slot, b, end);
    fillCorrelations(words, slot, b, end);
  }
  runTape(words, slot, changed, end);
  return changed;
}

/** Loads the parameters of a stage; false where every row's are those of every row of the block before. */
function isNew(
  words: usize,
  slot: usize,
  stage: i32,
  first: i32,
  count: i32,
  row: i32,
  end: usize,
): bool {
  const varied = column(words, slot, word(words, layout.VARIED_CELLS) + stage);
  const before = row == 0 || load<u32>(varied) != 0;
  const state = loadParameters(words, slot, first, count, row, end, row == 0);
  store<u32>(varied, state == VARYING ? 1 : 0);
  if (!before && state == UNCHANGED) return false;
  copyParameters(words, slot, first, count, row, end);
  return true;
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
