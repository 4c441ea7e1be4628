import { get, set, word } from "./cells";
import { bathRecord } from "./coupling";
import { addGains, addLosses } from "./generator";
import { abs, add, mul, splat, sub } from "./lanes";
import * as common from "./layout";
import * as layout from "./system-layout";

/**
 * q_X = 2 Re Σ J_pq ρ_qp of every bath, the energy of the dissipator's own Hamiltonian that its jumps
 * bring, and beside each Σ|terms|, to cells `currents`.
 */
export function fillFlows(words: usize, cells: usize, currents: i32): void {
  const baths = word(words, common.BATHS);
  for (let b = 0; b < baths; b++) {
    const record = bathRecord(words, b);
    let value = splat(0);
    let size = splat(0);
    let at = word(words, record + layout.CURRENT_TABLE);
    const count = word(words, record + layout.CURRENTS);
    for (let k = 0; k < count; k++, at += layout.CURRENT_WORDS) {
      const j = word(words, at);
      const re = get(cells, word(words, at + 1));
      const imCell = word(words, at + 2);
      let term = mul(get(cells, j), re);
      let weight = abs(re);
      if (imCell >= 0) {
        const im = mul(splat(word(words, at + 3)), get(cells, imCell));
        term = sub(term, mul(get(cells, j + 1), im));
        weight = add(weight, abs(im));
      }
      value = add(value, term);
      size = add(size, mul(get(cells, j + 2), weight));
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
  const baths = word(words, common.BATHS);
  for (let b = 0; b < baths; b++) {
    const record = bathRecord(words, b);
    memory.fill(cells + <usize>(common.CELL_BYTES * matrix), 0, <usize>(common.CELL_BYTES * n * n));
    addLosses(words, cells, record, matrix, true);
    addGains(words, cells, record, matrix, true);
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
