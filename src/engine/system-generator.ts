import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";
import type { PlanWriter } from "./plan-writer.ts";
import type { SystemFrequencies } from "./system-frequencies.ts";
import type { PlacedJump, SystemJumps } from "./system-jumps.ts";
import type { Sector } from "./system-sector.ts";
import type { Pair } from "./system-structure.ts";

/** Where the elements G_pq, J_pq of a bath are, by N p + q. */
type Flows = ReadonlyMap<number, number>;

/** What the tables of the equation of motion are made of. */
export interface GeneratorInput {
  readonly levels: number;
  readonly baths: number;
  readonly local: boolean;
  readonly jumps: SystemJumps;
  readonly frequencies: SystemFrequencies;
  /** The populations and what couples to them, and the groups of coherences apart from them. */
  readonly main: Sector;
  readonly islands: readonly Sector[];
  readonly solutionCells: number;
}

/** Which products of elements go to which entries of the matrices. */
export function tabulateGenerator(input: GeneratorInput, writer: PlanWriter): void {
  const { levels: n, main, baths, local } = input;
  const { commutator, turnedCells } = input.jumps;
  const commutatorLosses = (sector: Sector) =>
    commutator.flatMap(([p, q]) => sector.losses(elementOf(turnedCells, n, p, q), p, q));
  const { table } = writer;
  const flows = Array.from({ length: baths }, (_, b) => placeFlows(input, b, writer));
  const records = flows.map((own, bath) => bathRecord(input, bath, own, writer));
  table(layout.BATH_TABLE, layout.BATH_WORDS, records.flat());
  const couplers = couplersOf(input);
  table(layout.COUPLER_TABLE, layout.COUPLER_WORDS, couplers, layout.COUPLERS);
  const turning = local ? [] : detunings(input, main);
  table(common.DETUNING_TABLE, layout.DETUNING_WORDS, turning, common.DETUNINGS);
  const commutators = commutatorLosses(main);
  const [slot, count] = [layout.WIDE_COMMUTATOR_TABLE, layout.WIDE_COMMUTATORS];
  table(slot, layout.WIDE_LOSS_WORDS, commutators, count);
  const islandWords = input.islands.flatMap((island) => {
    const losses = flows.flatMap((own) => lossesOf(own, n, island));
    return islandRecord(input, island, [...losses, ...commutatorLosses(island)], writer);
  });
  table(layout.ISLAND_TABLE, layout.ISLAND_WORDS, islandWords, layout.ISLANDS);
}

function elementOf(first: number, n: number, p: number, q: number): number {
  return first + common.COMPLEX * (n * p + q);
}

function ownJumps({ jumps }: GeneratorInput, bath: number): readonly PlacedJump[] {
  return jumps.jumps.filter((jump) => jump.bath === bath);
}

/** Cells for G = A Q of a bath and the energy it moves. */
function placeFlows(input: GeneratorInput, bath: number, { reserve }: PlanWriter): Flows {
  const flows = new Map<number, number>();
  for (const [p, q] of ownJumps(input, bath).flatMap(({ aq }) => aq)) {
    const key = input.levels * p + q;
    if (!flows.has(key)) flows.set(key, reserve(layout.FLOW_SIZE));
  }
  return flows;
}

function lossesOf(flows: Flows, n: number, sector: Sector): readonly number[] {
  return [...flows].flatMap(([key, flow]) => sector.losses(flow, Math.floor(key / n), key % n));
}

/** The words of one bath: counts and tables of `system-layout.ts`. */
function bathRecord(
  input: GeneratorInput,
  bath: number,
  flows: Flows,
  writer: PlanWriter,
): readonly number[] {
  const { levels: n, main, jumps } = input;
  const { append } = writer;
  const own = ownJumps(input, bath);
  const rates = own.flatMap((jump) => rateWords(input, jump));
  const products = own.map((jump) => productWords(input, jump, flows));
  const narrowProducts = products.flatMap(({ narrow }) => narrow);
  const allProducts = [...narrowProducts, ...products.flatMap(({ wide }) => wide)];
  const diagonal = [...flows].filter(([key]) => key % (n + 1) === 0);
  const narrowLosses = diagonal.flatMap(([key, flow]) => [flow, main.place(key % n, key % n)]);
  const wideLosses = lossesOf(flows, n, main);
  const narrowGains = own.flatMap((jump) => narrowGainWords(input, jump));
  const gains = wideGains(input, own, main);
  const currents = [...flows].flatMap(([key, flow]) => currentWords(input, key, flow));
  const first = Math.min(...flows.values());
  return [
    rates.length / layout.RATE_WORDS,
    append(rates),
    jumps.norms[bath],
    narrowProducts.length / layout.PRODUCT_WORDS,
    allProducts.length / layout.PRODUCT_WORDS,
    append(allProducts),
    flows.size === 0 ? 0 : first,
    layout.FLOW_SIZE * flows.size,
    narrowLosses.length / layout.NARROW_LOSS_WORDS,
    append(narrowLosses),
    wideLosses.length / layout.WIDE_LOSS_WORDS,
    append(wideLosses),
    narrowGains.length / layout.NARROW_GAIN_WORDS,
    append(narrowGains),
    gains.count,
    append(gains.entries),
    currents.length / layout.CURRENT_WORDS,
    append(currents),
  ];
}

