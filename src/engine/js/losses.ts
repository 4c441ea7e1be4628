import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { basisOf } from "./basis.ts";
import { bathRecord } from "./coupling.ts";

/**
 * G = Σ S† Q of the baths from `first` to before `end`, on top of the matrix `start` if there is one (> 0), and
 * the energy that each moves: J_pq = Σ_l (E_l − E_p) S*_lp Q_lq, with Σ|terms|. Where not `wide`, of
 * populations alone.
 */
export function fillLosses(
  words: Int32Array,
  cells: Float64Array,
  first: number,
  end: number,
  start: number,
  wide: boolean,
): void {
  const n = words[common.LEVELS];
  const losses = words[layout.LOSS_CELLS];
  if (!wide) clear(words, cells, first, end);
  for (let p = 0; p < n; p++) {
    for (let q = wide ? 0 : p; q < (wide ? n : p + 1); q++) {
      const element = common.COMPLEX * (n * p + q);
      cells[losses + element] = start > 0 ? cells[start + element] : 0;
      cells[losses + element + 1] = start > 0 ? cells[start + element + 1] : 0;
      for (let b = first; b < end; b++) addElement(words, cells, b, p, q);
    }
  }
}

/** Elements of G and J are 0 but for those of populations. */
function clear(words: Int32Array, cells: Float64Array, first: number, end: number): void {
  const elements = words[common.LEVELS] ** 2;
  const losses = words[layout.LOSS_CELLS];
  cells.fill(0, losses, losses + common.COMPLEX * elements);
  for (let b = first; b < end; b++) {
    const flows = words[bathRecord(words, b) + layout.FLOW_CELLS];
    cells.fill(0, flows, flows + layout.FLOW_SIZE * elements);
  }
}

/** G_pq and J_pq of one bath. */
function addElement(words: Int32Array, cells: Float64Array, b: number, p: number, q: number): void {
  const all = words[layout.EQUATION] === layout.KEEP_ALL;
  const n = words[common.LEVELS];
  const record = bathRecord(words, b);
  const energies = words[basisOf(words, 0) + 1];
  const labels = words[layout.LABEL_CELLS];
  const cutoff = cells[words[layout.CUTOFF_CELL]];
  const g = words[layout.LOSS_CELLS] + common.COMPLEX * (n * p + q);
  const row = layout.TERM_SIZE * words[layout.TERMS];
  let jRe = 0;
  let jIm = 0;
  let size = 0;
  for (let k = 0; k < words[record + layout.TERM_COUNT]; k++) {
    const term = words[record + layout.FIRST_TERM] + k;
    const elements = words[layout.TERM_CELLS] + layout.TERM_SIZE * term;
    for (let l = 0; l < n; l++) {
      const s = elements + row * (n * l + p) + layout.COUPLING;
      const x = elements + row * (n * l + q) + layout.RATE;
      if (!all && !(Math.abs(cells[labels + n * l + q] - cells[labels + n * l + p]) <= cutoff))
        continue;
      const re = cells[s] * cells[x] + cells[s + 1] * cells[x + 1];
      const im = cells[s] * cells[x + 1] - cells[s + 1] * cells[x];
      cells[g] = cells[g] + re;
      cells[g + 1] = cells[g + 1] + im;
      const gap = cells[energies + l] - cells[energies + p];
      jRe += gap * re;
      jIm += gap * im;
      size += Math.abs(gap * re);
      size += Math.abs(gap * im);
    }
  }
  const j = words[record + layout.FLOW_CELLS] + layout.FLOW_SIZE * (n * p + q);
  cells[j] = jRe;
  cells[j + 1] = jIm;
  cells[j + 2] = size;
}
