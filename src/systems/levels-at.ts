import { diagonalise } from "../math/eigen.ts";
import { adjoint, type Matrix, product, sum, zeros } from "./matrix.ts";
import type { Factor, OperatorSum } from "./operator-sum.ts";
import type { System } from "./system.ts";

/** Energies in ascending order, and the baths' coupling operators between their states. */
export interface Levels {
  readonly energies: readonly number[];
  readonly couplings: readonly Matrix[];
}

/** Values of parameters by name. */
export type Values = ReadonlyMap<string, number>;

/**
 * Levels and couplings of a system at one point, for words about it: its coefficients are libm's, so
 * that no column comes from here.
 */
export function levelsAt(system: System, values: Values, bare: boolean): Levels {
  const { levels: n, hamiltonian, couplings } = system;
  const h = matrixAt(bare && system.bare ? system.bare : hamiltonian, n, values);
  const cells = new Float64Array(4 * n * n);
  for (let k = 0; k < n * n; k++) {
    cells[2 * k] = h.re[k];
    cells[2 * k + 1] = h.im[k];
  }
  diagonalise(cells, 0, 2 * n * n, n);
  const energyOf = (p: number) => cells[2 * (n + 1) * p];
  const order = Array.from({ length: n }, (_, p) => p).toSorted(
    (p, q) => energyOf(p) - energyOf(q),
  );
  const vectors = zeros(n);
  for (let i = 0; i < n; i++) {
    for (const [column, p] of order.entries()) {
      vectors.re[n * i + column] = cells[2 * n * n + 2 * (n * i + p)];
      vectors.im[n * i + column] = cells[2 * n * n + 2 * (n * i + p) + 1];
    }
  }
  return {
    energies: order.map(energyOf),
    couplings: couplings.map(({ operator }) =>
      product(adjoint(vectors), product(matrixAt(operator, n, values), vectors)),
    ),
  };
}

function matrixAt({ terms }: OperatorSum, n: number, values: Values): Matrix {
  let total = zeros(n);
  for (const { factors, matrix } of terms.values()) {
    const scale = {
      n: 1,
      re: Float64Array.of(coefficientAt(factors, values)),
      im: Float64Array.of(0),
    };
    total = sum(total, product(scale, matrix));
  }
  return total;
}

function coefficientAt(factors: readonly Factor[], values: Values): number {
  return factors.reduce((all, { atom, power }) => {
    const base =
      atom.kind === "parameter"
        ? values.get(atom.name)!
        : atom.kind === "sum"
          ? numberAt(atom.of, values)
          : Math[atom.name](numberAt(atom.of, values));
    return all * base ** power;
  }, 1);
}

function numberAt({ terms }: OperatorSum, values: Values): number {
  let total = 0;
  for (const { factors, matrix } of terms.values()) {
    total += matrix.re[0] * coefficientAt(factors, values);
  }
  return total;
}

/** |⟨p|O|q⟩|² of a coupling, and its largest. */
export function strengthOf(m: Matrix, p: number, q: number): number {
  const at = m.n * p + q;
  return m.re[at] * m.re[at] + m.im[at] * m.im[at];
}

export function largestStrength(m: Matrix): number {
  return Math.max(...m.re.map((x, k) => x * x + m.im[k] * m.im[k]));
}
