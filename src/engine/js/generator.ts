import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { bathRecord } from "./coupling.ts";

/** Whether the equation keeps the term of these two transitions. */
function kept(words: Int32Array, cells: Float64Array, at: number, cutoff: number): boolean {
  return Math.abs(cells[words[at]] - cells[words[at + 1]]) <= cutoff;
}

/** Whether a coherence couples to the populations. */
export function coherencesMatter(words: Int32Array, cells: Float64Array): boolean {
  if (words[layout.EQUATION] === layout.KEEP_ALL) return true;
  if (words[layout.WIDE_COMMUTATORS] > 0) return true;
  const cutoff = cells[words[layout.CUTOFF_CELL]];
  let at = words[layout.COUPLER_TABLE];
  for (let k = 0; k < words[layout.COUPLERS]; k++) {
    if (kept(words, cells, at, cutoff)) return true;
    at += layout.COUPLER_WORDS;
  }
  return false;
}

/** To the matrix's entry at `at`: factor × value. */
function accumulate(
  words: Int32Array,
  cells: Float64Array,
  matrix: number,
  at: number,
  value: number,
): void {
  const entry = matrix + words[at];
  cells[entry] = cells[entry] + words[at + 1] * value;
}

/** k ρ_qq′ + h.c. to the equation of ρ_pp′, real and imaginary parts: four entries. */
function scatter(
  words: Int32Array,
  cells: Float64Array,
  matrix: number,
  at: number,
  re: number,
  im: number,
): void {
  accumulate(words, cells, matrix, at, re);
  accumulate(words, cells, matrix, at + 2, im);
  accumulate(words, cells, matrix, at + 4, im);
  accumulate(words, cells, matrix, at + 6, re);
}

/** G = Σ A Q of a bath, and the energy it moves: J_pq = Σ_l (E_l − E_p) A_pl Q_lq. */
function fillProducts(words: Int32Array, cells: Float64Array, record: number, wide: boolean): void {
  const all = words[layout.EQUATION] === layout.KEEP_ALL;
  const cutoff = cells[words[layout.CUTOFF_CELL]];
  const flows = words[record + layout.FLOW_CELLS];
  cells.fill(0, flows, flows + words[record + layout.FLOW_COUNT]);
  let at = words[record + layout.PRODUCT_TABLE];
  const count = words[record + (wide ? layout.PRODUCTS : layout.NARROW_PRODUCTS)];
  for (let k = 0; k < count; k++, at += layout.PRODUCT_WORDS) {
    if (!all && !kept(words, cells, at + 2, cutoff)) continue;
    const a = words[at];
    const q = words[at + 1];
    const re = cells[a] * cells[q] - cells[a + 1] * cells[q + 1];
    const im = cells[a] * cells[q + 1] + cells[a + 1] * cells[q];
    const g = words[at + 4];
    cells[g] = cells[g] + re;
    cells[g + 1] = cells[g + 1] + im;
    const energy = cells[words[at + 6]] - cells[words[at + 7]];
    const j = words[at + 5];
    const jRe = energy * re;
    const jIm = energy * im;
    cells[j] = cells[j] + jRe;
    cells[j + 1] = cells[j + 1] + jIm;
    cells[j + 2] = cells[j + 2] + (Math.abs(jRe) + Math.abs(jIm));
  }
}

/** −G ρ + h.c. */
export function addLosses(
  words: Int32Array,
  cells: Float64Array,
  record: number,
  matrix: number,
  wide: boolean,
): void {
  let at = words[record + layout.NARROW_LOSS_TABLE];
  for (let k = 0; k < words[record + layout.NARROW_LOSSES]; k++, at += layout.NARROW_LOSS_WORDS) {
    const entry = matrix + words[at + 1];
    cells[entry] = cells[entry] - 2 * cells[words[at]];
  }
  if (!wide) return;
  const table = words[record + layout.WIDE_LOSS_TABLE];
  addWideLosses(words, cells, table, words[record + layout.WIDE_LOSSES], matrix);
}

export function addWideLosses(
  words: Int32Array,
  cells: Float64Array,
  table: number,
  count: number,
  matrix: number,
): void {
  for (let at = table; at < table + layout.WIDE_LOSS_WORDS * count; at += layout.WIDE_LOSS_WORDS) {
    const g = words[at];
    scatter(words, cells, matrix, at + 1, -cells[g], -cells[g + 1]);
  }
}

