import * as common from "../../assembly/layout.ts";
import { CONSTANT_WORDS } from "../../assembly/system-layout.ts";
import * as layout from "../../assembly/tape-layout.ts";
import type { SpectrumName, SystemModel } from "../models/model.ts";
import { systemPlaces, type SystemEquation } from "../models/system-model.ts";
import { spectrumCodes, type Plan } from "./plan.ts";
import type { SystemParts } from "./system-plan.ts";
import { makeSector } from "./system-sector.ts";
import { isReal } from "./system-structure.ts";
import { makeLine, type Wanted } from "./system-tape.ts";
import { tapeBuilder } from "./tape-builder.ts";
import { makeSource } from "./tape-source.ts";

/** Tapes beyond are longer than what they save. */
const MOST_OPERATIONS = 8192;

/**
 * The straight line of a system: undefined for `local`, whose operators are not those of the energy
 * basis, and where it would be long.
 */
export function makeTapePlan(
  { system, parameters, baths }: SystemModel,
  equation: SystemEquation,
  spectra: readonly SpectrumName[],
  general: Plan,
  parts: SystemParts,
  wanted: Wanted,
): Plan | undefined {
  const { levels: n } = system;
  const keepsAll = equation === "redfield";
  if (equation === "local" || (keepsAll && parts.main.size > 16)) return undefined;
  if (baths.length > layout.MOST_BATHS) return undefined;
  // its columns lie behind the cells of the general plan
  const first = Math.ceil(general.cells / layout.LINE_BLOCK);
  let cells = first;
  const reserve = (count: number) => (cells += count) - count;
  const words = Array<number>(layout.TAPE_HEADER_WORDS).fill(0);
  const table = (slot: number, entries: readonly number[]) => {
    words[slot] = words.length;
    for (const word of entries) words.push(word);
  };
  const { jumps, frequencies } = parts;
  const parameterCount = parameters.length + common.BATH_PARAMETERS * baths.length;
  const parameterCells = reserve(parameterCount);
  const bathCells = reserve(common.BATH_SIZE * baths.length);
  const insideCells = reserve(1 + 2 * baths.length);
  const variesCells = reserve(1 + 2 * baths.length);
  const limitCells = reserve(baths.length);

  const spectrumStage = (b: number) => layout.BATH_STAGE << (baths.length + b);
  // what a bath's spectrum decides stands still where the bath does
  const bathStages = (b: number) => (layout.BATH_STAGE << b) | spectrumStage(b);
  const every = baths.reduce((set, _, b) => set | bathStages(b), layout.MODEL_STAGE);
  const builder = tapeBuilder(() => reserve(1), every);
  const parameter = (k: number) => builder.leaf(parameterCells + k, layout.MODEL_STAGE);
  const own = parameters.map((_, k) => parameter(k));
  const source = makeSource(general, own, frequencies, insideCells, builder, reserve);
  const { value, gathers } = source;
  const occupationCells = reserve(common.OCCUPATION_SIZE * baths.length * source.frequencies);
  const real = isReal(system);
  const elementPart = (b: number, p: number, q: number, part: number) =>
    value(jumps.operatorCells[b] + common.COMPLEX * (n * p + q) + part);
  // a level's own correlations are those at ω = 0
  const rests = jumps.jumps.some(({ q }) => q.some(([p, l]) => p === l));
  const temperature = (b: number) =>
    parameterCells + parameters.length + common.BATH_PARAMETERS * b + common.TEMPERATURE;
  /** D of bath b at the frequency of a pair. */
  const correlation = (b: number, p: number, q: number, part: number) => {
    const number = b * source.frequencies + source.frequencyOf(n * p + q);
    const at = occupationCells + common.OCCUPATION_SIZE * number + part;
    return builder.leaf(at, layout.MODEL_STAGE | bathStages(b), true);
  };
  const hermitian = system.couplings.map((c) => c.hermitian);
  const sector = keepsAll ? parts.main : makeSector(n, [], true);
  const line = makeLine(
    {
      levels: n,
      baths: baths.length,
      jumps: jumps.jumps,
      sector,
      keepsAll,
      energy: (p) => value(jumps.energyCells + p),
      label: (p, q) => value(frequencies.label(p, q)),
      element: (b, p, q) => {
        const turned = hermitian[b] && p > q;
        const [i, j] = turned ? [q, p] : [p, q];
        const none = real || (hermitian[b] && p === q);
        const im = none ? null : elementPart(b, i, j, 1);
        return { re: elementPart(b, i, j, 0), im: turned ? builder.negated(im) : im };
      },
      norm: (b) => value(jumps.norms[b]),
      emission: (b, p, q) => correlation(b, p, q, common.EMISSION),
      absorption: (b, p, q) => correlation(b, p, q, common.ABSORPTION),
      limit: (b) => builder.leaf(limitCells + b, bathStages(b), true),
      temperature: (b) => builder.leaf(temperature(b), bathStages(b), true),
      allowed: source.allowed,
      inside: (b) =>
        builder.both(
          builder.leaf(insideCells + 1 + b, bathStages(b)),
          builder.leaf(insideCells + 1 + baths.length + b, spectrumStage(b)),
        ),
      wanted,
    },
    builder,
  );
  const { accepted, negative, broken, populations, coherences, currents, residual } = line;
  const found = [...populations, ...coherences, ...currents, residual];
  const tape = builder.tape([accepted, negative, broken, ...found], source.placed);
  if (tape.operations > MOST_OPERATIONS) return undefined;
  const outputs = tape.outputs;
  const places = systemPlaces(n, baths.length, false);
  const header: readonly (readonly [number, number])[] = [
    [common.MODEL, common.MODEL_SYSTEM],
    [common.SOLVER, common.SOLVER_TAPE],
    [common.LEVELS, n],
    [common.BATHS, baths.length],
    [common.FREQUENCIES, source.frequencies],
    [common.MODEL_PARAMETERS, parameters.length],
    [common.RESULTS, places.count],
    [common.PARAMETER_CELLS, parameterCells],
    [common.FREQUENCY_CELLS, source.frequencyCells],
    [common.BATH_CELLS, bathCells],
    [common.OCCUPATION_CELLS, occupationCells],
    [common.INSIDE_CELLS, insideCells],
    [common.VARIES_CELLS, variesCells],
    [common.BLOCK_PAIRS, layout.LINE_BLOCK],
    [layout.SEGMENTS, tape.count],
    [layout.CONSTANTS, tape.constants.length / CONSTANT_WORDS],
    [layout.GATHERS, gathers.length / layout.GATHER_WORDS],
    [layout.LIMIT_CELLS, rests ? limitCells : -1],
    [layout.RANK_CELLS, source.rankCells],
    [layout.LEAVES, tape.leaves.length / layout.LEAF_WORDS],
    [layout.ACCEPTED, outputs[0]],
    [layout.NEGATIVE, outputs[1]],
    [layout.BROKEN, outputs[2]],
  ];
  for (const [slot, word] of header) words[slot] = word;
  const after = 3 + sector.size;
  const coherenceWords: number[] = [];
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const u = sector.unknown(p, q);
      coherenceWords.push(u < 0 ? -1 : outputs[3 + u], u < 0 ? -1 : outputs[4 + u]);
    }
  }
  table(
    common.SPECTRUM_TABLE,
    spectra.map((name) => spectrumCodes[name]),
  );
  table(layout.SEGMENT_TABLE, tape.segments);
  table(layout.LEAF_TABLE, tape.leaves);
  table(layout.CONSTANT_TABLE, tape.constants);
  table(layout.GATHER_TABLE, gathers);
  table(layout.LEVEL_TABLE, outputs.slice(3, 3 + n));
  table(layout.COHERENCE_TABLE, coherenceWords);
  table(layout.CURRENT_TABLE, outputs.slice(after));
  table(common.SOURCE_TABLE, Array<number>(common.SOURCE_WORDS * parameterCount).fill(0));
  table(common.SINK_TABLE, Array<number>(common.SINK_WORDS * general.results).fill(0));
  words[common.FALLBACK] = words.length;
  words[layout.GENERAL_CELLS] = cells;
  // the twin, whose columns are cells, has the general plan's behind them
  const whole = Math.max(cells * layout.LINE_BLOCK, cells + general.cells);
  const joined = new Int32Array(words.length + general.words.length);
  joined.set(words);
  joined.set(general.words, words.length);
  return { ...general, words: joined, cells: whole };
}
