import { at, get, set, word } from "./cells";
import { bathRecord } from "./coupling";
import { abs, add, mul, splat, sub } from "./lanes";
import * as common from "./layout";
import { fillLosses } from "./losses";
import { assembleSector } from "./sector";
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

/**
 * For `local`: q_X = Tr H D_X ρ with the full Hamiltonian, D_X ρ from the matrix of bath X alone,
 * and Σ|terms|.
 */
export function fillFullCurrents(words: usize, cells: usize, currents: i32): void {
  const n = word(words, common.UNKNOWNS);
  const levels = word(words, common.LEVELS);
  const matrix = word(words, common.FACTOR_CELLS);
  const x = word(words, common.SOLUTION_CELLS);
  const h = word(words, layout.COMMUTATOR_CELLS);
  const pairs = word(words, layout.PAIR_TABLE);
  const sector = word(words, layout.SECTOR_TABLE);
  const baths = word(words, common.BATHS);
  for (let b = 0; b < baths; b++) {
    const record = bathRecord(words, b);
    const first = word(words, record + layout.FIRST_TERM);
    const count = word(words, record + layout.TERM_COUNT);
    fillLosses(words, cells, b, b + 1, 0, true);
    assembleSector(words, cells, sector, matrix, first, count);
    let value = splat(0);
    let size = splat(0);
    for (let p = 0; p < levels; p++) {
      const term = mul(
        get(cells, h + common.COMPLEX * (levels + 1) * p),
        change(cells, matrix, n, x, p),
      );
      value = add(value, term);
      size = add(size, abs(term));
    }
    let pair = pairs;
    for (let p = 0; p < levels; p++) {
      for (let q = p + 1; q < levels; q++, pair++) {
        const cell = word(words, pair);
        if (cell < 0) continue;
        // 2 Re H_qp (Dρ)_pq
        const entry = h + common.COMPLEX * (levels * q + p);
        const re = mul(get(cells, entry), change(cells, matrix, n, x, cell - x));
        const im = mul(get(cells, entry + 1), change(cells, matrix, n, x, cell - x + 1));
        value = add(value, mul(splat(2), sub(re, im)));
        size = add(size, mul(splat(2), add(abs(re), abs(im))));
      }
    }
    set(cells, currents + common.CURRENT_SIZE * b, value);
    set(cells, currents + common.CURRENT_SIZE * b + 1, size);
  }
}

/** Row i of the matrix times x. */
function change(cells: usize, matrix: i32, n: i32, x: i32, i: i32): v128 {
  let sum = splat(0);
  for (let j = 0; j < n; j++) {
    sum = add(sum, mul(get(cells, matrix + n * i + j), get(cells, x + j)));
  }
  return sum;
}
