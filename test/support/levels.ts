import * as layout from "../../assembly/layout.ts";
import { createEngine, type Backend } from "../../src/engine/engine.ts";
import { bufferOf, createMemory, memoryMap, writeConstants } from "../../src/engine/memory.ts";
import { makePlan } from "../../src/engine/plan.ts";
import { slotLayout } from "../../src/engine/slot.ts";
import { kernelModule } from "../../src/engine/wasm/module.ts";
import { resultPlaces } from "../../src/models/columns.ts";
import type { Model, Parameter, Structure } from "../../src/models/model.ts";
import { chunkEvaluator } from "../../src/pool/chunk-evaluator.ts";
import type { Sweep } from "../../src/spec/sweep.ts";
import type { Complex, LiteralEquation, System } from "./literal.ts";

/** A system of any number of levels and baths, every pair of levels driven by every bath. */
export interface LevelSystem {
  readonly energies: readonly number[];
  /** S¹ of each bath, ⟨p|S¹|q⟩ for p > q. */
  readonly raising: readonly (readonly (readonly Complex[])[])[];
  readonly temperatures: readonly number[];
  readonly strengths: readonly number[];
}

export function randomLevelSystem(
  levels: number,
  baths: number,
  random: () => number,
): LevelSystem {
  let energy = -random();
  const energies = Array.from({ length: levels }, () => (energy += 0.2 + random()));
  const complex = (): Complex => ({ re: 2 * random() - 1, im: 2 * random() - 1 });
  const raising = Array.from({ length: baths }, () =>
    energies.map((_, p) => energies.map((__, q) => (p > q ? complex() : { re: 0, im: 0 }))),
  );
  return {
    energies,
    raising,
    temperatures: Array.from({ length: baths }, () => 0.5 + 3 * random()),
    strengths: Array.from({ length: baths }, () => 0.1 + random()),
  };
}

export function literalOf({ energies, raising, temperatures, strengths }: LevelSystem): System {
  return {
    energies,
    baths: raising.map((s, bath) => {
      const n = (omega: number) => 1 / Math.expm1(omega / temperatures[bath]);
      return {
        raising: s,
        emission: (omega) => strengths[bath] * (1 + n(omega)),
        absorption: (omega) => strengths[bath] * n(omega),
      };
    }),
  };
}

/** Pairs p > q in the order of their frequencies and elements. */
function pairsOf(levels: number): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (let p = 1; p < levels; p++) for (let q = 0; q < p; q++) pairs.push([p, q]);
  return pairs;
}

/** The structure of such a system: an element of its own for every bath and pair of levels. */
export function structureOf(levels: number, baths: number): Structure {
  const pairs = pairsOf(levels);
  const classOf = (p: number, q: number) => pairs.findIndex(([a, b]) => a === p && b === q) + 1;
  return {
    levels,
    frequencies: pairs.length,
    elements: baths * pairs.length,
    transition: (p, q) => (p === q ? 0 : p > q ? classOf(p, q) : -classOf(q, p)),
    raising: Array.from({ length: baths }, (_, bath) =>
      pairs.map(([bra, ket], k) => ({ bra, ket, element: bath * pairs.length + k, sign: 1 })),
    ),
    coherences: [...pairs.map(([p, q]) => [q, p] as const), ...pairs],
  };
}

export interface LevelResult {
  readonly populations: readonly number[];
  /** ρ_qp, q < p, in the order of `pairs`. */
  readonly coherences: readonly Complex[];
  /** ρ_pq of the same pairs, an unknown of its own. */
  readonly conjugates: readonly Complex[];
  readonly currents: readonly number[];
  readonly residual: number;
  readonly status: number;
}

/** Solves systems of one shape, a row each, by the engine's general kernel. */
export function solveLevels(
  systems: readonly LevelSystem[],
  equation: LiteralEquation,
  backend: Backend,
): { readonly rows: readonly LevelResult[]; readonly bytes: Buffer } {
  const levels = systems[0].energies.length;
  const baths = systems[0].raising.length;
  const pairs = pairsOf(levels);
  const structure = structureOf(levels, baths);
  const places = resultPlaces(structure);
  const values = systems.map((s) => [
    ...s.energies,
    ...pairs.map(([p, q]) => s.energies[p] - s.energies[q]),
    ...s.raising.flatMap((r) => pairs.flatMap(([p, q]) => [r[p][q].re, r[p][q].im])),
  ]);
  const names = values[0].map((_, k) => `x${k}`);
  const bathNames = Array.from({ length: baths }, (_, b) => `${b}`);
  const swept = [...names, ...bathNames.flatMap((b) => [`T_${b}`, `g_${b}`])];
  const table = swept.map((_, k) =>
    systems.map((s, row) =>
      k < names.length
        ? values[row][k]
        : [s.temperatures, s.strengths][(k - names.length) % 2][(k - names.length) >> 1],
    ),
  );
  const model = {
    parameters: names.map((name) => ({ name }) as Parameter),
    baths: bathNames,
  } as unknown as Model;
  const sweep = {
    model,
    constants: new Map(),
    axes: [
      {
        names: swept,
        count: systems.length,
        values: table.map((list) => ({ kind: "list", values: list })),
      },
    ],
    columns: Array.from({ length: places.count }, (_, result) => ({ result })),
    rows: systems.length,
  } as unknown as Sweep;
  const plan = makePlan({
    structure,
    modelCode: layout.MODEL_LEVELS,
    modelParameters: names.length,
    equation,
    method: "lu",
    spectra: bathNames.map(() => "flat"),
    bars: false,
  });
  const slot = slotLayout(sweep, plan, systems.length);
  const map = memoryMap(plan, slot, 1);
  const memory = createMemory(map);
  writeConstants(memory, map, slot);
  const module = backend === "wasm" ? kernelModule() : undefined;
  const job = { axes: sweep.axes, plan, layout: slot, map, memory, module };
  chunkEvaluator(job, createEngine(job))({ slot: 0, firstRow: 0, rows: systems.length });

  const [start] = map.slots;
  const columns = slot.columns
    .slice(slot.axisColumns)
    .map((offset) => new Float64Array(bufferOf(memory), start + offset, systems.length).slice());
  const status = new Uint8Array(bufferOf(memory), start + slot.status, systems.length).slice();
  const rows = systems.map((_, row): LevelResult => {
    const at = (place: number) => columns[place][row];
    const coherence = (c: number) => ({ re: at(places.re(c)), im: at(places.im(c)) });
    return {
      populations: Array.from({ length: levels }, (__, n) => at(places.population(n))),
      coherences: pairs.map((__, c) => coherence(c)),
      conjugates: pairs.map((__, c) => coherence(pairs.length + c)),
      currents: bathNames.map((__, b) => at(places.current(b))),
      residual: at(places.residual),
      status: status[row],
    };
  });
  const bytes = Buffer.concat([...columns.map((c) => Buffer.from(c.buffer)), Buffer.from(status)]);
  return { rows, bytes };
}