/** Q = ½ D ∘ S, element by element. */
function rateWords(
  { levels: n, frequencies }: GeneratorInput,
  { bath, q: qPairs, qCells, source, kind }: PlacedJump,
): readonly number[] {
  const { label, occupation, limitCells } = frequencies;
  return qPairs.flatMap(([p, q]) => {
    const [to, from] = [elementOf(qCells, n, p, q), elementOf(source, n, p, q)];
    return [to, from, label(p, q), occupation(bath, p, q), limitCells + bath, kind];
  });
}

/** Products A Q: those that end in a population, and the others. */
function productWords(
  { levels: n, frequencies: { label }, jumps: { energyCells } }: GeneratorInput,
  { q: qPairs, a: aPairs, qCells, aCells }: PlacedJump,
  flows: Flows,
): { readonly narrow: readonly number[]; readonly wide: readonly number[] } {
  const narrow: number[] = [];
  const wide: number[] = [];
  for (const [p, l] of aPairs) {
    for (const [k, q] of qPairs) {
      if (k !== l) continue;
      const flow = flows.get(n * p + q)!;
      const operands = [elementOf(aCells, n, p, l), elementOf(qCells, n, l, q)];
      const product = [...operands, label(l, q), label(l, p), flow, flow + 2];
      (p === q ? narrow : wide).push(...product, energyCells + l, energyCells + p);
    }
  }
  return { narrow, wide };
}

/** Q ρ A between populations. */
function narrowGainWords(
  { levels: n, main }: GeneratorInput,
  { q: qPairs, a: aPairs, qCells, aCells }: PlacedJump,
): readonly number[] {
  const adjoint = new Set(aPairs.map(([p, q]) => n * p + q));
  return qPairs
    .filter(([p, q]) => adjoint.has(n * q + p))
    .flatMap(([p, q]) => [
      elementOf(qCells, n, p, q),
      elementOf(aCells, n, q, p),
      main.place(p, q),
    ]);
}

/** Q ρ A + h.c. in a sector, but for what goes between populations, in groups by where it goes. */
function wideGains(
  { levels: n, frequencies: { label } }: GeneratorInput,
  of: readonly PlacedJump[],
  sector: Sector,
): { readonly count: number; readonly entries: readonly number[] } {
  const byPlace = new Map<string, { to: number[]; gains: number[] }>();
  for (const { q: qPairs, a: aPairs, qCells, aCells } of of) {
    for (const [p, q] of qPairs) {
      for (const [q1, p1] of aPairs) {
        if (!sector.has(p, p1) || (p === p1 && q === q1)) continue;
        const targets = sector.targets(p, p1, q, q1);
        const to = [0, 2, 4, 6].map((k) => targets[k]);
        const factors = [1, 3, 5, 7].map((k) => targets[k]);
        const operands = [elementOf(qCells, n, p, q), elementOf(aCells, n, q1, p1)];
        const gain = [...operands, label(p, q), label(p1, q1), ...factors];
        const group = byPlace.get(to.join());
        if (group) group.gains.push(...gain);
        else byPlace.set(to.join(), { to, gains: gain });
      }
    }
  }
  const entries = [...byPlace.values()].flatMap(({ to, gains }) => [
    ...to,
    gains.length / layout.GAIN_WORDS,
    ...gains,
  ]);
  return { count: byPlace.size, entries };
}

/** J_pq and the unknown ρ_qp it meets in the current. */
function currentWords(
  { levels: n, main, solutionCells }: GeneratorInput,
  key: number,
  flow: number,
): readonly number[] {
  const [p, q] = [Math.floor(key / n), key % n];
  if (p === q) return [flow + 2, solutionCells + p, -1, 0];
  const u = solutionCells + main.unknown(p, q);
  return [flow + 2, u, u + 1, q < p ? 1 : -1];
}

/** Pairs of labels whose agreement couples a coherence to the populations. */
function couplersOf({ jumps, frequencies: { label } }: GeneratorInput): readonly number[] {
  const couplers = new Map<string, Pair>();
  for (const { q: qPairs, a: aPairs } of jumps.jumps) {
    for (const [p, l] of aPairs) {
      for (const [k, q] of qPairs) {
        if (k !== l || p === q) continue;
        const pair = [label(l, Math.min(p, q)), label(l, Math.max(p, q))] as const;
        couplers.set(pair.join(), pair);
      }
    }
  }
  return [...couplers.values()].flat();
}

/** Words of −i E_pq ρ_pq; `local` has a commutator instead. */
function detunings(
  { jumps: { energyCells } }: GeneratorInput,
  { coherences, unknown, place }: Sector,
): readonly number[] {
  return coherences.flatMap(([p, q]) => {
    const u = unknown(p, q);
    return [energyCells + p, energyCells + q, place(u, u + 1), place(u + 1, u)];
  });
}

function islandRecord(
  input: GeneratorInput,
  island: Sector,
  losses: readonly number[],
  { append }: PlanWriter,
): readonly number[] {
  const { local, jumps } = input;
  const pairs = local ? [] : island.coherences;
  const gains = wideGains(input, jumps.jumps, island);
  const turning = local ? [] : detunings(input, island);
  return [
    island.size,
    pairs.length,
    append(pairs.flatMap(([p, q]) => [jumps.energyCells + p, jumps.energyCells + q])),
    losses.length / layout.WIDE_LOSS_WORDS,
    append(losses),
    gains.count,
    append(gains.entries),
    turning.length / layout.DETUNING_WORDS,
    append(turning),
  ];
}
