import type { OperatorSum } from "../systems/operator-sum.ts";
import type { System } from "../systems/system.ts";

/** A pair of levels. */
export type Pair = readonly [number, number];

/** Which elements of an n × n matrix can differ from 0. */
export type Support = readonly (readonly boolean[])[];

/** Where some term of an operator has an element. */
export function supportOf({ terms }: OperatorSum, n: number): Support {
  return square(n, (i, j) =>
    [...terms.values()].some(
      ({ matrix: { re, im } }) => re[n * i + j] !== 0 || im[n * i + j] !== 0,
    ),
  );
}

function square(n: number, holds: (i: number, j: number) => boolean): Support {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => holds(i, j)));
}

/** Levels that a Hamiltonian with this support can mix, block by block; each level in one. */
export function blocksOf(support: Support): readonly (readonly number[])[] {
  const n = support.length;
  const blocks: number[][] = [];
  const seen = new Set<number>();
  for (let start = 0; start < n; start++) {
    if (seen.has(start)) continue;
    const block = [start];
    seen.add(start);
    for (const i of block) {
      for (let j = 0; j < n; j++) {
        if (seen.has(j) || !(support[i][j] || support[j][i])) continue;
        seen.add(j);
        block.push(j);
      }
    }
    blocks.push(block.toSorted((a, b) => a - b));
  }
  return blocks;
}

/** The support of V† O V, where V mixes within the blocks. */
export function projectedSupport(
  support: Support,
  blocks: readonly (readonly number[])[],
): Support {
  const blockOf = new Map(blocks.flatMap((block) => block.map((p) => [p, block] as const)));
  return square(support.length, (p, q) =>
    blockOf.get(p)!.some((i) => blockOf.get(q)!.some((j) => support[i][j])),
  );
}

/** The pairs a support has. */
export function pairsOf(support: Support): readonly Pair[] {
  return support.flatMap((row, p) => row.flatMap((holds, q) => (holds ? [[p, q] as const] : [])));
}

export function transposed(support: Support): Support {
  return square(support.length, (p, q) => support[q][p]);
}

/** One pair of operators of the dissipator: Q ρ A − A Q ρ + h.c. */
export interface Jump {
  readonly bath: number;
  /** Elements of Q, and of A. */
  readonly q: readonly Pair[];
  readonly a: readonly Pair[];
  /** Where A Q can have elements. */
  readonly aq: readonly Pair[];
}

/** A Q's elements. */
export function productPairs(a: readonly Pair[], q: readonly Pair[], n: number): readonly Pair[] {
  const holds = square(n, () => false).map((row) => [...row]);
  for (const [p, l] of a) for (const [k, r] of q) if (k === l) holds[p][r] = true;
  return pairsOf(holds);
}

/**
 * Coherences p < q in groups that the equation of motion couples, −1 the group of the populations;
 * `groupOf(p, q)` in either order. Coherences that nothing couples form groups of their own.
 */
export function coupledGroups(
  n: number,
  jumps: readonly Jump[],
  commutator: readonly Pair[],
): (p: number, q: number) => number {
  const parent = Array.from({ length: n * n }, (_, k) => k);
  const node = (p: number, q: number) => (p < q ? n * p + q : n * q + p);
  const root = (k: number): number => {
    let top = k;
    while (parent[top] !== top) top = parent[top];
    for (let at = k; parent[at] !== top;) [at, parent[at]] = [parent[at], top];
    return top;
  };
  const join = (a: number, b: number) => (parent[root(a)] = root(b));
  for (let p = 1; p < n; p++) join(node(p, p), node(0, 0));
  for (const { q, a, aq } of jumps) {
    for (const [p, q1] of q) for (const [q2, p2] of a) join(node(p, p2), node(q1, q2));
    for (const [p, r] of aq) for (let k = 0; k < n; k++) join(node(p, k), node(r, k));
  }
  for (const [p, r] of commutator) for (let k = 0; k < n; k++) join(node(p, k), node(r, k));
  const populations = root(node(0, 0));
  return (p, q) => {
    const group = root(node(p, q));
    return group === populations ? -1 : group;
  };
}

/** Whether Hamiltonian and couplings are real matrices for every value of their parameters. */
export function isReal({ hamiltonian, couplings }: System): boolean {
  return [hamiltonian, ...couplings.map((c) => c.operator)].every(({ terms }) =>
    [...terms.values()].every(({ matrix }) => matrix.im.every((im) => im === 0)),
  );
}
