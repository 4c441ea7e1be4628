import { kernelTerms, type Pair } from "../../src/engine/dissipator.ts";
import type { EquationName, Structure } from "../../src/models/model.ts";
import type { Complex } from "./literal.ts";

/** The numbers a kernel is made of: operator elements, and D¹²(ω_f), D²¹(−ω_f) of a bath by class f. */
export interface KernelValues {
  readonly elements: readonly Complex[];
  readonly emission: readonly (readonly number[])[];
  readonly absorption: readonly (readonly number[])[];
}

/** K^X_{pp′,qq′} of one bath, from the engine's terms. With integers for values it is exact. */
export type Kernel = (row: Pair, column: Pair) => Complex;

export function kernelMatrix(
  structure: Structure,
  equation: EquationName,
  bath: number,
  { elements, emission, absorption }: KernelValues,
): Kernel {
  const entries = new Map<string, Complex>();
  for (const term of kernelTerms(structure, equation)) {
    if (term.bath !== bath) continue;
    const correlation = (term.emission ? emission : absorption)[bath][term.frequency - 1];
    const rate = term.weight * correlation;
    const [a, b] = [elements[term.a], elements[term.b]];
    const key = [...term.row, ...term.column].join();
    const sum = entries.get(key) ?? { re: 0, im: 0 };
    entries.set(key, {
      re: sum.re + rate * (a.re * b.re + a.im * b.im),
      im: sum.im + rate * (a.im * b.re - a.re * b.im),
    });
  }
  return (row, column) => entries.get([...row, ...column].join()) ?? { re: 0, im: 0 };
}

/** The same with levels by name, `K("22", "23")`, real part; throws where there is an imaginary one. */
export function namedKernel(
  kernel: Kernel,
  names: string,
): (row: string, column: string) => number {
  const pair = (text: string): Pair => [names.indexOf(text[0]), names.indexOf(text[1])];
  return (row, column) => {
    const { re, im } = kernel(pair(row), pair(column));
    if (im !== 0) throw new Error(`K_{${row},${column}} = ${re} + ${im}i is not real`);
    return re;
  };
}