/** Q ρ A + h.c. */
export function addGains(
  words: Int32Array,
  cells: Float64Array,
  record: number,
  matrix: number,
  wide: boolean,
): void {
  let at = words[record + layout.NARROW_GAIN_TABLE];
  for (let k = 0; k < words[record + layout.NARROW_GAINS]; k++, at += layout.NARROW_GAIN_WORDS) {
    const q = words[at];
    const a = words[at + 1];
    const re = cells[q] * cells[a] - cells[q + 1] * cells[a + 1];
    const entry = matrix + words[at + 2];
    cells[entry] = cells[entry] + 2 * re;
  }
  if (!wide) return;
  const table = words[record + layout.WIDE_GAIN_TABLE];
  addWideGains(words, cells, table, words[record + layout.WIDE_GAINS], matrix);
}

/** Gains group by group: the products that go to the same four entries, then those entries. */
export function addWideGains(
  words: Int32Array,
  cells: Float64Array,
  table: number,
  count: number,
  matrix: number,
): void {
  const all = words[layout.EQUATION] === layout.KEEP_ALL;
  const cutoff = cells[words[layout.CUTOFF_CELL]];
  let at = table;
  for (let k = 0; k < count; k++) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    const end = at + layout.GROUP_WORDS + layout.GAIN_WORDS * words[at + 4];
    for (let p = at + layout.GROUP_WORDS; p < end; p += layout.GAIN_WORDS) {
      if (!all && !kept(words, cells, p + 2, cutoff)) continue;
      const left = words[p];
      const right = words[p + 1];
      const re = cells[left] * cells[right] - cells[left + 1] * cells[right + 1];
      const im = cells[left] * cells[right + 1] + cells[left + 1] * cells[right];
      a += words[p + 4] * re;
      b += words[p + 5] * im;
      c += words[p + 6] * im;
      d += words[p + 7] * re;
    }
    cells[matrix + words[at]] = cells[matrix + words[at]] + a;
    cells[matrix + words[at + 1]] = cells[matrix + words[at + 1]] + b;
    cells[matrix + words[at + 2]] = cells[matrix + words[at + 2]] + c;
    cells[matrix + words[at + 3]] = cells[matrix + words[at + 3]] + d;
    at = end;
  }
}

/** −i E_pp′ ρ_pp′ in the eigenbasis. */
export function addDetunings(
  words: Int32Array,
  cells: Float64Array,
  table: number,
  count: number,
  matrix: number,
): void {
  for (let at = table; at < table + layout.DETUNING_WORDS * count; at += layout.DETUNING_WORDS) {
    const gap = cells[words[at]] - cells[words[at + 1]];
    const up = matrix + words[at + 2];
    const down = matrix + words[at + 3];
    cells[up] = cells[up] + gap;
    cells[down] = cells[down] - gap;
  }
}

/** −i [H, ρ] of the populations' unknowns. For `local` i H is one more G. */
function addCommutator(words: Int32Array, cells: Float64Array, matrix: number): void {
  const detunings = words[common.DETUNING_TABLE];
  addDetunings(words, cells, detunings, words[common.DETUNINGS], matrix);
  const losses = words[layout.WIDE_COMMUTATOR_TABLE];
  addWideLosses(words, cells, losses, words[layout.WIDE_COMMUTATORS], matrix);
}

/**
 * The matrix of dρ/dt = −i [H, ρ] + Σ (Q ρ A − A Q ρ + h.c.) on the real unknowns, the populations
 * first. Coherences are left out unless they are `active`.
 */
export function assembleGenerator(words: Int32Array, cells: Float64Array, active: boolean): void {
  const n = words[common.UNKNOWNS];
  const matrix = words[common.MATRIX_CELLS];
  cells.fill(0, matrix, matrix + n * n);
  for (let b = 0; b < words[common.BATHS]; b++) {
    const record = bathRecord(words, b);
    fillProducts(words, cells, record, active);
    addLosses(words, cells, record, matrix, active);
    addGains(words, cells, record, matrix, active);
  }
  if (active) addCommutator(words, cells, matrix);
}
