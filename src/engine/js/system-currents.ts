import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { bathRecord } from "./coupling.ts";
import { fillLosses } from "./losses.ts";
import { assembleSector } from "./sector.ts";

/**
 * q_X = 2 Re Σ J_pq ρ_qp of every bath, the energy of the dissipator's own Hamiltonian that its jumps
 * bring, and beside each Σ|terms|, to cells `currents`.
 */
export function fillFlows(words: Int32Array, cells: Float64Array, currents: number): void {
  const n = words[common.LEVELS];
  const x = words[common.SOLUTION_CELLS];
  const sector = words[layout.SECTOR_TABLE];
  for (let b = 0; b < words[common.BATHS]; b++) {
    const flows = words[bathRecord(words, b) + layout.FLOW_CELLS];
    let value = 0;
    let size = 0;
    for (let p = 0; p < n; p++) {
      const flow = flows + layout.FLOW_SIZE * (n + 1) * p;
      value += cells[flow] * cells[x + p];
      size += cells[flow + 2] * Math.abs(cells[x + p]);
    }
    let entry = words[sector + layout.COHERENCE_TABLE];
    for (let k = 0; k < words[sector + layout.COHERENCES]; k++, entry += layout.COHERENCE_WORDS) {
      const [p, q] = [words[entry], words[entry + 1]];
      const up = flows + layout.FLOW_SIZE * (n * p + q);
      const down = flows + layout.FLOW_SIZE * (n * q + p);
      const re = cells[x + n + 2 * k];
      const im = cells[x + n + 2 * k + 1];
      value += (cells[up] + cells[down]) * re;
      value += (cells[up + 1] - cells[down + 1]) * im;
      size += (cells[up + 2] + cells[down + 2]) * (Math.abs(re) + Math.abs(im));
    }
    cells[currents + common.CURRENT_SIZE * b] = 2 * value;
    cells[currents + common.CURRENT_SIZE * b + 1] = 2 * size;
  }
}

/**
 * For `local`: q_X = Tr H D_X ρ with the full Hamiltonian, D_X ρ from the matrix of bath X alone,
 * and Σ|terms|.
 */
export function fillFullCurrents(words: Int32Array, cells: Float64Array, currents: number): void {
  const n = words[common.UNKNOWNS];
  const levels = words[common.LEVELS];
  const matrix = words[common.FACTOR_CELLS];
  const x = words[common.SOLUTION_CELLS];
  const h = words[layout.COMMUTATOR_CELLS];
  const sector = words[layout.SECTOR_TABLE];
  for (let b = 0; b < words[common.BATHS]; b++) {
    const record = bathRecord(words, b);
    const first = words[record + layout.FIRST_TERM];
    fillLosses(words, cells, b, b + 1, 0, true);
    assembleSector(words, cells, sector, matrix, first, words[record + layout.TERM_COUNT]);
    let value = 0;
    let size = 0;
    for (let p = 0; p < levels; p++) {
      const term = cells[h + common.COMPLEX * (levels + 1) * p] * change(cells, matrix, n, x, p);
      value += term;
      size += Math.abs(term);
    }
    let pair = words[layout.PAIR_TABLE];
    for (let p = 0; p < levels; p++) {
      for (let q = p + 1; q < levels; q++, pair++) {
        const cell = words[pair];
        if (cell < 0) continue;
        // 2 Re H_qp (Dρ)_pq
        const entry = h + common.COMPLEX * (levels * q + p);
        const re = cells[entry] * change(cells, matrix, n, x, cell - x);
        const im = cells[entry + 1] * change(cells, matrix, n, x, cell - x + 1);
        value += 2 * (re - im);
        size += 2 * (Math.abs(re) + Math.abs(im));
      }
    }
    cells[currents + common.CURRENT_SIZE * b] = value;
    cells[currents + common.CURRENT_SIZE * b + 1] = size;
  }
}

/** Row i of the matrix times x. */
function change(cells: Float64Array, matrix: number, n: number, x: number, i: number): number {
  let sum = 0;
  for (let j = 0; j < n; j++) sum += cells[matrix + n * i + j] * cells[x + j];
  return sum;
}
