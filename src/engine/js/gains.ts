import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";

/**
 * T_qq′ = Σ ½ (D_pq + D_p′q′) S_pq S*_p′q′ of `count` terms from number `first` on: what ρ_qq′ brings to ρ_pp′.
 * Of populations the half q ≤ q′ only.
 */
export function fillGains(
  words: Int32Array,
  cells: Float64Array,
  first: number,
  count: number,
  p: number,
  p1: number,
): void {
  const n = words[common.LEVELS];
  const support = words[layout.SUPPORT_TABLE] + n * p;
  const terms = words[layout.TERMS];
  const elements = words[layout.TERM_CELLS] + layout.TERM_SIZE * first;
  const gains = words[layout.GAIN_CELLS];
  for (let q = 0; q < n; q++) {
    for (let q1 = p === p1 ? q : 0; q1 < n; q1++) {
      const to = gains + common.COMPLEX * (n * q + q1);
      cells[to] = 0;
      cells[to + 1] = 0;
      if (words[support + q] === 0) continue;
      let left = elements + layout.TERM_SIZE * terms * (n * p + q);
      let right = elements + layout.TERM_SIZE * terms * (n * p1 + q1);
      for (let k = 0; k < count; k++) {
        addTerm(cells, left, right, to);
        left += layout.TERM_SIZE;
        right += layout.TERM_SIZE;
      }
    }
  }
}

/** ½ (D + D′) S S′* of the elements at `left` and `right`. */
function addTerm(cells: Float64Array, left: number, right: number, to: number): void {
  const weight = cells[left] + cells[right];
  const [aRe, aIm] = [cells[left + layout.COUPLING], cells[left + layout.COUPLING + 1]];
  const [xRe, xIm] = [cells[right + layout.COUPLING], cells[right + layout.COUPLING + 1]];
  cells[to] = cells[to] + weight * (aRe * xRe + aIm * xIm);
  cells[to + 1] = cells[to + 1] + weight * (aIm * xRe - aRe * xIm);
}

/** Takes out of T what the equation does not keep: w(q → p) and w(q′ → p′) too far apart. */
export function dropGains(words: Int32Array, cells: Float64Array, p: number, p1: number): void {
  const n = words[common.LEVELS];
  const labels = words[layout.LABEL_CELLS];
  const cutoff = cells[words[layout.CUTOFF_CELL]];
  let to = words[layout.GAIN_CELLS];
  for (let q = 0; q < n; q++) {
    for (let q1 = 0; q1 < n; q1++, to += common.COMPLEX) {
      const gap = cells[labels + n * p + q] - cells[labels + n * p1 + q1];
      if (Math.abs(gap) <= cutoff) continue;
      cells[to] = 0;
      cells[to + 1] = 0;
    }
  }
}

/** −G ρ − ρ G†: T_lp′ less G_pl, T_pl less G*_p′l. */
export function subtractLosses(
  words: Int32Array,
  cells: Float64Array,
  p: number,
  p1: number,
): void {
  const n = words[common.LEVELS];
  const gains = words[layout.GAIN_CELLS];
  const losses = words[layout.LOSS_CELLS];
  for (let l = 0; l < n; l++) {
    const g = losses + common.COMPLEX * (n * p + l);
    const h = losses + common.COMPLEX * (n * p1 + l);
    const down = gains + common.COMPLEX * (n * l + p1);
    const along = gains + common.COMPLEX * (n * p + l);
    cells[down] = cells[down] - cells[g];
    cells[down + 1] = cells[down + 1] - cells[g + 1];
    cells[along] = cells[along] - cells[h];
    cells[along + 1] = cells[along + 1] + cells[h + 1];
  }
}
