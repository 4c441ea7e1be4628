import * as layout from "../../assembly/layout.ts";
import { resultPlaces } from "../models/columns.ts";
import type { EquationName, MethodName, SpectrumName, Structure } from "../models/model.ts";
import { coupledPairs, kernelTerms, keyOf } from "./dissipator.ts";

/** What a kernel needs to know besides the numbers of a row; plain data, sent to the workers. */
export interface Plan {
  /** The tables of `assembly/layout.ts`, offsets of sources and sinks left at 0. */
  readonly words: Int32Array;
  /** Scratch of one pair of rows, in cells. */
  readonly cells: number;
  /** Pairs of rows the wasm works on at once; it has as much scratch for each. */
  readonly block: number;
  /** Parameters of a row: the system's, then T, g, exponent, cutoff of each bath. */
  readonly parameters: number;
  /** Length of a row's result vector, bars included; `resultPlaces` says what is where. */
  readonly results: number;
  /** Unknowns of the linear system; 0 for a closed form. */
  readonly unknowns: number;
}

/** A system to solve, by the codes of `assembly/layout.ts`. */
export interface PlanInput {
  readonly structure: Structure;
  readonly modelCode: number;
  readonly modelParameters: number;
  readonly equation: EquationName;
  readonly method: MethodName;
  readonly spectra: readonly SpectrumName[];
  /** Whether the condition and the error bars are computed too. */
  readonly bars: boolean;
}

export const spectrumCodes: Readonly<Record<SpectrumName, number>> = {
  flat: layout.SPECTRUM_FLAT,
  power: layout.SPECTRUM_POWER,
  drude: layout.SPECTRUM_DRUDE,
};

/** Of the paper's equations; a system of a spec has a plan of its own kind. */
const forms: Readonly<Partial<Record<EquationName, number>>> = {
  lindblad: layout.FORM_SECULAR,
  redfield: layout.FORM_STANDARD,
  "redfield-eq213": layout.FORM_PRINTED,
  "redfield-appendix": layout.FORM_PRINTED,
};

/**
 * The symbolic phase, once a sweep: which products make up which entry of the kernel, which
 * unknowns the populations couple to, and where in memory everything is. A straight-line solver has
 * the plan of the pivoted LU behind its own, for the rows it does not accept.
 */
export function makePlan(input: PlanInput): Plan {
  const solver = solverCode(input);
  const plan = tabulate(input, solver, 0);
  if (solver !== layout.SOLVER_PAIR_NUMERIC) return plan;
  const general = tabulate(input, layout.SOLVER_LU, plan.cells * plan.block);
  const words = Int32Array.of(...plan.words, ...general.words);
  words[layout.FALLBACK] = plan.words.length;
  return { ...general, words };
}

