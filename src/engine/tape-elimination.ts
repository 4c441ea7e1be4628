import { LEAST_KEPT, RATE_SPREAD } from "../../assembly/layout.ts";
import type { TapeBuilder, Value } from "./tape-builder.ts";

/** Populations first, then real and imaginary part of each coherence; no diagonal of the populations. */
export type Matrix = readonly (readonly Value[])[];

/** Σ of magnitudes beside a sum. */
interface Sum {
  readonly value: Value;
  readonly size: Value;
}

/** A coherence's place, and how its two unknowns follow from the rest: x_u = −Σ re_j x_j, x_v likewise. */
interface Eliminated {
  readonly u: number;
  readonly re: readonly Value[];
  readonly im: readonly Value[];
}

/**
 * The steady state, trace 1, and masks of the lanes in which nothing was lost. Coherences go first, real
 * and imaginary part together. What is left are populations under rates whose columns sum to 0:
 * Grassmann, Taksar and Heyman's elimination finds its pivots by adding. No pivot is searched: where a
 * sum keeps too little of its terms, the lane is not accepted.
 */
export function eliminate(
  matrix: Matrix,
  levels: number,
  tape: TapeBuilder,
): { readonly x: readonly Value[]; readonly kept: readonly Value[] } {
  const size = matrix.length;
  const rows = matrix.map((row) =>
    row.map((value): Sum => ({ value, size: tape.absolute(value) })),
  );
  const kept: Value[] = [];
  const holds = ({ value, size: whole }: Sum) => {
    const sure = value?.node.positive === true && !value.negative;
    const least = sure ? tape.constant(0) : tape.multiply(tape.constant(LEAST_KEPT), whole);
    kept.push(tape.greater(value, least));
  };
  const eliminated: Eliminated[] = [];
  for (let u = size - 2; u >= levels; u -= 2) {
    eliminated.push(eliminateCoherence(rows, u, levels, tape, holds));
  }
  if (size > levels) kept.push(withinSpread(matrix, levels, tape));

  const order = eliminationOrder(rows, levels);
  const x: Value[] = Array<Value>(size).fill(null);
  const shares: { readonly k: number; readonly share: readonly Value[] }[] = [];
  for (let at = levels - 1; at > 0; at--) {
    const k = order[at];
    const rest = order.slice(0, at);
    const pivot = addUp(
      rest.map((i) => rows[i][k]),
      tape,
    );
    holds(pivot);
    const inverse = tape.divide(tape.constant(1), pivot.value);
    const share = Array<Value>(levels).fill(null);
    for (const j of rest) share[j] = tape.multiply(rows[k][j].value, inverse);
    for (const i of rest) {
      for (const j of rest) {
        if (i !== j) rows[i][j] = plus(rows[i][j], tape.multiply(rows[i][k].value, share[j]), tape);
      }
    }
    shares.push({ k, share });
  }
  x[order[0]] = tape.constant(1);
  for (const { k, share } of shares.toReversed()) {
    x[k] = tape.sum(share.map((s, j) => tape.multiply(s, x[j])));
  }
  const total = addUp(
    x.slice(0, levels).map((value) => ({ value, size: tape.absolute(value) })),
    tape,
  );
  const norm = tape.divide(tape.constant(1), total.value);
  if (total.value?.node.positive) kept.push(tape.greater(norm, tape.constant(0)));
  else holds(total);
  for (let p = 0; p < levels; p++) x[p] = tape.multiply(x[p], norm);
  for (const { u, re, im } of eliminated.toReversed()) {
    const known = [...x];
    x[u] = tape.negated(tape.sum(re.map((y, j) => tape.multiply(y, known[j]))));
    x[u + 1] = tape.negated(tape.sum(im.map((y, j) => tape.multiply(y, known[j]))));
  }
  return { x, kept };
}

function plus(sum: Sum, term: Value, tape: TapeBuilder): Sum {
  if (!term) return sum;
  return {
    value: tape.add(sum.value, term),
    size: tape.add(sum.size, tape.absolute(term)),
  };
}

function addUp(sums: readonly Sum[], tape: TapeBuilder): Sum {
  return {
    value: tape.sum(sums.map(({ value }) => value)),
    size: tape.sum(sums.map(({ size }) => size)),
  };
}

