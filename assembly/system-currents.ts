import { at, get, set, word } from "./cells";
import { bathRecord } from "./coupling";
import { abs, add, mul, splat, sub } from "./lanes";
import * as common from "./layout";
import * as layout from "./system-layout";

/**
 * q_X = 2 Re Σ J_pq ρ_qp of every bath, the energy of the dissipator's own Hamiltonian that its jumps
 * bring, and beside each Σ|terms|, to cells `currents`.
 */
export function fillFlows(words: usize, cells: usize, currents: i32): void {
  const n = word(words, common.LEVELS);
  const x = word(words, common.SOLUTION_CELLS);
  const sector = word(words, layout.SECTOR_TABLE);
  const table = words + ((<usize>word(words, sector + layout.COHERENCE_TABLE)) << 2);
  const count = word(words, sector + layout.COHERENCES);
  const end = table + 4 * layout.COHERENCE_WORDS * count;
  const baths = word(words, common.BATHS);
  for (let b = 0; b < baths; b++) {
    const flows = at(cells, word(words, bathRecord(words, b) + layout.FLOW_CELLS));
    const step = <usize>(common.CELL_BYTES * layout.FLOW_SIZE * (n + 1));
    let value = splat(0);
    let size = splat(0);
    let unknown = at(cells, x);
    const coherences = unknown + ((<usize>n) << 4);
    for (let flow = flows; unknown < coherences; unknown += 16, flow += step) {
      const population = v128.load(unknown);
      value = add(value, mul(v128.load(flow), population));
      size = add(size, mul(v128.load(flow, 32), abs(population)));
    }
    for (let entry = table; entry < end; entry += 4 * layout.COHERENCE_WORDS, unknown += 32) {
      const up = flows + load<i32>(entry, 16);
      const down = flows + load<i32>(entry, 20);
      const re = v128.load(unknown);
      const im = v128.load(unknown, 16);
      value = add(value, mul(add(v128.load(up), v128.load(down)), re));
      value = add(value, mul(sub(v128.load(up, 16), v128.load(down, 16)), im));
      const weight = add(abs(re), abs(im));
      size = add(size, mul(add(v128.load(up, 32), v128.load(down, 32)), weight));
    }
    set(cells, currents + common.CURRENT_SIZE * b, mul(splat(2), value));
    set(cells, currents + common.CURRENT_SIZE * b + 1, mul(splat(2), size));
  }
}
