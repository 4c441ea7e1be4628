import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";
import { systemPlaces, type SystemEquation } from "../models/system-model.ts";
import type { ColumnGroup, ResultColumn, SpectrumName, SystemModel } from "../models/model.ts";
import type { OperatorSum } from "../systems/operator-sum.ts";
import { spectrumCodes, type Plan } from "./plan.ts";
import { programBuilder } from "./program-builder.ts";
import { makeSector, type Sector } from "./system-sector.ts";
import { makeTapePlan } from "./tape-plan.ts";
import {
  blocksOf,
  coupledGroups,
  type Jump,
  type Pair,
  pairsOf,
  productPairs,
  projectedSupport,
  type Support,
  supportOf,
  transposed,
} from "./system-structure.ts";

/** How an equation chooses its terms. */
const keeps: Readonly<Record<SystemEquation, number>> = {
  lindblad: layout.KEEP_RELATIVE,
  local: layout.KEEP_RELATIVE,
  redfield: layout.KEEP_ALL,
  "partial-secular": layout.KEEP_ABSOLUTE,
  unified: layout.KEEP_CLUSTERS,
};

/** A jump's operators in memory. */
export interface PlacedJump extends Jump {
  readonly qCells: number;
  readonly aCells: number;
  /** Whose elements Q is made of. */
  readonly source: number;
  readonly kind: number;
}

/** What a straight line needs to know of the plan beside which it stands. */
export interface SystemParts {
  readonly jumps: readonly PlacedJump[];
  readonly main: Sector;
  /** The frequencies that baths drive, by N p + q of the pair p < q. */
  readonly driven: ReadonlyMap<number, number>;
  /** Cells of the parameters, frequencies and energies, of w(q → p), of a norm, of an element's parts. */
  readonly parameterCells: number;
  readonly frequencyCells: number;
  readonly energyCells: number;
  readonly label: (p: number, q: number) => number;
  readonly norms: readonly number[];
  readonly element: (bath: number, p: number, q: number) => number;
}

/**
 * The symbolic phase of a system from a spec. A system small enough has a straight line, with this plan
 * behind for the rows it does not accept.
 */
export function makeSystemPlan(
  model: SystemModel,
  equation: SystemEquation,
  spectra: readonly SpectrumName[],
  columns: readonly ResultColumn[],
): Plan {
  const has = (group: ColumnGroup) =>
    model.columns[group].some(({ result }) => columns.some((c) => c.result === result));
  const bars = has("rcond") ? 1 : 0;
  const { plan, parts } = tabulateSystem(model, equation, spectra, bars);
  const wanted = { coherences: has("coherences"), residual: has("residual") };
  return makeTapePlan(model, equation, spectra, plan, parts, wanted) ?? plan;
}

/**
 * The general plan: which elements of which operator can be there, which coherences the populations
 * couple to, and which products of elements go to which entry of the matrix.
 */
