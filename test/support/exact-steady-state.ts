import { coupledPairs, kernelTerms, keyOf, type KernelTerm } from "../../src/engine/dissipator.ts";
import { models } from "../../src/models/index.ts";
import type { EquationName } from "../../src/models/model.ts";
import { type Big, type BigArithmetic, bigArithmetic, exactly } from "./big-float.ts";
import type { BathPoint, Point } from "./points.ts";

/** A point and what makes it a row. */
export type SolvedPoint = Point & { readonly equation: EquationName };

/** All numbers of a point before it is solved, from its doubles as they are. */
interface Ingredients {
  readonly energies: readonly Big[];
  readonly elements: readonly Big[];
  /** By bath and frequency: D¹²(ω), D²¹(−ω). */
  readonly correlations: readonly (readonly { emission: Big; absorption: Big }[])[];
}

/**
 * The steady state and currents of a point by column name, in arithmetic of so many bits: (2.3) with
 * the kernel (2.13) or (2.17), its energies, operators and correlations by their definitions.
 */
export function exactSteadyState(point: SolvedPoint, bits: number): ReadonlyMap<string, Big> {
  const math = bigArithmetic(bits);
  const { add, mul, zero } = math;
  const model = models.find(({ name }) => name === point.model)!;
  const { structure } = model;
  const terms = kernelTerms(structure, point.equation);
  const pairs = coupledPairs(structure.levels, terms);
  const made = ingredients(point, math);
  const rateOf = ({ a, b, bath, frequency, emission, weight }: KernelTerm): Big => {
    const { emission: out, absorption: into } = made.correlations[bath][frequency - 1];
    const product = mul(mul(made.elements[a], made.elements[b]), emission ? out : into);
    return mul(product, exactly(weight));
  };

  // real unknowns: the populations, then real and imaginary part of each ρ_pq, p < q
  const upper = pairs.filter(([p, q]) => p < q);
  const place = new Map<string, number>();
  for (let p = 0; p < structure.levels; p++) place.set(keyOf([p, p]), p);
  upper.forEach(([p, q], k) => {
    place.set(keyOf([p, q]), structure.levels + 2 * k);
    place.set(keyOf([q, p]), structure.levels + 2 * k);
  });
  const n = structure.levels + 2 * upper.length;
  const matrix: Big[][] = Array.from({ length: n }, () => Array<Big>(n).fill(zero));
  const currents = model.baths.map(() => Array<Big>(n).fill(zero));
  for (const term of terms) {
    const row = place.get(keyOf(term.row));
    const column = place.get(keyOf(term.column));
    if (row === undefined || column === undefined) continue;
    const [p, p1] = term.row;
    const [q, q1] = term.column;
    if (p > p1) continue; // the conjugate equation
    const rate = rateOf(term);
    matrix[row][column] = add(matrix[row][column], rate);
    if (p === p1) {
      const flow = mul(made.energies[p], rate);
      currents[term.bath][column] = add(currents[term.bath][column], flow);
    } else if (q !== q1) {
      // the rates are real: Im ρ_qq′ has the sign of q < q′
      const signed = q < q1 ? rate : math.negated(rate);
      matrix[row + 1][column + 1] = add(matrix[row + 1][column + 1], signed);
    }
  }
  upper.forEach(([p, q], k) => {
    const at = structure.levels + 2 * k;
    const gap = math.sub(made.energies[p], made.energies[q]);
    matrix[at][at + 1] = add(matrix[at][at + 1], gap);
    matrix[at + 1][at] = math.sub(matrix[at + 1][at], gap);
  });
  for (let j = 0; j < n; j++) matrix[0][j] = j < structure.levels ? math.one : zero;
  // what the arithmetic does not resolve beside the trace is 0
  const unresolved: Big = { m: 1n, e: 120 - bits };
  const x = solve(matrix, math).map((value) =>
    math.less(math.magnitude(value), unresolved) ? zero : value,
  );

  const results = new Map<string, Big>();
  for (const { name, result } of model.columns.populations) results.set(name, x[result]);
  structure.coherences.forEach((pair, c) => {
    const at = place.get(keyOf(pair));
    const [re, im] = model.columns.coherences.slice(2 * c);
    results.set(re.name, at === undefined ? zero : x[at]);
    results.set(im.name, at === undefined ? zero : x[at + 1]);
  });
  if (point.equation === "redfield-appendix") return results;
  model.columns.currents.forEach(({ name }, bath) => {
    results.set(name, total(currents[bath].map((c, j) => mul(c, x[j]))));
  });
  return results;

  /** The sum of the terms; 0 where they cancel but for rounding errors. */
  function total(parts: readonly Big[]): Big {
    const sum = parts.reduce(add, zero);
    const size = parts.map(math.magnitude).reduce(add, zero);
    const noise = { m: size.m, e: size.e - (bits - 150) };
    return math.less(math.magnitude(sum), noise) ? zero : sum;
  }
}