/** Takes unknowns u and u + 1 out of the equations of those before them, by the inverse of their block. */
function eliminateCoherence(
  rows: Sum[][],
  u: number,
  levels: number,
  tape: TapeBuilder,
  holds: (sum: Sum) => void,
): Eliminated {
  const v = u + 1;
  const [a, b, c, d] = [rows[u][u], rows[u][v], rows[v][u], rows[v][v]].map(({ value }) => value);
  const [ad, bc] = [tape.multiply(a, d), tape.multiply(b, c)];
  const determinant = tape.subtract(ad, bc);
  const size = tape.add(tape.absolute(ad), tape.absolute(bc));
  holds({ value: determinant, size });
  const inverse = tape.divide(tape.constant(1), determinant);
  const [aI, bI, cI, dI] = [a, b, c, d].map((entry) => tape.multiply(entry, inverse));
  const re: Value[] = Array<Value>(u).fill(null);
  const im: Value[] = Array<Value>(u).fill(null);
  for (let j = 0; j < u; j++) {
    const [x, y] = [rows[u][j].value, rows[v][j].value];
    re[j] = tape.subtract(tape.multiply(dI, x), tape.multiply(bI, y));
    im[j] = tape.subtract(tape.multiply(aI, y), tape.multiply(cI, x));
  }
  for (let i = 0; i < u; i++) {
    const [x, y] = [rows[i][u].value, rows[i][v].value];
    for (let j = 0; j < u; j++) {
      if (i === j && i < levels) continue;
      const first = plus(rows[i][j], tape.negated(tape.multiply(x, re[j])), tape);
      rows[i][j] = plus(first, tape.negated(tape.multiply(y, im[j])), tape);
    }
  }
  return { u, re, im };
}

/** Σ of the rates that leave a level. */
function outflow(matrix: Matrix, p: number, levels: number, tape: TapeBuilder): Value {
  return tape.sum(matrix.slice(0, levels).map((row) => row[p]));
}

/** Σ of the rates that leave a level or reach it. */
function touching(matrix: Matrix, p: number, levels: number, tape: TapeBuilder): Value {
  return tape.add(tape.sum(matrix[p].slice(0, levels)), outflow(matrix, p, levels, tape));
}

/** The mask of lanes in which the rates that touch each level lie within RATE_SPREAD. */
function withinSpread(matrix: Matrix, levels: number, tape: TapeBuilder): Value {
  const every = Array.from({ length: levels }, (_, p) => touching(matrix, p, levels, tape));
  const sums = tape.different(every);
  const least = sums.reduce(tape.smaller);
  const most = sums.reduce(tape.larger);
  return tape.greater(least, tape.multiply(tape.constant(RATE_SPREAD), most));
}

/** An order in which elimination from its end makes few new rates. */
function eliminationOrder(rows: readonly (readonly Sum[])[], levels: number): readonly number[] {
  const there = rows.map((row) => row.map(({ value }) => value !== null));
  const rest = Array.from({ length: levels }, (_, p) => p);
  const order: number[] = [];
  while (rest.length > 0) {
    const cost = (k: number) =>
      rest.filter((i) => i !== k && there[i][k]).length *
      rest.filter((j) => j !== k && there[k][j]).length;
    const k = rest.toSorted((p, q) => cost(p) - cost(q) || q - p)[0];
    rest.splice(rest.indexOf(k), 1);
    for (const i of rest) for (const j of rest) if (there[i][k] && there[k][j]) there[i][j] = true;
    order.unshift(k);
  }
  return order;
}

/** An equation but one population's: what ρ leaves of it, Σ_j |M_ij|, and some of these terms. */
export interface Balance {
  readonly value: Value;
  readonly norm: () => Value;
  readonly share: Value;
}

export function balances(
  matrix: Matrix,
  x: readonly Value[],
  levels: number,
  tape: TapeBuilder,
): readonly Balance[] {
  return matrix.slice(1).map((row, k) => {
    const i = k + 1;
    const inflow = tape.sum(row.map((entry, j) => tape.multiply(entry, x[j])));
    if (i >= levels) {
      const u = i - ((i - levels) % 2);
      const block = row.slice(u, u + 2).map(tape.absolute);
      const norm = () => tape.sum(row.map(tape.absolute));
      return { value: inflow, norm, share: tape.sum(block) };
    }
    const out = outflow(matrix, i, levels, tape);
    const apart = () => tape.sum(row.slice(levels).map(tape.absolute));
    return {
      value: tape.subtract(inflow, tape.multiply(out, x[i])),
      norm: () => tape.add(touching(matrix, i, levels, tape), apart()),
      share: out,
    };
  });
}

/** max |(Mρ)_i| / Σ_j |M_ij| over max |ρ_j|: the backward error. */
export function backwardError(
  of: readonly Balance[],
  x: readonly Value[],
  tape: TapeBuilder,
): Value {
  const residual = of.reduce<Value>(
    (most, { value, norm }) => tape.larger(most, tape.divide(tape.absolute(value), norm())),
    null,
  );
  const [first, ...rest] = x.map(tape.absolute);
  return tape.divide(residual, rest.reduce(tape.larger, first));
}
