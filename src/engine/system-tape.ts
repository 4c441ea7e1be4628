import * as common from "../../assembly/layout.ts";
import * as system from "../../assembly/system-layout.ts";
import type { Sector } from "./system-sector.ts";
import type { Jump } from "./system-structure.ts";
import type { Signed, TapeBuilder, Value } from "./tape-builder.ts";
import { backwardError, balances, eliminate, type Matrix } from "./tape-elimination.ts";

interface Complex {
  readonly re: Value;
  readonly im: Value;
}

/** What the straight line is made of: the structure of a system, and where its numbers are. */
export interface LineInput {
  readonly levels: number;
  readonly baths: number;
  readonly jumps: readonly (Jump & { readonly kind: number })[];
  /** The populations and, where the equation keeps every term, what couples to them. */
  readonly sector: Sector;
  readonly keepsAll: boolean;
  /** E_p. */
  readonly energy: (p: number) => Value;
  /** w(q → p), p < q. */
  readonly label: (p: number, q: number) => Value;
  /** An element of bath b's operator, and the largest. */
  readonly element: (b: number, p: number, q: number) => Complex;
  readonly norm: (b: number) => Value;
  /** D(ω) and D(−ω) of bath b at the frequency of a pair; their limit at 0. */
  readonly emission: (b: number, p: number, q: number) => Signed;
  readonly absorption: (b: number, p: number, q: number) => Signed;
  readonly limit: (b: number) => Signed;
  readonly temperature: (b: number) => Signed;
  /** Masks of the lanes with a model and labels to solve, and of those inside bath b's domain. */
  readonly allowed: Value;
  readonly inside: (b: number) => Value;
  readonly wanted: Wanted;
}

/** Results that cost something, and are made only where a column of the file has them. */
export interface Wanted {
  readonly coherences: boolean;
  readonly residual: boolean;
}

/** Steady state and currents of a system as straight-line arithmetic. */
export interface Line {
  /** The mask of lanes whose results are to be trusted; the others are left to the general plan. */
  readonly accepted: Value;
  readonly negative: Value;
  readonly broken: Value;
  readonly populations: readonly Value[];
  /** Real and imaginary part of each coherence of the sector. */
  readonly coherences: readonly Value[];
  readonly currents: readonly Value[];
  readonly residual: Value;
}

/** Beyond it a current is not far from overflow. */
const LARGEST_FLOW = 1e300;

/**
 * The equation of motion of the sector and its solution without a pivot search. What the model decides
 * is one number before each D: an entry of the matrix is Σ coefficient × D, bath by bath.
 */
export function makeLine(input: LineInput, tape: TapeBuilder): Line {
  const { levels: n, sector } = input;
  const jumps = placedJumps(input, tape);
  const matrix = assemble(input, tape, jumps);
  const { x, kept } = eliminate(matrix, n, tape);
  const equations = balances(matrix, x, n, tape);
  const { currents, sizes } = flows(input, tape, jumps, x);
  const lowest = x.slice(0, n).reduce(tape.smaller);
  const every = Array.from({ length: input.baths }, (_, b) => b);
  const accepted = [
    input.allowed,
    ...every.map(input.inside),
    // no NaN is less than it
    ...restingCorrelations(input, tape).map((d) => tape.greater(tape.constant(LARGEST_FLOW), d)),
    ...kept,
    ...sizes.map((size) => tape.greater(tape.constant(LARGEST_FLOW), size)),
    ...equations.map(({ value, share }) =>
      tape.greater(
        tape.multiply(tape.constant(common.EPSILON * sector.size), share),
        tape.absolute(value),
      ),
    ),
  ];
  const floor = tape.constant(system.ROUNDED_POPULATION);
  return {
    accepted: tape.all(accepted),
    negative: lowest!.node.positive ? null : tape.greater(tape.negated(floor), lowest),
    broken: secondLaw(every.map(input.temperature), tape, currents, sizes),
    populations: x.slice(0, n),
    coherences: x.slice(n).map((value) => (input.wanted.coherences ? value : null)),
    currents,
    residual: input.wanted.residual ? backwardError(equations, x, tape) : null,
  };
}

/** The mask of lanes in which an element of bath b is more than rounding. */
function counts(input: LineInput, tape: TapeBuilder, b: number, p: number, q: number): Signed {
  const { re, im } = input.element(b, p, q);
  const least = tape.multiply(tape.constant(system.NEGLIGIBLE), input.norm(b));
  const size = im ? tape.larger(tape.absolute(re), tape.absolute(im)) : tape.absolute(re);
  return tape.greater(size, least);
}

/** D at 0 where an element of bath b needs it, as it may not exist. */
function restingCorrelation(input: LineInput, tape: TapeBuilder, b: number, p: number): Signed {
  return tape.keep(counts(input, tape, b, p, p), input.limit(b))!;
}

