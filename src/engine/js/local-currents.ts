import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { bathRecord } from "./coupling.ts";
import { dropGains, fillGains } from "./gains.ts";
import { fillLosses } from "./losses.ts";

/**
 * For `local`: q_X = Tr H D_X ρ of every bath with the full Hamiltonian, and Σ|terms| of what comes to each
 * ρ_pp′ and what leaves it, before they cancel. ρ is in the density cells.
 */
export function fillFullCurrents(words: Int32Array, cells: Float64Array, currents: number): void {
  const n = words[common.LEVELS];
  for (let b = 0; b < words[common.BATHS]; b++) {
    const record = bathRecord(words, b);
    const first = words[record + layout.FIRST_TERM];
    const current = currents + common.CURRENT_SIZE * b;
    cells[current] = 0;
    cells[current + 1] = 0;
    fillLosses(words, cells, b, b + 1, 0, true);
    for (let p = 0; p < n; p++) {
      for (let p1 = p; p1 < n; p1++) {
        fillGains(words, cells, first, words[record + layout.TERM_COUNT], p, p1);
        dropGains(words, cells, p, p1);
        addEnergy(words, cells, current, p, p1);
      }
    }
  }
  addDefect(words, cells, currents);
}

/** Heat that does not add up to 0, against the first law, is error of ρ: each current's terms count it. */
function addDefect(words: Int32Array, cells: Float64Array, currents: number): void {
  const end = currents + common.CURRENT_SIZE * words[common.BATHS];
  let sum = 0;
  for (let k = currents; k < end; k += common.CURRENT_SIZE) sum += cells[k];
  const defect = Math.abs(sum) / common.CURRENT_TOLERANCE;
  for (let k = currents; k < end; k += common.CURRENT_SIZE) cells[k + 1] = cells[k + 1] + defect;
}

/** H_p′p (Dρ)_pp′ and its complex conjugate to a current. */
function addEnergy(
  words: Int32Array,
  cells: Float64Array,
  current: number,
  p: number,
  p1: number,
): void {
  const n = words[common.LEVELS];
  const gains = words[layout.GAIN_CELLS];
  const losses = words[layout.LOSS_CELLS];
  const density = words[layout.DENSITY_CELLS];
  let re = 0;
  let im = 0;
  let size = 0;
  for (let q = 0; q < n; q++) {
    for (let q1 = p === p1 ? q : 0; q1 < n; q1++) {
      // of a population T has one half, the other is its complex conjugate
      const weight = p === p1 && q !== q1 ? 2 : 1;
      const t = gains + common.COMPLEX * (n * q + q1);
      const x = density + common.COMPLEX * (n * q + q1);
      re += weight * productRe(cells, t, x);
      im += weight * productIm(cells, t, x);
      size += weight * (sizeOf(cells, t) * sizeOf(cells, x));
    }
  }
  for (let l = 0; l < n; l++) {
    const g = losses + common.COMPLEX * (n * p + l);
    const x = density + common.COMPLEX * (n * l + p1);
    re -= productRe(cells, g, x);
    im -= productIm(cells, g, x);
    size += sizeOf(cells, g) * sizeOf(cells, x);
    // ρ_pl G*_p′l, the complex conjugate of G_p′l ρ_lp
    const h = losses + common.COMPLEX * (n * p1 + l);
    const y = density + common.COMPLEX * (n * l + p);
    re -= productRe(cells, h, y);
    im += productIm(cells, h, y);
    size += sizeOf(cells, h) * sizeOf(cells, y);
  }
  const energy = words[layout.COMMUTATOR_CELLS] + common.COMPLEX * (n * p1 + p);
  const weight = p === p1 ? 1 : 2;
  const flow = cells[energy] * re - cells[energy + 1] * im;
  cells[current] = cells[current] + weight * flow;
  cells[current + 1] = cells[current + 1] + weight * (sizeOf(cells, energy) * size);
}

/** The product of two complex numbers. */
function productRe(cells: Float64Array, a: number, b: number): number {
  return cells[a] * cells[b] - cells[a + 1] * cells[b + 1];
}

function productIm(cells: Float64Array, a: number, b: number): number {
  return cells[a] * cells[b + 1] + cells[a + 1] * cells[b];
}

/** |re| + |im| */
function sizeOf(cells: Float64Array, a: number): number {
  return Math.abs(cells[a]) + Math.abs(cells[a + 1]);
}
