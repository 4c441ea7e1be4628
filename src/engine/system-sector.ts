import { coupledGroups, type Jump, type Pair } from "./system-structure.ts";

/**
 * Real unknowns that only couple to one another, and where a term of the equation of motion goes in
 * their matrix. Populations come first, if they belong to it, then real and imaginary part of each of
 * the coherences ρ_pq, p < q.
 */
export interface Sector {
  readonly coherences: readonly Pair[];
  readonly size: number;
  /** Whether ρ_pq or its conjugate belongs to it. */
  readonly has: (p: number, q: number) => boolean;
  /** Number of the unknown Re ρ_pq, p ≠ q; Im ρ_pq follows. −1 where it is elsewhere. */
  readonly unknown: (p: number, q: number) => number;
  readonly place: (row: number, column: number) => number;
  /** Where k ρ_qq′ + h.c. goes in the equation of ρ_pp′: places of Re k, Im k, Im k, Re k with factors. */
  readonly targets: (p: number, p1: number, q: number, q1: number) => readonly number[];
  /** Where −G_pq ρ + h.c. goes, but for what leaves a population alone. */
  readonly losses: (p: number, q: number) => readonly (readonly number[])[];
}

/** The populations and what couples to them, and the groups of coherences apart from them. */
export function findSectors(
  n: number,
  { jumps, commutator }: { readonly jumps: readonly Jump[]; readonly commutator: readonly Pair[] },
): { readonly main: Sector; readonly islands: readonly Sector[] } {
  const groupOf = coupledGroups(n, jumps, commutator);
  const groups = new Map<number, Pair[]>([[-1, []]]);
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const group = groupOf(p, q);
      const known = groups.get(group);
      if (known) known.push([p, q]);
      else groups.set(group, [[p, q]]);
    }
  }
  const islands = [...groups].filter(([group]) => group !== -1);
  return {
    main: makeSector(n, groups.get(-1)!, true),
    islands: islands.map(([, coherences]) => makeSector(n, coherences, false)),
  };
}

export function makeSector(
  levels: number,
  coherences: readonly Pair[],
  populations: boolean,
): Sector {
  const first = populations ? levels : 0;
  const unknowns = new Map(coherences.map(([p, q], k) => [levels * p + q, first + 2 * k]));
  const size = first + 2 * coherences.length;
  const unknown = (p: number, q: number) =>
    unknowns.get(levels * Math.min(p, q) + Math.max(p, q)) ?? -1;
  const has = (p: number, q: number) => (p === q ? populations : unknown(p, q) >= 0);
  const place = (row: number, column: number) => size * row + column;
  const nowhere = [size * size, 0] as const;

  function targets(p: number, p1: number, q: number, q1: number): readonly number[] {
    if (p === p1) {
      const u = unknown(q, q1);
      const sign = q < q1 ? 1 : -1;
      return [place(p, u), 2, place(p, u + 1), -2 * sign, ...nowhere, ...nowhere];
    }
    // where p > p′, the equation of ρ_p′p has the complex conjugate
    const sigma = p < p1 ? 1 : -1;
    const [c, c1] = sigma > 0 ? [q, q1] : [q1, q];
    const row = unknown(p, p1);
    if (c === c1) return [place(row, c), 1, ...nowhere, place(row + 1, c), sigma, ...nowhere];
    const u = unknown(c, c1);
    const sign = c < c1 ? 1 : -1;
    const re = [place(row, u), 1, place(row, u + 1), -sigma * sign];
    return [...re, place(row + 1, u), sigma, place(row + 1, u + 1), sign];
  }

  function losses(p: number, q: number): readonly (readonly number[])[] {
    return Array.from({ length: levels }, (_, k) => k)
      .filter((k) => has(p, k) && has(q, k) && !(p === q && k === p))
      .map((k) => targets(p, k, q, k));
  }

  return { coherences, size, has, unknown, place, targets, losses };
}