/** The tables of one solver, its scratch from cell `firstCell` on. */
function tabulate(input: PlanInput, solver: number, firstCell: number): Plan {
  const { structure } = input;
  const { levels, frequencies, elements } = structure;
  const baths = structure.raising.length;
  const lu = input.method === "lu";
  const numericPair = solver === layout.SOLVER_PAIR_NUMERIC;
  const appendix = input.equation === "redfield-appendix";
  const general = solver === layout.SOLVER_LU;
  const every = lu ? kernelTerms(structure, input.equation) : [];
  const coupled = lu ? coupledPairs(levels, every) : [];
  const terms = general ? every : [];
  const pairs = general ? coupled : [];
  const n = pairs.length;
  const unknownOf = new Map(pairs.map((pair, k) => [keyOf(pair), k]));

  const block = solver === layout.SOLVER_LU ? 1 : layout.BLOCK;
  let cells = firstCell;
  const reserve = (count: number) => (cells += count) - count;
  const parameters = input.modelParameters + layout.BATH_PARAMETERS * baths;
  const parameterCells = reserve(parameters);
  const energyCells = reserve(levels);
  const frequencyCells = reserve(layout.FREQUENCY_SIZE * frequencies);
  const elementCells = reserve(layout.COMPLEX * elements);
  const bathCells = reserve(layout.BATH_SIZE * baths);
  const occupationCells = reserve(layout.OCCUPATION_SIZE * baths * frequencies);
  const insideCells = reserve(1 + 2 * baths);
  const uniqueCells = reserve(1);
  const failedCells = reserve(1);
  const variesCells = reserve(1 + 2 * baths);
  const transitionCells = reserve(layout.TRANSITION_SIZE * frequencies + layout.BIAS_SIZE);

  const pairCells = reserve(numericPair ? layout.PAIR_SIZE : 0);
  const bitsCells = reserve(numericPair ? 1 : 0);
  const workCells = reserve(numericPair ? layout.WORK_SIZE : 0);

  const rateIndex = new Map<string, number>();
  const rateWords: number[] = [];
  const rateOf = terms.map(({ bath, a, b, frequency, emission }) => {
    const key = [bath, a, b, frequency, emission].join();
    const known = rateIndex.get(key);
    if (known !== undefined) return known;
    const occupation =
      occupationCells + layout.OCCUPATION_SIZE * (bath * frequencies + frequency - 1);
    rateWords.push(
      elementCells + layout.COMPLEX * a,
      elementCells + layout.COMPLEX * b,
      occupation + (emission ? layout.EMISSION : layout.ABSORPTION),
    );
    rateIndex.set(key, rateIndex.size);
    return rateIndex.size - 1;
  });

  const rateCells = reserve(layout.COMPLEX * rateIndex.size);
  const rateTailCells = reserve(layout.COMPLEX * rateIndex.size);
  const matrixCells = reserve(layout.COMPLEX * n * n);
  const factorCells = reserve(layout.COMPLEX * n * n);
  const pivotCells = reserve(n + 1);
  const solutionCells = reserve(layout.COMPLEX * n);
  const scaleCells = reserve(n);
  const residualCells = reserve(layout.SUM_SIZE * n);
  const correctionCells = reserve(layout.COMPLEX * n);
  const currentCells = reserve(layout.CURRENT_SIZE * baths);
  const places = resultPlaces(structure);
  const shown = input.bars ? places.end - places.count : 0;
  // the pivoted LU makes the error bars of the rows that the straight line solves too
  const bars = numericPair ? 0 : shown;
  const resultCells = reserve(places.count + bars);
  const barScratch = lu && input.bars ? 1 : 0;
  const barCells: readonly (readonly [number, number])[] = [
    [layout.SOURCE_ERROR_CELLS, layout.SOURCE_SIZE * baths * frequencies],
    [layout.UNCERTAINTY_CELLS, layout.UNCERTAINTY_SIZE * rateIndex.size],
    [layout.SOURCE_CELLS, layout.COMPLEX * (elements + 2 * baths * frequencies)],
    [layout.SENSITIVITY_CELLS, layout.COMPLEX * rateIndex.size],
    [layout.EQUATION_CELLS, layout.EQUATION_SIZE * n],
    [layout.FUNCTIONAL_CELLS, layout.COMPLEX * n],
    [layout.ADJOINT_CELLS, layout.COMPLEX * n],
    [layout.COLUMN_CELLS, layout.COLUMN_SIZE * n],
    [layout.FLOW_CELLS, levels],
    [layout.BOUND_CELLS, layout.BOUND_SIZE * n],
    [layout.SPREAD_CELLS, n * n],
  ];

  const termWords: number[] = [];
  const currentWords: number[] = [];
  terms.forEach((term, k) => {
    const row = unknownOf.get(keyOf(term.row));
    const column = unknownOf.get(keyOf(term.column));
    if (row === undefined || column === undefined) return;
    const rate = rateCells + layout.COMPLEX * rateOf[k];
    const twiceWeight = Math.round(2 * term.weight);
    const unknown = solutionCells + layout.COMPLEX * column;
    termWords.push(
      matrixCells + layout.COMPLEX * (row * n + column),
      rate,
      unknown,
      residualCells + layout.SUM_SIZE * row,
      twiceWeight,
    );
    // the appendix's form defines no currents
    if (row < levels && !appendix) {
      currentWords.push(term.bath, energyCells + row, rate, unknown, twiceWeight);
    }
  });
  const detuningWords = pairs.flatMap(([p, q], k) =>
    p === q
      ? []
      : [
          matrixCells + layout.COMPLEX * (k * n + k),
          energyCells + p,
          energyCells + q,
          solutionCells + layout.COMPLEX * k,
          residualCells + layout.SUM_SIZE * k,
        ],
  );
  const coherenceWords = structure.coherences.map((pair) => {
    const unknown = unknownOf.get(keyOf(pair));
    return unknown === undefined ? -1 : solutionCells + layout.COMPLEX * unknown;
  });

  const words: number[] = Array<number>(layout.HEADER_WORDS).fill(0);
  const table = (slot: number, entries: readonly number[]) => {
    words[slot] = words.length;
    for (const word of entries) words.push(word);
  };
  const header: readonly (readonly [number, number])[] = [
    [layout.MODEL, input.modelCode],
    [layout.SOLVER, solver],
    [layout.LEVELS, levels],
    [layout.BATHS, baths],
    [layout.FREQUENCIES, frequencies],
    [layout.ELEMENTS, elements],
    [layout.MODEL_PARAMETERS, input.modelParameters],
    [layout.UNKNOWNS, coupled.length],
    [layout.COHERENCES, structure.coherences.length],
    [layout.RATES, rateIndex.size],
    [layout.TERMS, termWords.length / layout.TERM_WORDS],
    [layout.CURRENT_TERMS, currentWords.length / layout.CURRENT_WORDS],
    [layout.DETUNINGS, detuningWords.length / layout.DETUNING_WORDS],
    [layout.RESULTS, places.count],
    [layout.PARAMETER_CELLS, parameterCells],
    [layout.ENERGY_CELLS, energyCells],
    [layout.FREQUENCY_CELLS, frequencyCells],
    [layout.ELEMENT_CELLS, elementCells],
    [layout.BATH_CELLS, bathCells],
    [layout.OCCUPATION_CELLS, occupationCells],
    [layout.RATE_CELLS, rateCells],
    [layout.MATRIX_CELLS, matrixCells],
    [layout.FACTOR_CELLS, factorCells],
    [layout.PIVOT_CELLS, pivotCells],
    [layout.SOLUTION_CELLS, solutionCells],
    [layout.CURRENT_CELLS, currentCells],
    [layout.RESULT_CELLS, resultCells],
    [layout.INSIDE_CELLS, insideCells],
    [layout.UNIQUE_CELLS, uniqueCells],
    [layout.FAILED_CELLS, failedCells],
    [layout.BLOCK_PAIRS, block],
    [layout.VARIES_CELLS, variesCells],
    [layout.RATE_TAIL_CELLS, rateTailCells],
    [layout.SCALE_CELLS, scaleCells],
    [layout.RESIDUAL_CELLS, residualCells],
    [layout.CORRECTION_CELLS, correctionCells],
    [layout.TRANSITION_CELLS, transitionCells],
    [layout.IDENTICAL_BATHS, appendix ? 1 : 0],
    [layout.BARS, bars],
    ...barCells.map(([slot, count]) => [slot, reserve(barScratch * count)] as const),
    [layout.PAIR_CELLS, pairCells],
    [layout.BITS_CELLS, bitsCells],
    [layout.WORK_CELLS, workCells],
    [layout.PAIR_FORM, forms[input.equation]!],
  ];
  for (const [slot, word] of header) words[slot] = word;
  table(
    layout.SPECTRUM_TABLE,
    input.spectra.map((name) => spectrumCodes[name]),
  );
  table(layout.RATE_TABLE, rateWords);
  table(layout.TERM_TABLE, termWords);
  table(layout.CURRENT_TABLE, currentWords);
  table(layout.DETUNING_TABLE, detuningWords);
  table(layout.COHERENCE_TABLE, coherenceWords);
  table(layout.SOURCE_TABLE, Array<number>(layout.SOURCE_WORDS * parameters).fill(0));
  table(layout.SINK_TABLE, Array<number>(layout.SINK_WORDS * (places.count + shown)).fill(0));
  return {
    words: Int32Array.from(words),
    cells,
    block,
    parameters,
    results: places.count + bars,
    unknowns: coupled.length,
  };
}

function solverCode({ method, modelCode, equation }: PlanInput): number {
  if (method === "lu") {
    const pair = modelCode === layout.MODEL_QUBIT_PAIR && equation !== "redfield-appendix";
    return pair ? layout.SOLVER_PAIR_NUMERIC : layout.SOLVER_LU;
  }
  if (modelCode === layout.MODEL_QUBIT) return layout.SOLVER_QUBIT;
  return equation === "lindblad" ? layout.SOLVER_PAIR_LINDBLAD : layout.SOLVER_PAIR_APPENDIX;
}
