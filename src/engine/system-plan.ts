import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";
import type { ColumnGroup, ResultColumn, SpectrumName, SystemModel } from "../models/model.ts";
import { systemPlaces, type SystemEquation } from "../models/system-model.ts";
import { planWriter, type PlanWriter } from "./plan-writer.ts";
import { spectrumCodes, type Plan } from "./plan.ts";
import { tabulateFrequencies, type SystemFrequencies } from "./system-frequencies.ts";
import { tabulateGenerator } from "./system-generator.ts";
import { tabulateJumps, type SystemJumps } from "./system-jumps.ts";
import { isReal } from "./system-structure.ts";
import { findSectors, type Sector } from "./system-sector.ts";
import { tabulateSums } from "./system-sums.ts";
import { makeTapePlan } from "./tape-plan.ts";

/** How an equation chooses its terms. */
const keeps: Readonly<Record<SystemEquation, number>> = {
  lindblad: layout.KEEP_RELATIVE,
  local: layout.KEEP_RELATIVE,
  redfield: layout.KEEP_ALL,
  "partial-secular": layout.KEEP_ABSOLUTE,
  unified: layout.KEEP_CLUSTERS,
};

/** What a straight line needs to know of the plan beside which it stands. */
export interface SystemParts {
  readonly parameterCells: number;
  readonly jumps: SystemJumps;
  readonly frequencies: SystemFrequencies;
  readonly main: Sector;
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
  { system, parameters, baths: bathNames }: SystemModel,
  equation: SystemEquation,
  spectra: readonly SpectrumName[],
  bars: number,
): { readonly plan: Plan; readonly parts: SystemParts } {
  const { levels: n } = system;
  const baths = bathNames.length;
  const local = equation === "local";
  const writer = planWriter(layout.SYSTEM_HEADER_WORDS);
  const { words, cells, reserve, table } = writer;

  const parameterCount = parameters.length + common.BATH_PARAMETERS * baths;
  const parameterCells = reserve(parameterCount);
  const names = parameters.map(({ name }) => name);
  const parameterCell = (name: string) => parameterCells + names.indexOf(name);
  const sums = tabulateSums(system, local, parameterCell, writer);

  const zeroCells = cells();
  const places = systemPlaces(n, baths, local);
  const results = places.count + bars;
  const resultCells = reserve(results);
  const labelCells = reserve(n * n);
  const jumps = tabulateJumps(system, local, sums, writer);
  const zeroCount = cells() - zeroCells;

  const frequencies = tabulateFrequencies(n, baths, labelCells, jumps, writer);
  const { main, islands } = findSectors(n, jumps);
  tabulateGenerator({ levels: n, baths, jumps, frequencies, main, islands }, writer);
  placeSolver(n, main, islands, writer);

  const number = parameters.findIndex(({ name }) => !system.parameters.includes(name));
  const header: readonly (readonly [number, number])[] = [
    [common.MODEL, common.MODEL_SYSTEM],
    [common.SOLVER, common.SOLVER_LU],
    [common.LEVELS, n],
    [common.BATHS, baths],
    [common.MODEL_PARAMETERS, parameters.length],
    [common.RESULTS, places.count],
    [common.BARS, bars],
    [common.PARAMETER_CELLS, parameterCells],
    [common.BATH_CELLS, reserve(common.BATH_SIZE * baths)],
    [common.CURRENT_CELLS, reserve(common.CURRENT_SIZE * baths)],
    [common.RESULT_CELLS, resultCells],
    [common.INSIDE_CELLS, reserve(1 + 2 * baths)],
    [common.UNIQUE_CELLS, reserve(1)],
    [common.VARIES_CELLS, reserve(1 + 2 * baths)],
    [common.BLOCK_PAIRS, 1],
    [layout.EQUATION, keeps[equation]],
    [layout.REAL, !local && isReal(system) ? 1 : 0],
    [layout.NUMBER_CELL, number < 0 ? -1 : parameterCells + number],
    [layout.CUTOFF_CELL, reserve(1)],
    [layout.RANK_CELLS, reserve(n)],
    [layout.DENSITY_CELLS, reserve(common.COMPLEX * n * n)],
    [layout.BARE_CURRENT_CELLS, reserve(common.CURRENT_SIZE * baths)],
    [layout.ZERO_CELLS, zeroCells],
    [layout.ZERO_COUNT, zeroCount],
  ];
  for (const [slot, word] of header) words[slot] = word;
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
      cells: cells(),
      block: 1,
      parameters: parameterCount,
      results,
      unknowns: main.size,
    },
    parts: { parameterCells, jumps, frequencies, main },
  };
}

/** The matrix of the populations' unknowns, its factors and solution. */
function placeSolver(
  n: number,
  { size, unknown }: Sector,
  islands: readonly Sector[],
  { words, reserve, table }: PlanWriter,
): void {
  const largest = Math.max(size, ...islands.map((island) => island.size));
  words[common.UNKNOWNS] = size;
  words[common.MATRIX_CELLS] = reserve(size * size + 1);
  words[common.FACTOR_CELLS] = reserve(largest * largest + 1);
  words[common.PIVOT_CELLS] = reserve(largest + 1);
  words[layout.COLUMN_SCALE_CELLS] = reserve(size);
  words[layout.RIGHT_CELLS] = reserve(size);
  const solution = reserve(size);
  words[common.SOLUTION_CELLS] = solution;
  const pairs: number[] = [];
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const u = unknown(p, q);
      pairs.push(u < 0 ? -1 : solution + u);
    }
  }
  table(layout.PAIR_TABLE, 1, pairs);
}