/** Every D at 0 of the equation; populations alone may not depend on it, and a row without it is outside. */
function restingCorrelations(input: LineInput, tape: TapeBuilder): readonly Signed[] {
  const resting = input.jumps.flatMap(({ bath, q }) =>
    q.filter(([p, l]) => p === l).map(([p]) => input.levels * bath + p),
  );
  return [...new Set(resting)].map((key) =>
    restingCorrelation(input, tape, Math.floor(key / input.levels), key % input.levels),
  );
}

/** A product of two elements, and the D of the one that Q has. */
interface Product extends Complex {
  readonly d: Signed;
}

interface PlacedJump {
  readonly jump: Jump;
  /** A_kl Q_pq without the ½ of Q. */
  readonly product: (k: number, l: number, p: number, q: number) => Product;
}

/** A function of two levels, of n, whose values are kept. */
function remembered<T>(n: number, make: (p: number, q: number) => T): (p: number, q: number) => T {
  const known = new Map<number, T>();
  return (p, q) => {
    const key = n * p + q;
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(p, q)));
    return value;
  };
}

function placedJumps(input: LineInput, tape: TapeBuilder): readonly PlacedJump[] {
  const { levels: n } = input;
  const zero = tape.constant(0);
  const element = (b: number, p: number, q: number): Complex => {
    const { re, im } = input.element(b, p, q);
    const mask = counts(input, tape, b, p, q);
    return { re: tape.keep(mask, re), im: tape.keep(mask, im) };
  };
  /** D at the frequency by which q → p lowers the energy. */
  const correlation = (b: number, kind: number, p: number, q: number): Signed => {
    if (p === q) return restingCorrelation(input, tape, b, p);
    const [low, high] = [Math.min(p, q), Math.max(p, q)];
    const [down, up] = [input.emission(b, low, high), input.absorption(b, low, high)];
    if (kind === system.EMITTING) return down;
    if (kind === system.ABSORBING) return up;
    const mask = lowers(low, high);
    return (p < q ? tape.select(mask, down, up) : tape.select(mask, up, down))!;
  };
  const adjoint = (b: number, p: number, q: number): Complex => {
    const { re, im } = element(b, q, p);
    return { re, im: tape.negated(im) };
  };
  /** The mask of lanes in which E_q > E_p. */
  const lowers = (p: number, q: number) => {
    const label = p < q ? input.label(p, q) : tape.negated(input.label(q, p));
    return tape.greater(label, zero);
  };
  return input.jumps.map((jump) => {
    const { bath: b, kind } = jump;
    const hermitian = kind === system.HERMITIAN;
    const s = kind === system.ABSORBING ? adjoint : element;
    const a = kind === system.EMITTING ? adjoint : element;
    /** S_pq in the lanes in which it goes the way of its D. */
    const rate = remembered(n, (p, q): Product => {
      const { re, im } = s(b, p, q);
      const d = correlation(b, kind, p, q);
      if (p === q || hermitian) return { re, im, d };
      const mask = kind === system.EMITTING ? lowers(p, q) : lowers(q, p);
      return { re: tape.keep(mask, re), im: tape.keep(mask, im), d };
    });
    const other = remembered(n, (k, l) => a(b, k, l));
    const product = (k: number, l: number, p: number, q: number): Product => {
      const { re, im, d } = rate(p, q);
      const of = other(k, l);
      const half = p === q && !hermitian ? tape.constant(0.5) : undefined;
      const whole = (v: Value) => (half ? tape.multiply(half, v) : v);
      return {
        d,
        re: whole(tape.subtract(tape.multiply(of.re, re), tape.multiply(of.im, im))),
        im: whole(tape.add(tape.multiply(of.re, im), tape.multiply(of.im, re))),
      };
    };
    return { jump, product };
  });
}

/** Σ coefficient × D of one bath. */
function formBuilder(tape: TapeBuilder) {
  const coefficients = new Map<Signed["node"], Value>();
  return {
    add(d: Signed, coefficient: Value) {
      if (!coefficient) return;
      coefficients.set(d.node, tape.add(coefficients.get(d.node) ?? null, coefficient));
    },
    value: () =>
      [...coefficients].reduce<Value>(
        (sum, [node, c]) => tape.add(sum, tape.multiply(c, { node, negative: false })),
        null,
      ),
    /** Σ |coefficient| × D. */
    size: () =>
      [...coefficients].reduce<Value>(
        (sum, [node, c]) =>
          tape.add(sum, tape.multiply(tape.absolute(c), { node, negative: false })),
        null,
      ),
  };
}

type Form = ReturnType<typeof formBuilder>;

/**
 * The matrix of the sector without what its columns' sums give, the diagonal of the populations.
 */