/** x of a system whose right-hand side is 1 in the first row and 0 else. */
function solve(matrix: Big[][], math: BigArithmetic): Big[] {
  const { sub, mul, div, magnitude, less, zero, one } = math;
  const n = matrix.length;
  const right = matrix.map((_, i) => (i === 0 ? one : zero));
  // rows to the size of 1, so that the trace condition is the pivot of its column
  for (let i = 1; i < n; i++) {
    const largest = matrix[i].map(magnitude).reduce((a, b) => (less(a, b) ? b : a), zero);
    if (largest.m === 0n) continue;
    const scale = { m: 1n, e: -(largest.m.toString(2).length + largest.e) };
    matrix[i] = matrix[i].map((entry) => mul(entry, scale));
  }
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (less(magnitude(matrix[pivot][k]), magnitude(matrix[i][k]))) pivot = i;
    }
    [matrix[k], matrix[pivot]] = [matrix[pivot], matrix[k]];
    [right[k], right[pivot]] = [right[pivot], right[k]];
    if (matrix[k][k].m === 0n) throw new Error("the system is singular");
    for (let i = k + 1; i < n; i++) {
      if (matrix[i][k].m === 0n) continue;
      const factor = div(matrix[i][k], matrix[k][k]);
      for (let j = k + 1; j < n; j++) {
        if (matrix[k][j].m !== 0n) matrix[i][j] = sub(matrix[i][j], mul(factor, matrix[k][j]));
      }
      if (right[k].m !== 0n) right[i] = sub(right[i], mul(factor, right[k]));
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i];
    for (let j = i + 1; j < n; j++) sum = sub(sum, mul(matrix[i][j], right[j]));
    right[i] = div(sum, matrix[i][i]);
  }
  return right;
}

function ingredients(point: Point, math: BigArithmetic): Ingredients {
  const { add, sub, mul, div, sqrt, magnitude, one, zero } = math;
  const half = exactly(0.5);
  const baths = (frequencies: readonly Big[]) => [
    frequencies.map((omega) => correlation(point.bath_A, exactly(point.T_A), omega, math)),
    frequencies.map((omega) => correlation(point.bath_B, exactly(point.T_B), omega, math)),
  ];
  if (point.model === "qubit") {
    const omega = exactly(point.omega_0);
    const energy = mul(half, omega);
    return {
      energies: [math.negated(energy), energy],
      elements: [one],
      correlations: baths([omega]),
    };
  }
  const [omega1, omega2, lambda] = [point.omega_1, point.omega_2, point.lambda].map(exactly);
  const difference = sub(omega1, omega2);
  const coupling = mul(exactly(2), lambda);
  const h = sqrt(add(mul(difference, difference), mul(coupling, coupling)));
  const mean = mul(half, add(omega1, omega2));
  const halfGap = mul(half, h);
  // the smaller of α², β² without cancellation
  const small =
    h.m === 0n ? zero : div(mul(coupling, lambda), mul(h, add(h, magnitude(difference))));
  const [alphaSquare, betaSquare] =
    difference.m < 0n ? [small, sub(one, small)] : [sub(one, small), small];
  const beta = sqrt(betaSquare);
  const plus = add(mean, halfGap);
  const minus = div(sub(mul(omega1, omega2), mul(lambda, lambda)), plus);
  return {
    energies: [math.negated(mean), math.negated(halfGap), halfGap, mean],
    elements: [sqrt(alphaSquare), lambda.m < 0n ? math.negated(beta) : beta],
    correlations: baths([plus, minus]),
  };
}

/** g (1 + n) and g n at ω. */
function correlation(bath: BathPoint, temperature: Big, omega: Big, math: BigArithmetic) {
  const { sub, mul, div, exp, negated, one, zero } = math;
  const g = spectralFunction(bath, omega, math);
  // the argument's range ends where nothing is left
  const cold = temperature.m === 0n || math.less(mul(exactly(1e9), temperature), omega);
  const boltzmann = cold ? zero : exp(negated(div(omega, temperature)));
  const emission = div(g, sub(one, boltzmann));
  return { emission, absorption: mul(emission, boltzmann) };
}

function spectralFunction(bath: BathPoint, omega: Big, math: BigArithmetic): Big {
  const { add, mul, div, exp, ln, negated, one } = math;
  const g = exactly(bath.g);
  if (bath.spectrum === "flat") return g;
  const ratio = div(omega, exactly(bath.cutoff!));
  if (bath.spectrum === "drude") return div(mul(g, omega), add(one, mul(ratio, ratio)));
  const power = exp(mul(exactly(bath.exponent!), ln(omega)));
  return mul(mul(g, power), exp(negated(ratio)));
}
