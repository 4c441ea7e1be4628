import { get, set, word } from "./cells";
import { bathRecord } from "./coupling";
import { dropGains, fillGains } from "./gains";
import { abs, add, div, mul, splat, sub } from "./lanes";
import * as common from "./layout";
import { Complex, fillLosses } from "./losses";
import * as layout from "./system-layout";

/**
 * For `local`: q_X = Tr H D_X ρ of every bath with the full Hamiltonian, and Σ|terms| of what comes to each
 * ρ_pp′ and what leaves it, before they cancel. ρ is in the density cells.
 */
export function fillFullCurrents(words: usize, cells: usize, currents: i32): void {
  const n = word(words, common.LEVELS);
  const baths = word(words, common.BATHS);
  for (let b = 0; b < baths; b++) {
    const record = bathRecord(words, b);
    const first = word(words, record + layout.FIRST_TERM);
    const count = word(words, record + layout.TERM_COUNT);
    const current = currents + common.CURRENT_SIZE * b;
    set(cells, current, splat(0));
    set(cells, current + 1, splat(0));
    fillLosses(words, cells, b, b + 1, 0, true);
    for (let p = 0; p < n; p++) {
      for (let p1 = p; p1 < n; p1++) {
        fillGains<Complex>(words, cells, first, count, p, p1);
        dropGains(words, cells, p, p1);
        addEnergy(words, cells, current, p, p1);
      }
    }
  }
  addDefect(words, cells, currents);
}

/** Heat that does not add up to 0, against the first law, is error of ρ: each current's terms count it. */
function addDefect(words: usize, cells: usize, currents: i32): void {
  const end = currents + common.CURRENT_SIZE * word(words, common.BATHS);
  let sum = splat(0);
  for (let k = currents; k < end; k += common.CURRENT_SIZE) sum = add(sum, get(cells, k));
  const defect = div(abs(sum), splat(common.CURRENT_TOLERANCE));
  for (let k = currents; k < end; k += common.CURRENT_SIZE) {
    set(cells, k + 1, add(get(cells, k + 1), defect));
  }
}

/** H_p′p (Dρ)_pp′ and its complex conjugate to a current. */
function addEnergy(words: usize, cells: usize, current: i32, p: i32, p1: i32): void {
  const n = word(words, common.LEVELS);
  const gains = word(words, layout.GAIN_CELLS);
  const losses = word(words, layout.LOSS_CELLS);
  const density = word(words, layout.DENSITY_CELLS);
  let re = splat(0);
  let im = splat(0);
  let size = splat(0);
  for (let q = 0; q < n; q++) {
    for (let q1 = p == p1 ? q : 0; q1 < n; q1++) {
      // of a population T has one half, the other is its complex conjugate
      const weight = splat(p == p1 && q != q1 ? 2 : 1);
      const t = gains + common.COMPLEX * (n * q + q1);
      const x = density + common.COMPLEX * (n * q + q1);
      re = add(re, mul(weight, productRe(cells, t, x)));
      im = add(im, mul(weight, productIm(cells, t, x)));
      size = add(size, mul(weight, mul(sizeOf(cells, t), sizeOf(cells, x))));
    }
  }
  for (let l = 0; l < n; l++) {
    const g = losses + common.COMPLEX * (n * p + l);
    const x = density + common.COMPLEX * (n * l + p1);
    re = sub(re, productRe(cells, g, x));
    im = sub(im, productIm(cells, g, x));
    size = add(size, mul(sizeOf(cells, g), sizeOf(cells, x)));
    // ρ_pl G*_p′l, the complex conjugate of G_p′l ρ_lp
    const h = losses + common.COMPLEX * (n * p1 + l);
    const y = density + common.COMPLEX * (n * l + p);
    re = sub(re, productRe(cells, h, y));
    im = add(im, productIm(cells, h, y));
    size = add(size, mul(sizeOf(cells, h), sizeOf(cells, y)));
  }
  const energy = word(words, layout.COMMUTATOR_CELLS) + common.COMPLEX * (n * p1 + p);
  const weight = splat(p == p1 ? 1 : 2);
  const flow = sub(mul(get(cells, energy), re), mul(get(cells, energy + 1), im));
  set(cells, current, add(get(cells, current), mul(weight, flow)));
  const whole = mul(weight, mul(sizeOf(cells, energy), size));
  set(cells, current + 1, add(get(cells, current + 1), whole));
}

/** The product of two complex numbers. */
function productRe(cells: usize, a: i32, b: i32): v128 {
  return sub(mul(get(cells, a), get(cells, b)), mul(get(cells, a + 1), get(cells, b + 1)));
}

function productIm(cells: usize, a: i32, b: i32): v128 {
  return add(mul(get(cells, a), get(cells, b + 1)), mul(get(cells, a + 1), get(cells, b)));
}

/** |re| + |im| */
function sizeOf(cells: usize, a: i32): v128 {
  return add(abs(get(cells, a)), abs(get(cells, a + 1)));
}