function assemble(input: LineInput, tape: TapeBuilder, jumps: readonly PlacedJump[]): Matrix {
  const { levels: n, sector, keepsAll } = input;
  const size = sector.size;
  const entries = Array.from({ length: input.baths }, () => new Map<number, Form>());
  const add = (b: number, place: number, factor: number, d: Signed, value: Value) => {
    const [row, column] = [Math.floor(place / size), place % size];
    if (factor === 0 || (row === column && row < n)) return;
    let form = entries[b].get(place);
    if (form === undefined) entries[b].set(place, (form = formBuilder(tape)));
    form.add(d, tape.multiply(tape.constant(factor), value));
  };
  /** (re + i im) ρ + h.c. to its four places; ½ is that of Q. */
  const scatter = (b: number, places: readonly number[], { re, im, d }: Product, sign: number) => {
    [re, im, im, re].forEach((value, k) =>
      add(b, places[2 * k], 0.5 * sign * places[2 * k + 1], d, value),
    );
  };
  for (const { jump, product } of jumps) {
    const { bath, q: qPairs, a: aPairs } = jump;
    const adjoint = new Set(aPairs.map(([p, q]) => n * p + q));
    for (const [p, q] of qPairs) {
      if (p === q || !adjoint.has(n * q + p)) continue;
      const { d, re } = product(q, p, p, q);
      add(bath, sector.place(p, q), 1, d, re);
    }
    if (!keepsAll) continue;
    for (const [p, q] of qPairs) {
      for (const [q1, p1] of aPairs) {
        if ((p === p1 && q === q1) || !sector.has(p, p1)) continue;
        scatter(bath, sector.targets(p, p1, q, q1), product(q1, p1, p, q), 1);
      }
    }
    for (const [p, l] of aPairs) {
      for (const [k, q] of qPairs) {
        if (k !== l) continue;
        const value = product(p, l, l, q);
        for (const places of sector.losses(p, q)) scatter(bath, places, value, -1);
      }
    }
  }
  const matrix: Value[][] = Array.from({ length: size }, () => Array<Value>(size).fill(null));
  for (const forms of entries) {
    for (const [place, form] of forms) {
      const [row, column] = [Math.floor(place / size), place % size];
      matrix[row][column] = tape.add(matrix[row][column], form.value());
    }
  }
  for (const [p, q] of keepsAll ? sector.coherences : []) {
    const u = sector.unknown(p, q);
    const gap = tape.subtract(input.energy(p), input.energy(q));
    matrix[u][u + 1] = tape.add(matrix[u][u + 1], gap);
    matrix[u + 1][u] = tape.subtract(matrix[u + 1][u], gap);
  }
  return matrix;
}

/**
 * q_X = 2 Re Σ J_pq ρ_qp of every bath, J_pq = Σ_l (E_l − E_p) A_pl Q_lq, and Σ|terms|.
 */
function flows(
  input: LineInput,
  tape: TapeBuilder,
  jumps: readonly PlacedJump[],
  x: readonly Value[],
): { readonly currents: Value[]; readonly sizes: Value[] } {
  const { sector, keepsAll, levels: n } = input;
  const currents: Value[] = [];
  const sizes: Value[] = [];
  for (let b = 0; b < input.baths; b++) {
    const forms = Array.from({ length: n + 2 * sector.coherences.length }, () => formBuilder(tape));
    for (const { jump, product } of jumps) {
      if (jump.bath !== b) continue;
      const from = Array.from({ length: n }, (_, l) => jump.q.filter(([k]) => k === l));
      for (const [p, l] of jump.a) {
        for (const [, q] of from[l]) {
          if (p === l || (p !== q && !keepsAll)) continue;
          const { re, im, d } = product(p, l, l, q);
          const energy = tape.subtract(input.energy(l), input.energy(p));
          const [jRe, jIm] = [tape.multiply(energy, re), tape.multiply(energy, im)];
          if (p === q) forms[p].add(d, jRe);
          else {
            // ρ_qp is the conjugate of the unknown where p < q
            const u = sector.unknown(p, q);
            forms[u].add(d, jRe);
            forms[u + 1].add(d, p < q ? jIm : tape.negated(jIm));
          }
        }
      }
    }
    currents.push(tape.sum(forms.map((form, u) => tape.multiply(form.value(), x[u]))));
    sizes.push(tape.sum(forms.map((form, u) => tape.multiply(form.size(), tape.absolute(x[u])))));
  }
  return { currents, sizes };
}

/** −Σ q_X/T_X < 0 by more than rounding, times all temperatures. */
function secondLaw(
  temperatures: readonly Signed[],
  tape: TapeBuilder,
  currents: readonly Value[],
  sizes: readonly Value[],
): Value {
  const others = temperatures.map((_, b) =>
    temperatures.reduce<Value>(
      (product, t, c) => (c === b ? product : product ? tape.multiply(product, t) : t),
      null,
    ),
  );
  const times = (v: Value, b: number) => (others[b] ? tape.multiply(v, others[b]) : v);
  const entropy = tape.sum(currents.map(times));
  const uncertainty = tape.sum(sizes.map(times));
  return tape.greater(entropy, tape.multiply(tape.constant(common.CURRENT_TOLERANCE), uncertainty));
}
