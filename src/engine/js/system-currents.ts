import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { bathRecord } from "./coupling.ts";

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
