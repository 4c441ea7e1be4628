import { diagonal, kronecker, type Matrix, zeros } from "./matrix.ts";

/** An operator of one factor by its matrix elements ⟨i|O|j⟩; `twoLevel` where it needs two levels. */
interface Elementary {
  readonly twoLevel: boolean;
  readonly element: (i: number, j: number) => readonly [re: number, im: number];
}

const none = [0, 0] as const;
const one = (holds: boolean) => [holds ? 1 : 0, 0] as const;

/** The operators of a factor, called with its number: `sx(1)`. Level 0 of a qubit is |+⟩, σᶻ = 1. */
export const elementary: Readonly<Record<string, Elementary>> = {
  sx: { twoLevel: true, element: (i, j) => one(i !== j) },
  sy: { twoLevel: true, element: (i, j) => (i === j ? none : [0, i === 0 ? -1 : 1]) },
  sz: { twoLevel: true, element: (i, j) => [i === j ? 1 - 2 * i : 0, 0] },
  sp: { twoLevel: true, element: (i, j) => one(i === 0 && j === 1) },
  sm: { twoLevel: true, element: (i, j) => one(i === 1 && j === 0) },
  a: { twoLevel: false, element: (i, j) => [j === i + 1 ? Math.sqrt(j) : 0, 0] },
  ad: { twoLevel: false, element: (i, j) => [i === j + 1 ? Math.sqrt(i) : 0, 0] },
  n: { twoLevel: false, element: (i, j) => [i === j ? i : 0, 0] },
};

/** A matrix on factor number `factor`, from 0, and the identity on the others. */
function embedded(
  factors: readonly number[],
  factor: number,
  element: Elementary["element"],
): Matrix {
  return factors.reduce<Matrix>(
    (left, d, f) => kronecker(left, f === factor ? filled(d, element) : diagonal(d, 1)),
    diagonal(1, 1),
  );
}

function filled(d: number, element: Elementary["element"]): Matrix {
  const matrix = zeros(d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) [matrix.re[d * i + j], matrix.im[d * i + j]] = element(i, j);
  }
  return matrix;
}

/** The elementary operator `name` on a factor, from 0. */
export function elementaryOperator(
  name: string,
  factors: readonly number[],
  factor: number,
): Matrix {
  return embedded(factors, factor, elementary[name].element);
}

/** |i⟩⟨j| on a factor; all from 0. */
export function projector(
  factors: readonly number[],
  factor: number,
  i: number,
  j: number,
): Matrix {
  return embedded(factors, factor, (row, column) => one(row === i && column === j));
}
