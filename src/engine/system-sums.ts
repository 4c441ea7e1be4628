import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";
import type { System } from "../systems/system.ts";
import type { PlanWriter } from "./plan-writer.ts";
import { programBuilder } from "./program-builder.ts";
import { pairsOf, supportOf } from "./system-structure.ts";

/** An element of an operator in the product basis, and its cell. */
export type Entry = readonly [number, number, number];

/** Where the operators are in the product basis. */
export interface OperatorSums {
  /** Matrices of the Hamiltonian, and of the one whose eigenstates the dissipator's basis are. */
  readonly hamiltonianCells: number;
  readonly bareCells: number;
  /** The elements of each bath's coupling. */
  readonly couplings: readonly (readonly Entry[])[];
}

/**
 * The operators as sums of coefficient × constant matrix: the program that makes the coefficients of the
 * parameters, and the table of the elements' terms.
 */
export function tabulateSums(
  { levels: n, hamiltonian, bare, couplings }: System,
  local: boolean,
  parameterCell: (name: string) => number,
  { reserve, complex, cells, words, table }: PlanWriter,
): OperatorSums {
  const operators = [hamiltonian, ...(local ? [bare!] : []), ...couplings.map((c) => c.operator)];
  const builder = programBuilder(parameterCell, () => reserve(1));
  const coefficients = operators.map(({ terms }) =>
    [...terms.values()].map((term) => ({ term, cell: builder.coefficient(term.factors) })),
  );
  for (const term of operators.flatMap(({ terms }) => [...terms.values()])) {
    for (const value of [...term.matrix.re, ...term.matrix.im]) builder.constant(value);
  }
  const sumCells = cells();
  const sumWords: number[] = [];
  const addElements = (k: number, cellOf: (i: number, j: number) => number) => {
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
    addElements(k, (i, j) => first + common.COMPLEX * (n * i + j));
    return first;
  };
  const hamiltonianCells = matrixOf(0);
  const bareCells = local ? matrixOf(1) : hamiltonianCells;
  const entries = couplings.map(({ operator }, b) => {
    const pairs = pairsOf(supportOf(operator, n));
    const at = new Map(pairs.map(([i, j]) => [n * i + j, complex(1)]));
    addElements((local ? 2 : 1) + b, (i, j) => at.get(n * i + j)!);
    return pairs.map(([i, j]) => [i, j, at.get(n * i + j)!] as const);
  });
  words[layout.SUM_CELLS] = sumCells;
  words[layout.SUM_COUNT] = cells() - sumCells;
  const { instructions, constants } = builder.program();
  table(layout.CONSTANT_TABLE, layout.CONSTANT_WORDS, constants, layout.CONSTANTS);
  table(layout.INSTRUCTION_TABLE, layout.INSTRUCTION_WORDS, instructions, layout.INSTRUCTIONS);
  table(layout.SUM_TABLE, layout.SUM_WORDS, sumWords, layout.SUMS);
  return { hamiltonianCells, bareCells, couplings: entries };
}
