import * as layout from "../../assembly/system-layout.ts";
import type { Factor, FunctionName, OperatorSum } from "../systems/operator-sum.ts";

const operations: Readonly<Record<FunctionName, number>> = {
  sqrt: layout.SQRT,
  exp: layout.EXP,
  cos: layout.COS,
  sin: layout.SIN,
};

const bits = new Float64Array(1);
const halves = new Int32Array(bits.buffer);

/** The words of the instructions that make coefficients of parameters, and of their constants. */
export interface Program {
  readonly instructions: readonly number[];
  readonly constants: readonly number[];
}

/**
 * Builds a program: `coefficient` gives the cell a product of factors ends in, `constant` that of a
 * number. What is the same is made once; new results and constants take the cells `reserve` gives.
 */
export function programBuilder(parameterCell: (name: string) => number, reserve: () => number) {
  const instructions: number[] = [];
  const constants: number[] = [];
  const known = new Map<string, number>();

  function once(key: string, make: () => number): number {
    let cell = known.get(key);
    if (cell === undefined) known.set(key, (cell = make()));
    return cell;
  }

  function constant(value: number): number {
    bits[0] = value;
    const [low, high] = halves;
    return once(`constant ${low} ${high}`, () => {
      const cell = reserve();
      constants.push(cell, low, high);
      return cell;
    });
  }

  function emit(operation: number, a: number, b: number): number {
    return once(`${operation} ${a} ${b}`, () => {
      const to = reserve();
      instructions.push(operation, to, a, b);
      return to;
    });
  }

  function power(cell: number, exponent: number): number {
    let result = cell;
    for (let k = 1; k < exponent; k++) result = emit(layout.MULTIPLY, result, cell);
    return result;
  }

  function base({ atom }: Factor): number {
    if (atom.kind === "parameter") return parameterCell(atom.name);
    if (atom.kind === "sum") return sum(atom.of);
    const of = sum(atom.of);
    return emit(operations[atom.name], of, of);
  }

  function coefficient(factors: readonly Factor[]): number {
    let result: number | undefined;
    for (const factor of factors) {
      if (factor.power < 0) continue;
      const value = power(base(factor), factor.power);
      result = result === undefined ? value : emit(layout.MULTIPLY, result, value);
    }
    for (const factor of factors) {
      if (factor.power > 0) continue;
      const value = power(base(factor), -factor.power);
      result = emit(layout.DIVIDE, result ?? constant(1), value);
    }
    return result ?? constant(1);
  }

  function sum({ terms }: OperatorSum): number {
    let result: number | undefined;
    for (const { factors, matrix } of terms.values()) {
      const scale = constant(matrix.re[0]);
      const value =
        factors.length === 0 ? scale : emit(layout.MULTIPLY, scale, coefficient(factors));
      result = result === undefined ? value : emit(layout.ADD, result, value);
    }
    return result ?? constant(0);
  }

  return { coefficient, constant, program: (): Program => ({ instructions, constants }) };
}
