import { basisOf } from "./basis";
import { at, get, set, word } from "./cells";
import { bathRecord } from "./coupling";
import { abs, add, mul, splat, sub } from "./lanes";
import * as common from "./layout";
import * as layout from "./system-layout";

/** Real or complex arithmetic, as types, so that each has loops of its own. */
export class Real {}
export class Complex {}

/** Whether every product is kept or some, as types. */
class Every {}
class Some {}

/** Whether the operators are real, and with them all of the dissipator. */
export function isReal(words: usize): bool {
  return word(words, layout.REAL) != 0;
}

/**
 * G = Σ S† Q of the baths from `first` to before `end`, on top of the matrix `start` if there is one (> 0), and
 * the energy that each moves: J_pq = Σ_l (E_l − E_p) S*_lp Q_lq, with Σ|terms|. Where not `wide`, of
 * populations alone.
 */
export function fillLosses(
  words: usize,
  cells: usize,
  first: i32,
  end: i32,
  start: i32,
  wide: bool,
): void {
  const n = word(words, common.LEVELS);
  const losses = at(cells, word(words, layout.LOSS_CELLS));
  const bytes = <usize>(common.CELL_BYTES * n * n);
  if (start > 0) memory.copy(losses, at(cells, start), common.COMPLEX * bytes);
  else memory.fill(losses, 0, common.COMPLEX * bytes);
  for (let b = first; b < end; b++) {
    const record = bathRecord(words, b);
    const flows = at(cells, word(words, record + layout.FLOW_CELLS));
    if (!wide) memory.fill(flows, 0, layout.FLOW_SIZE * bytes);
    addBath(words, cells, record, wide);
  }
}

function addBath(words: usize, cells: usize, record: i32, wide: bool): void {
  const every = !wide || word(words, layout.EQUATION) == layout.KEEP_ALL;
  if (isReal(words)) {
    if (every) addElements<Real, Every>(words, cells, record, wide);
    else addElements<Real, Some>(words, cells, record, wide);
  } else {
    if (every) addElements<Complex, Every>(words, cells, record, wide);
    else addElements<Complex, Some>(words, cells, record, wide);
  }
}

/** To G and J of one bath, two elements of a row at a time, so that their sums need not wait. */
function addElements<Field, Products>(words: usize, cells: usize, record: i32, wide: bool): void {
  const complex = idof<Field>() == idof<Complex>();
  const every = idof<Products>() == idof<Every>();
  const n = word(words, common.LEVELS);
  const size = <usize>(common.CELL_BYTES * layout.TERM_SIZE);
  const step = size * word(words, layout.TERMS);
  const column = step * n;
  const first =
    at(cells, word(words, layout.TERM_CELLS)) + size * word(words, record + layout.FIRST_TERM);
  const last = first + size * word(words, record + layout.TERM_COUNT);
  const energies = at(cells, word(words, basisOf(words, 0) + 1));
  const lastEnergy = energies + ((<usize>n) << 4);
  const labels = word(words, layout.LABEL_CELLS);
  const cutoff = get(cells, word(words, layout.CUTOFF_CELL));
  const losses = word(words, layout.LOSS_CELLS);
  const flows = word(words, record + layout.FLOW_CELLS);
  for (let p = 0; p < n; p++) {
    const energy = v128.load(energies + ((<usize>p) << 4));
    const end = wide ? n : p + 1;
    for (let q = wide ? 0 : p; q < end; q += 2) {
      const r = min(q + 1, end - 1);
      const g = losses + common.COMPLEX * (n * p + q);
      const h = losses + common.COMPLEX * (n * p + r);
      let gRe = get(cells, g);
      let gIm = get(cells, g + 1);
      let hRe = get(cells, h);
      let hIm = get(cells, h + 1);
      let jRe = splat(0);
      let jIm = splat(0);
      let jSize = splat(0);
      let kRe = splat(0);
      let kIm = splat(0);
      let kSize = splat(0);
      for (let term = first; term < last; term += size) {
        let s = term + step * p;
        let x = term + step * q;
        let y = term + step * r;
        let label = labels;
        for (let e = energies; e < lastEnergy; e += 16) {
          const gap = sub(v128.load(e), energy);
          let re = productRe<Field>(s, x);
          let re2 = productRe<Field>(s, y);
          let im = productIm<Field>(s, x);
          let im2 = productIm<Field>(s, y);
          if (!every) {
            const mask = kept(cells, label + p, label + q, cutoff);
            const mask2 = kept(cells, label + p, label + r, cutoff);
            re = v128.and(re, mask);
            im = v128.and(im, mask);
            re2 = v128.and(re2, mask2);
            im2 = v128.and(im2, mask2);
            label += n;
          }
          gRe = add(gRe, re);
          hRe = add(hRe, re2);
          re = mul(gap, re);
          re2 = mul(gap, re2);
          jRe = add(jRe, re);
          kRe = add(kRe, re2);
          jSize = add(jSize, abs(re));
          kSize = add(kSize, abs(re2));
          if (complex) {
            gIm = add(gIm, im);
            hIm = add(hIm, im2);
            im = mul(gap, im);
            im2 = mul(gap, im2);
            jIm = add(jIm, im);
            kIm = add(kIm, im2);
            jSize = add(jSize, abs(im));
            kSize = add(kSize, abs(im2));
          }
          s += column;
          x += column;
          y += column;
        }
      }
      set(cells, g, gRe);
      set(cells, g + 1, gIm);
      set(cells, h, hRe);
      set(cells, h + 1, hIm);
      setFlow(cells, flows + layout.FLOW_SIZE * (n * p + q), jRe, jIm, jSize);
      setFlow(cells, flows + layout.FLOW_SIZE * (n * p + r), kRe, kIm, kSize);
    }
  }
}

/** S*_lp Q_lq of elements l, p and l, q. */
function productRe<Field>(s: usize, q: usize): v128 {
  const S: usize = common.CELL_BYTES * layout.COUPLING;
  const Q: usize = common.CELL_BYTES * layout.RATE;
  const re = mul(v128.load(s, S), v128.load(q, Q));
  if (idof<Field>() == idof<Real>()) return re;
  return add(re, mul(v128.load(s, S + 16), v128.load(q, Q + 16)));
}

function productIm<Field>(s: usize, q: usize): v128 {
  if (idof<Field>() == idof<Real>()) return splat(0);
  const S: usize = common.CELL_BYTES * layout.COUPLING;
  const Q: usize = common.CELL_BYTES * layout.RATE;
  const im = mul(v128.load(s, S), v128.load(q, Q + 16));
  return sub(im, mul(v128.load(s, S + 16), v128.load(q, Q)));
}

/** The mask of lanes in which the equation keeps a product of the transitions of these two labels. */
function kept(cells: usize, first: i32, second: i32, cutoff: v128): v128 {
  return f64x2.le(abs(sub(get(cells, second), get(cells, first))), cutoff);
}

function setFlow(cells: usize, flow: i32, re: v128, im: v128, size: v128): void {
  set(cells, flow, re);
  set(cells, flow + 1, im);
  set(cells, flow + 2, size);
}