function tabulateSystem(
  { system, parameters, baths }: SystemModel,
  equation: SystemEquation,
  spectra: readonly SpectrumName[],
  bars: number,
): { readonly plan: Plan; readonly parts: SystemParts } {
  const { levels: n, hamiltonian, couplings } = system;
  const local = equation === "local";
  let cells = 0;
  const reserve = (count: number) => (cells += count) - count;
  const complex = (count: number) => reserve(common.COMPLEX * count);
  const words: number[] = Array<number>(layout.SYSTEM_HEADER_WORDS).fill(0);
  const append = (entries: Iterable<number>) => {
    const first = words.length;
    for (const word of entries) words.push(word);
    return first;
  };
  /** A table, and the number of its entries in the header word before it. */
  const table = (slot: number, size: number, entries: readonly number[], count?: number) => {
    words[slot] = append(entries);
    if (count !== undefined) words[count] = entries.length / size;
  };

  const parameterCount = parameters.length + common.BATH_PARAMETERS * baths.length;
  const parameterCells = reserve(parameterCount);
  const names = parameters.map(({ name }) => name);
  const operators = [
    hamiltonian,
    ...(local ? [system.bare!] : []),
    ...couplings.map((c) => c.operator),
  ];
  const builder = programBuilder(
    (name) => parameterCells + names.indexOf(name),
    () => reserve(1),
  );

  // operators in the product basis
  const sumWords: number[] = [];
  const coefficients = operators.map(({ terms }) =>
    [...terms.values()].map((term) => ({ term, cell: builder.coefficient(term.factors) })),
  );
  for (const term of operators.flatMap(({ terms }) => [...terms.values()])) {
    for (const value of [...term.matrix.re, ...term.matrix.im]) builder.constant(value);
  }
  const sumCells = cells;
  const entriesOf = (k: number, cellOf: (i: number, j: number) => number) => {
    for (const { term, cell } of coefficients[k]) {
      const { re, im } = term.matrix;
      for (let at = 0; at < n * n; at++) {
        if (re[at] === 0 && im[at] === 0) continue;
        const imCell = im[at] === 0 ? -1 : builder.constant(im[at]);
        const to = cellOf(Math.floor(at / n), at % n);
        sumWords.push(to, cell, builder.constant(re[at]), imCell);
      }
    }
  };
  const matrixOf = (k: number) => {
    const first = complex(n * n);
    entriesOf(k, (i, j) => first + common.COMPLEX * (n * i + j));
    return first;
  };
  const hamiltonianCells = matrixOf(0);
  const bareCells = local ? matrixOf(1) : hamiltonianCells;
  const couplingEntries = couplings.map(({ operator }, b) => {
    const pairs = pairsOf(supportOf(operator, n));
    const at = new Map(pairs.map(([i, j]) => [n * i + j, complex(1)]));
    entriesOf((local ? 2 : 1) + b, (i, j) => at.get(n * i + j)!);
    return pairs.map(([i, j]) => [i, j, at.get(n * i + j)!] as const);
  });
  const sumCount = cells - sumCells;

  // what must be zero before the first row
  const zeroCells = cells;
  const places = systemPlaces(n, baths.length, local);
  const results = places.count + bars;
  const resultCells = reserve(results);
  const labelCells = reserve(n * n);
  const label = (p: number, q: number) => labelCells + n * p + q;
  const basis = (of: OperatorSum, matrixCells: number) => {
    const blocks = blocksOf(supportOf(of, n));
    const energies = reserve(n);
    const vectors = complex(n * n);
    const first = words.length;
    const starts = Array<number>(n).fill(0);
    for (const block of blocks) {
      const start = append([block.length, ...block]);
      for (const p of block) starts[p] = start;
    }
    const byLevel = append(starts);
    return {
      blocks,
      energies,
      vectors,
      byLevel,
      record: [matrixCells, energies, vectors, blocks.length, first, byLevel],
    };
  };
  const dissipator = basis(local ? system.bare! : hamiltonian, bareCells);
  const bases = [dissipator, ...(local ? [basis(hamiltonian, hamiltonianCells)] : [])];
  const commutatorCells = local ? complex(n * n) : 0;
  const turnedCells = local ? complex(n * n) : 0;

  // operators in the dissipator's basis
  const operatorMatrix = () => complex(n * n);
  const element = (first: number, p: number, q: number) => first + common.COMPLEX * (n * p + q);
  const projectionWords: number[] = [];
  const project = (
    entries: readonly (readonly [number, number, number])[],
    support: Support,
    target: number,
    adjointCells: number,
  ) => {
    const elements = pairsOf(support).filter(([p, q]) => adjointCells >= 0 || p <= q);
    const norm = reserve(1);
    projectionWords.push(
      entries.length,
      append(entries.flat()),
      elements.length,
      append(elements.flat()),
      target,
      adjointCells,
      dissipator.vectors,
      dissipator.byLevel,
      norm,
    );
    return norm;
  };
  const jumps: PlacedJump[] = [];
  const operatorCells: number[] = [];
  const norms = couplings.map(({ operator, hermitian }, bath) => {
    const support = projectedSupport(supportOf(operator, n), dissipator.blocks);
    const s = operatorMatrix();
    operatorCells.push(s);
    const sDagger = hermitian ? -1 : operatorMatrix();
    const jump = (q: Support, a: Support, aCells: number, source: number, kind: number) => {
      const [qPairs, aPairs] = [pairsOf(q), pairsOf(a)];
      const aq = productPairs(aPairs, qPairs, n);
      jumps.push({ bath, q: qPairs, a: aPairs, aq, qCells: complex(n * n), aCells, source, kind });
    };
    if (hermitian) jump(support, support, s, s, layout.HERMITIAN);
    else {
      const adjoint = transposed(support);
      jump(support, adjoint, sDagger, s, layout.EMITTING);
      jump(adjoint, support, s, sDagger, layout.ABSORBING);
    }
    return project(couplingEntries[bath], support, s, sDagger);
  });
  let commutator: readonly Pair[] = [];
  if (local) {
    const support = supportOf(hamiltonian, n);
    const projected = projectedSupport(support, dissipator.blocks);
    commutator = pairsOf(projected);
    const entries = pairsOf(support).map(
      ([i, j]) => [i, j, element(hamiltonianCells, i, j)] as const,
    );
    project(entries, projected, commutatorCells, -1);
  }
  const zeroCount = cells - zeroCells;

  // frequencies the baths drive
  const driven = new Map<number, number>();
  for (const { q } of jumps) {
    for (const [p, r] of q) {
      const key = n * Math.min(p, r) + Math.max(p, r);
      if (p !== r && !driven.has(key)) driven.set(key, driven.size);
    }
  }
  const labelWords = [...driven.keys()].flatMap((key) => {
    const [p, q] = [Math.floor(key / n), key % n];
    return [dissipator.energies + p, dissipator.energies + q, label(p, q), label(q, p)];
  });
  const frequencyCells = reserve(common.FREQUENCY_SIZE * driven.size);
  const bathCells = reserve(common.BATH_SIZE * baths.length);
  const occupationCells = reserve(common.OCCUPATION_SIZE * baths.length * driven.size);
  const limitCells = reserve(baths.length);
  const occupation = (bath: number, p: number, q: number) => {
    const f = driven.get(n * Math.min(p, q) + Math.max(p, q));
    return f === undefined
      ? -1
      : occupationCells + common.OCCUPATION_SIZE * (bath * driven.size + f);
  };

  // the populations and what couples to them, and the other groups of coherences
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
  const main = makeSector(n, groups.get(-1)!, true);
  const islands = [...groups]
    .filter(([group]) => group !== -1)
    .map(([, coherences]) => makeSector(n, coherences, false));
  const { size, has, unknown, place } = main;
  const largest = Math.max(size, ...islands.map((island) => island.size));
  const matrixCells = reserve(size * size + 1);
  const factorCells = reserve(largest * largest + 1);
  const pivotCells = reserve(largest + 1);
  const solutionCells = reserve(size);
  const columnScaleCells = reserve(size);
  const rightCells = reserve(size);
  /** Q ρ A + h.c. in a sector, but for what goes between populations, in groups by where it goes. */
  const wideGains = (of: readonly PlacedJump[], sector: Sector) => {
    const byPlace = new Map<string, { to: number[]; gains: number[] }>();
    for (const { q: qPairs, a: aPairs, qCells, aCells } of of) {
      for (const [p, q] of qPairs) {
        for (const [q1, p1] of aPairs) {
          if (!sector.has(p, p1) || (p === p1 && q === q1)) continue;
          const targets = sector.targets(p, p1, q, q1);
          const to = [0, 2, 4, 6].map((k) => targets[k]);
          const factors = [1, 3, 5, 7].map((k) => targets[k]);
          const operands = [element(qCells, p, q), element(aCells, q1, p1)];
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
  };

  // what each bath does
  const couplers = new Map<string, Pair>();
  const allFlows: ReadonlyMap<number, number>[] = [];
  const bathRecords = baths.map((_, bath) => {
    const own = jumps.filter((jump) => jump.bath === bath);
    const flows = new Map<number, number>();
    const flowCells = cells;
    for (const { aq } of own) {
      for (const [p, q] of aq) {
        if (flows.has(n * p + q)) continue;
        flows.set(n * p + q, reserve(layout.FLOW_SIZE));
      }
    }
    const flowCount = cells - flowCells;
    allFlows.push(flows);
    const rates: number[] = [];
    const narrowProducts: number[] = [];
    const wideProducts: number[] = [];
    const narrowGains: number[] = [];
    for (const { q: qPairs, a: aPairs, qCells, aCells, source, kind } of own) {
      for (const [p, q] of qPairs) {
        const [to, from] = [element(qCells, p, q), element(source, p, q)];
        const correlation = [occupation(bath, p, q), limitCells + bath];
        rates.push(to, from, label(p, q), ...correlation, kind);
      }
      const adjoint = new Set(aPairs.map(([p, q]) => n * p + q));
      for (const [p, q] of qPairs) {
        if (!adjoint.has(n * q + p)) continue;
        narrowGains.push(element(qCells, p, q), element(aCells, q, p), place(p, q));
      }
      for (const [p, l] of aPairs) {
        for (const [k, q] of qPairs) {
          if (k !== l) continue;
          const flow = flows.get(n * p + q)!;
          const operands = [element(aCells, p, l), element(qCells, l, q)];
          const energies = [dissipator.energies + l, dissipator.energies + p];
          const product = [...operands, label(l, q), label(l, p), flow, flow + 2, ...energies];
          (p === q ? narrowProducts : wideProducts).push(...product);
          if (p === q) continue;
          const pair = [label(l, Math.min(p, q)), label(l, Math.max(p, q))] as const;
          couplers.set(pair.join(), pair);
        }
      }
    }
    const gains = wideGains(own, main);
    const narrowLosses: number[] = [];
    const wideLosses: number[] = [];
    const currents: number[] = [];
    for (const [key, flow] of flows) {
      const [p, q] = [Math.floor(key / n), key % n];
      wideLosses.push(...main.losses(flow, p, q));
      if (p === q) {
        narrowLosses.push(flow, place(p, p));
        currents.push(flow + 2, solutionCells + p, -1, 0);
      } else {
        const u = solutionCells + unknown(p, q);
        currents.push(flow + 2, u, u + 1, q < p ? 1 : -1);
      }
    }
    return [
      rates.length / layout.RATE_WORDS,
      append(rates),
      norms[bath],
      narrowProducts.length / layout.PRODUCT_WORDS,
      (narrowProducts.length + wideProducts.length) / layout.PRODUCT_WORDS,
      append([...narrowProducts, ...wideProducts]),
      flowCells,
      flowCount,
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
  });

  const commutatorLosses = (sector: Sector) =>
    commutator.flatMap(([p, q]) => sector.losses(element(turnedCells, p, q), p, q));
  /** Words of −i E_pq ρ_pq; `local` has a commutator instead. */
  const detunings = ({ coherences, unknown: of, place: at }: Sector) =>
    (local ? [] : coherences).flatMap(([p, q]) => {
      const u = of(p, q);
      return [dissipator.energies + p, dissipator.energies + q, at(u, u + 1), at(u + 1, u)];
    });
  const islandWords = islands.flatMap((island) => {
    const pairs = local ? [] : island.coherences;
    const losses = [
      ...allFlows.flatMap((flows) =>
        [...flows].flatMap(([key, flow]) => island.losses(flow, Math.floor(key / n), key % n)),
      ),
      ...commutatorLosses(island),
    ];
    const gains = wideGains(jumps, island);
    const turning = detunings(island);
    return [
      island.size,
      pairs.length,
      append(pairs.flatMap(([p, q]) => [dissipator.energies + p, dissipator.energies + q])),
      losses.length / layout.WIDE_LOSS_WORDS,
      append(losses),
      gains.count,
      append(gains.entries),
      turning.length / layout.DETUNING_WORDS,
      append(turning),
    ];
  });

  const largestBlock = Math.max(...bases.flatMap(({ blocks }) => blocks.map((b) => b.length)));
  const pairWords: number[] = [];
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) pairWords.push(has(p, q) ? solutionCells + unknown(p, q) : -1);
  }
  const number = parameters.findIndex(({ name }) => !system.parameters.includes(name));
  const header: readonly (readonly [number, number])[] = [
    [common.MODEL, common.MODEL_SYSTEM],
    [common.SOLVER, common.SOLVER_LU],
    [common.LEVELS, n],
    [common.BATHS, baths.length],
    [common.FREQUENCIES, driven.size],
    [common.MODEL_PARAMETERS, parameters.length],
    [common.UNKNOWNS, size],
    [common.RESULTS, places.count],
    [common.BARS, bars],
    [common.PARAMETER_CELLS, parameterCells],
    [common.FREQUENCY_CELLS, frequencyCells],
    [common.BATH_CELLS, bathCells],
    [common.OCCUPATION_CELLS, occupationCells],
    [common.MATRIX_CELLS, matrixCells],
    [common.FACTOR_CELLS, factorCells],
    [common.PIVOT_CELLS, pivotCells],
    [common.SOLUTION_CELLS, solutionCells],
    [common.CURRENT_CELLS, reserve(common.CURRENT_SIZE * baths.length)],
    [common.RESULT_CELLS, resultCells],
    [common.INSIDE_CELLS, reserve(1 + 2 * baths.length)],
    [common.UNIQUE_CELLS, reserve(1)],
    [common.VARIES_CELLS, reserve(1 + 2 * baths.length)],
    [common.BLOCK_PAIRS, 1],
    [layout.SUM_CELLS, sumCells],
    [layout.SUM_COUNT, sumCount],
    [layout.EQUATION, keeps[equation]],
    [layout.NUMBER_CELL, number < 0 ? -1 : parameterCells + number],
    [layout.LABEL_CELLS, labelCells],
    [layout.LIMIT_CELLS, limitCells],
    [layout.CUTOFF_CELL, reserve(1)],
    [layout.COLUMN_SCALE_CELLS, columnScaleCells],
    [layout.RIGHT_CELLS, rightCells],
    [layout.RANK_CELLS, reserve(n)],
    [layout.WORK_CELLS, complex(2 * largestBlock * largestBlock)],
    [layout.HALF_CELLS, complex(n * n)],
    [layout.OVERLAP_CELLS, local ? complex(n * n) : 0],
    [layout.DENSITY_CELLS, complex(n * n)],
    [layout.COMMUTATOR_CELLS, commutatorCells],
    [layout.TURNED_CELLS, turnedCells],
    [layout.BARE_CURRENT_CELLS, reserve(common.CURRENT_SIZE * baths.length)],
    [layout.ZERO_CELLS, zeroCells],
    [layout.ZERO_COUNT, zeroCount],
  ];
  for (const [slot, word] of header) words[slot] = word;
  const { instructions, constants } = builder.program();
  table(layout.CONSTANT_TABLE, layout.CONSTANT_WORDS, constants, layout.CONSTANTS);
  table(layout.INSTRUCTION_TABLE, layout.INSTRUCTION_WORDS, instructions, layout.INSTRUCTIONS);
  table(layout.SUM_TABLE, layout.SUM_WORDS, sumWords, layout.SUMS);
  const basisWords = bases.flatMap(({ record }) => record);
  table(layout.BASIS_TABLE, layout.BASIS_WORDS, basisWords, layout.BASES);
  table(layout.PROJECTION_TABLE, layout.PROJECTION_WORDS, projectionWords, layout.PROJECTIONS);
  table(layout.LABEL_TABLE, layout.LABEL_WORDS, labelWords);
  table(layout.BATH_TABLE, layout.BATH_WORDS, bathRecords.flat());
  const couplerWords = [...couplers.values()].flat();
  table(layout.COUPLER_TABLE, layout.COUPLER_WORDS, couplerWords, layout.COUPLERS);
  table(layout.PAIR_TABLE, 1, pairWords);
  table(common.DETUNING_TABLE, layout.DETUNING_WORDS, detunings(main), common.DETUNINGS);
  table(
    layout.WIDE_COMMUTATOR_TABLE,
    layout.WIDE_LOSS_WORDS,
    commutatorLosses(main),
    layout.WIDE_COMMUTATORS,
  );
  table(layout.ISLAND_TABLE, layout.ISLAND_WORDS, islandWords, layout.ISLANDS);
  table(
    common.SPECTRUM_TABLE,
    1,
    spectra.map((name) => spectrumCodes[name]),
  );
  table(common.SOURCE_TABLE, 1, Array<number>(common.SOURCE_WORDS * parameterCount).fill(0));
  table(common.SINK_TABLE, 1, Array<number>(common.SINK_WORDS * results).fill(0));
  return {
    plan: {
      words: Int32Array.from(words),
      cells,
      block: 1,
      parameters: parameterCount,
      results,
      unknowns: size,
    },
    parts: {
      jumps,
      main,
      driven,
      parameterCells,
      frequencyCells,
      energyCells: dissipator.energies,
      label,
      norms,
      element: (bath, p, q) => element(operatorCells[bath], p, q),
    },
  };
}
