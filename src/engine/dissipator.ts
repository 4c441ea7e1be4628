import type { EquationName, OperatorElement, Structure } from "../models/model.ts";

/** A pair (p, p′) of levels: the unknown ρ_pp′. */
export type Pair = readonly [number, number];

/** One product weight × a · b* · D of (2.13): a and b are entries of the element table. */
export interface KernelTerm {
  readonly bath: number;
  /** The unknowns (p, p′) and (q, q′) of K_{pp′,qq′}. */
  readonly row: Pair;
  readonly column: Pair;
  readonly a: number;
  readonly b: number;
  /** Class of the frequency ω at which D is taken, from 1. */
  readonly frequency: number;
  /** D¹²(ω) = g (1 + n) rather than D²¹(−ω) = g n. */
  readonly emission: boolean;
  readonly weight: number;
}

/** S¹ or S² = S¹† of a bath, element by element: ⟨bra|S|ket⟩. */
interface Operator {
  readonly elements: readonly OperatorElement[];
  readonly raising: boolean;
}

/**
 * The dissipative kernel of a model, term by term. `lindblad` is (2.17), `redfield` (2.13) with the
 * correlations of the loss terms at D(E_ql) and D(E_q′l), `redfield-eq213` (2.13) as printed,
 * `redfield-appendix` the latter less the entries that (A.2) sets to zero. `docs/physics.md` has
 * the derivation of each.
 */
export function kernelTerms(structure: Structure, equation: EquationName): readonly KernelTerm[] {
  const terms: KernelTerm[] = [];
  const levels = Array.from({ length: structure.levels }, (_, n) => n);
  const secular = equation === "lindblad";
  const printed = equation === "redfield-eq213" || equation === "redfield-appendix";
  const same = (p: number, q: number, r: number, s: number) =>
    structure.transition(p, q) === structure.transition(r, s);

  structure.raising.forEach((raising, bath) => {
    const lowering = raising.map((e) => ({ ...e, bra: e.ket, ket: e.bra }));
    const operators: readonly [Operator, Operator] = [
      { elements: raising, raising: true },
      { elements: lowering, raising: false },
    ];

    // D^{αβ} vanishes but for (α, β) = (1, 2), where ω > 0, and (2, 1), where ω < 0: (3.6), (3.7).
    function add(
      row: Pair,
      column: Pair,
      left: OperatorElement,
      right: OperatorElement,
      alpha: Operator,
      [p, q]: Pair,
      weight: number,
    ) {
      const difference = structure.transition(p, q);
      if (difference === 0 || difference > 0 !== alpha.raising) return;
      const [up, down] = alpha.raising ? [left, right] : [right, left];
      terms.push({
        bath,
        row,
        column,
        a: up.element,
        b: down.element,
        frequency: Math.abs(difference),
        emission: alpha.raising,
        weight: weight * up.sign * down.sign,
      });
    }

    for (const alpha of operators) {
      const beta = alpha === operators[0] ? operators[1] : operators[0];
      for (const left of alpha.elements) {
        for (const right of beta.elements) {
          // −½ δ_{p′q′} Σ_l S^α_pl S^β_lq D^{αβ}
          if (left.ket === right.bra) {
            const [p, l, q] = [left.bra, left.ket, right.ket];
            if (!secular || structure.transition(p, q) === 0) {
              const at: Pair = printed ? [p, l] : [q, l];
              for (const other of levels) add([p, other], [q, other], left, right, alpha, at, -0.5);
            }
            // −½ δ_pq Σ_l S^α_q′l S^β_lp′ D^{αβ}, with q′ and p′ in the places of p and q
            if (!secular || structure.transition(p, q) === 0) {
              const at: Pair = printed ? [q, l] : [p, l];
              for (const other of levels) add([other, q], [other, p], left, right, alpha, at, -0.5);
            }
          }
          // ½ S^β_pq S^α_q′p′ (D^{αβ}(E_q′p′) + D^{αβ}(E_qp))
          const [p, q] = [right.bra, right.ket];
          const [qPrime, pPrime] = [left.bra, left.ket];
          if (!secular || same(p, q, pPrime, qPrime)) {
            add([p, pPrime], [q, qPrime], left, right, alpha, [qPrime, pPrime], 0.5);
            add([p, pPrime], [q, qPrime], left, right, alpha, [q, p], 0.5);
          }
        }
      }
    }
  });
  return merge(equation === "redfield-appendix" ? terms.filter(inAppendix) : terms);
}

/**
 * (A.2) keeps the coupling of the coherences with the outermost populations alone: K_{22,23},
 * K_{33,23}, K_{23,22}, K_{23,33} and their conjugates are set to zero.
 */
function inAppendix({ row, column }: KernelTerm): boolean {
  const inner = ([p, q]: Pair) => p === q && (p === 1 || p === 2);
  const coherence = ([p, q]: Pair) => p !== q;
  return !((inner(row) && coherence(column)) || (coherence(row) && inner(column)));
}

function merge(terms: readonly KernelTerm[]): readonly KernelTerm[] {
  const merged = new Map<string, KernelTerm>();
  for (const term of terms) {
    const { bath, row, column, a, b, frequency, emission } = term;
    const key = [bath, ...row, ...column, a, b, frequency, emission].join();
    const weight = (merged.get(key)?.weight ?? 0) + term.weight;
    merged.set(key, { ...term, weight });
  }
  return [...merged.values()].filter((term) => term.weight !== 0);
}

/** A pair as a key of a map. */
export function keyOf([p, q]: Pair): string {
  return `${p},${q}`;
}

/**
 * The unknowns that the populations couple to, populations first, ground state at the head: the
 * connected component of the kernel's graph. All other coherences decay on their own and vanish.
 */
export function coupledPairs(levels: number, terms: readonly KernelTerm[]): readonly Pair[] {
  const neighbours = new Map<string, Pair[]>();
  const connect = (from: Pair, to: Pair) => {
    const known = neighbours.get(keyOf(from));
    if (known === undefined) neighbours.set(keyOf(from), [to]);
    else known.push(to);
  };
  for (const { row, column } of terms) {
    connect(row, column);
    connect(column, row);
  }
  const pairs: Pair[] = Array.from({ length: levels }, (_, n) => [n, n]);
  const seen = new Set(pairs.map(keyOf));
  for (const pair of pairs) {
    for (const neighbour of neighbours.get(keyOf(pair)) ?? []) {
      if (seen.has(keyOf(neighbour))) continue;
      seen.add(keyOf(neighbour));
      pairs.push(neighbour);
    }
  }
  return pairs;
}
