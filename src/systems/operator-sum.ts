import * as matrix from "./matrix.ts";
import type { Matrix } from "./matrix.ts";

/** What a coefficient is made of: a parameter, a function of a sum, or a sum of more than one term. */
export type Atom =
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "function"; readonly name: FunctionName; readonly of: OperatorSum }
  | { readonly kind: "sum"; readonly of: OperatorSum };

export type FunctionName = "sqrt" | "exp" | "cos" | "sin";

/** An atom to a power other than 0. */
export interface Factor {
  readonly key: string;
  readonly atom: Atom;
  readonly power: number;
}

/** (product of factors) × constant matrix; of a number, the matrix is 1 × 1. */
export interface Term {
  readonly factors: readonly Factor[];
  readonly matrix: Matrix;
}

/**
 * Σ (product of parameters and functions of them) × (constant matrix), multiplied out: terms of
 * different products are independent, so that what vanishes or is Hermitian does so term by term.
 */
export interface OperatorSum {
  /** A number rather than an operator: all matrices are 1 × 1. */
  readonly scalar: boolean;
  /** By the product's key, `""` for the constant term. */
  readonly terms: ReadonlyMap<string, Term>;
}

/** A sum multiplies out to at most this many terms. */
export const MOST_TERMS = 512;

function make(scalar: boolean, terms: Iterable<Term>): OperatorSum {
  const byKey = new Map<string, Term>();
  for (const term of terms) {
    const key = keyOf(term.factors);
    const before = byKey.get(key);
    const all = before ? matrix.sum(before.matrix, term.matrix) : term.matrix;
    byKey.set(key, { factors: term.factors, matrix: all });
  }
  for (const [key, term] of byKey) if (matrix.isZero(term.matrix)) byKey.delete(key);
  return { scalar, terms: byKey };
}

function keyOf(factors: readonly Factor[]): string {
  return factors.map(({ key, power }) => (power === 1 ? key : `${key}^${power}`)).join("*");
}

/** The text that is the same for equal sums of numbers. */
export function sumKey({ terms }: OperatorSum): string {
  const parts = [...terms].map(
    ([key, { matrix: m }]) => `${m.re[0]},${m.im[0]}${key && `*${key}`}`,
  );
  return `(${parts.toSorted().join("+")})`;
}

export function constant(re: number, im = 0): OperatorSum {
  return make(true, [{ factors: [], matrix: matrix.diagonal(1, re, im) }]);
}

export function operator(m: Matrix): OperatorSum {
  return make(false, [{ factors: [], matrix: m }]);
}

export function atom(a: Atom, key: string): OperatorSum {
  return make(true, [{ factors: [{ key, atom: a, power: 1 }], matrix: matrix.diagonal(1, 1) }]);
}

/** a + b, both numbers or both operators. */
export function add(a: OperatorSum, b: OperatorSum): OperatorSum {
  return make(a.scalar, [...a.terms.values(), ...b.terms.values()]);
}

/** a b; throws a RangeError where it has too many terms. */
export function multiply(a: OperatorSum, b: OperatorSum): OperatorSum {
  if (a.terms.size * b.terms.size > MOST_TERMS) throw new RangeError("too many terms");
  const terms: Term[] = [];
  for (const left of a.terms.values()) {
    for (const right of b.terms.values()) {
      terms.push({
        factors: merged(left.factors, right.factors),
        matrix: matrix.product(left.matrix, right.matrix),
      });
    }
  }
  return make(a.scalar && b.scalar, terms);
}

function merged(a: readonly Factor[], b: readonly Factor[]): readonly Factor[] {
  const byKey = new Map(a.map((factor) => [factor.key, factor]));
  for (const factor of b) {
    const power = (byKey.get(factor.key)?.power ?? 0) + factor.power;
    byKey.set(factor.key, { ...factor, power });
  }
  return [...byKey.values()]
    .filter(({ power }) => power !== 0)
    .toSorted((x, y) => (x.key < y.key ? -1 : 1));
}

/** 1/a of a number that is one term, whose coefficient is not 0. */
export function reciprocal({ terms }: OperatorSum): OperatorSum {
  const [{ factors, matrix: m }] = terms.values() as Iterable<Term> as [Term];
  const [re, im] = [m.re[0], m.im[0]];
  const norm = re * re + im * im;
  const inverse = im === 0 ? matrix.diagonal(1, 1 / re) : matrix.diagonal(1, re / norm, -im / norm);
  return make(true, [
    { factors: factors.map((f) => ({ ...f, power: -f.power })), matrix: inverse },
  ]);
}

export function adjoint({ scalar, terms }: OperatorSum): OperatorSum {
  const all = [...terms.values()];
  return make(
    scalar,
    all.map(({ factors, matrix: m }) => ({ factors, matrix: matrix.adjoint(m) })),
  );
}

/** Whether the sum is its own adjoint whatever the parameters are. */
export function isHermitian({ terms }: OperatorSum): boolean {
  return [...terms.values()].every((t) => matrix.equal(t.matrix, matrix.adjoint(t.matrix)));
}

/** The number a constant is; undefined where it hangs on parameters, or is an operator. */
export function constantOf({ scalar, terms }: OperatorSum): { re: number; im: number } | undefined {
  if (!scalar) return undefined;
  if (terms.size === 0) return { re: 0, im: 0 };
  const term = terms.get("");
  if (terms.size > 1 || !term) return undefined;
  return { re: term.matrix.re[0], im: term.matrix.im[0] };
}
