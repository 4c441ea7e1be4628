/** A complex n × n matrix, row-major, real and imaginary part of each entry. */
export type Matrix = Float64Array;

const EPSILON = 2 ** -53;
/** LAPACK's bounds of the range: a quarter of the smallest normal number over ε, and its inverse. */
const TINY = (0.25 * 2 ** -1022) / EPSILON;
const HUGE = 1 / TINY;

/** How to make a matrix of a kind. */
type Make = (n: number, random: () => number) => Matrix;

/** LAPACK's eleven types of test matrices for its LU (xLATB4, path xGE), and those that follow. */
export const kinds: Readonly<Record<string, Make>> = {
  diagonal: (n, random) => {
    const a = zeros(n);
    spectrum(n, 2).forEach((d, i) => {
      const angle = 2 * Math.PI * random();
      a[2 * (n * i + i)] = d * Math.cos(angle);
      a[2 * (n * i + i) + 1] = d * Math.sin(angle);
    });
    return a;
  },
  "upper triangular": (n, random) => triangle(conditioned(n, 2, random), n),
  "lower triangular": (n, random) => transpose(triangle(conditioned(n, 2, random), n), n),
  "condition 2": (n, random) => conditioned(n, 2, random),
  "first column 0": (n, random) => withoutColumns(conditioned(n, 2, random), n, 0, 1),
  "last column 0": (n, random) => withoutColumns(conditioned(n, 2, random), n, n - 1, n),
  "last half of the columns 0": (n, random) =>
    withoutColumns(conditioned(n, 2, random), n, n - Math.ceil(n / 2), n),
  "condition 3e7": (n, random) => conditioned(n, Math.sqrt(0.1 / EPSILON), random),
  "condition 9e14": (n, random) => conditioned(n, 0.1 / EPSILON, random),
  "near underflow": (n, random) => scaled(conditioned(n, 2, random), TINY),
  "near overflow": (n, random) => scaled(conditioned(n, 2, random), HUGE),

  random: (n, random) => Float64Array.from({ length: 2 * n * n }, () => 2 * random() - 1),
  sparse: (n, random) => {
    const a = kinds["random"](n, random);
    return byEntry(a, n, (i, j) => (i === j || random() < 0.4 ? 1 : 0));
  },
  graded: (n, random) => {
    const a = kinds["random"](n, random);
    const grade = (i: number) => 10 ** ((-16 * i) / Math.max(1, n - 1));
    return byEntry(a, n, (i, j) => grade(Math.max(i, j)));
  },
  "rows scaled": (n, random) => {
    const scales = Array.from({ length: n }, () => 10 ** (20 * random() - 10));
    return byEntry(kinds["random"](n, random), n, (i) => scales[i]);
  },
  "columns scaled": (n, random) => {
    const scales = Array.from({ length: n }, () => 10 ** (20 * random() - 10));
    return byEntry(kinds["random"](n, random), n, (_, j) => scales[j]);
  },
  "nearly singular": (n, random) =>
    dependent(kinds["random"](n, random), n, random).map((x) => x + 2 ** -40 * (2 * random() - 1)),
  singular: (n, random) => dependent(kinds["random"](n, random), n, random),
};

/** Kinds whose matrices are singular, exactly: their ratio of the solution says nothing. */
export const singularKinds: ReadonlySet<string> = new Set([
  "first column 0",
  "last column 0",
  "last half of the columns 0",
  "singular",
]);

function zeros(n: number): Matrix {
  return new Float64Array(2 * n * n);
}

function scaled(a: Matrix, factor: number): Matrix {
  return a.map((x) => x * factor);
}

function byEntry(a: Matrix, n: number, factor: (i: number, j: number) => number): Matrix {
  return a.map((x, k) => x * factor(Math.floor(k / (2 * n)), Math.floor(k / 2) % n));
}

export function transpose(a: Matrix, n: number): Matrix {
  const turned = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      turned[2 * (n * j + i)] = a[2 * (n * i + j)];
      turned[2 * (n * j + i) + 1] = a[2 * (n * i + j) + 1];
    }
  }
  return turned;
}

function withoutColumns(a: Matrix, n: number, from: number, to: number): Matrix {
  return byEntry(a, n, (_, j) => (j >= from && j < to ? 0 : 1));
}

/** Makes one row another one times 1, −1, i or −i (n = 1: 0), so that the matrix is singular to the last bit. */
function dependent(a: Matrix, n: number, random: () => number): Matrix {
  if (n === 1) return zeros(1);
  const from = Math.floor(n * random());
  const to = (from + 1 + Math.floor((n - 1) * random())) % n;
  const turn = Math.floor(4 * random());
  for (let j = 0; j < n; j++) {
    const [re, im] = [a[2 * (n * from + j)], a[2 * (n * from + j) + 1]];
    const turned = [
      [re, im],
      [-im, re],
      [-re, -im],
      [im, -re],
    ][turn];
    [a[2 * (n * to + j)], a[2 * (n * to + j) + 1]] = turned;
  }
  return a;
}

/** LAPACK's mode 3: singular values from 1 to 1/condition, a constant factor apart. */
function spectrum(n: number, condition: number): number[] {
  return Array.from({ length: n }, (_, i) => condition ** (-i / Math.max(1, n - 1)));
}

/** U D V* with those singular values and unitary U, V of random reflections. */
function conditioned(n: number, condition: number, random: () => number): Matrix {
  let a = zeros(n);
  spectrum(n, condition).forEach((d, i) => (a[2 * (n * i + i)] = d));
  for (let k = 0; k < 3; k++) {
    reflect(a, n, randomVector(n, random));
    a = transpose(a, n);
    reflect(a, n, randomVector(n, random));
  }
  return a;
}

function randomVector(n: number, random: () => number): Float64Array {
  return Float64Array.from({ length: 2 * n }, () => 2 * random() - 1);
}

/** A ← (1 − 2 v v* / v*v) A. */
function reflect(a: Matrix, n: number, v: Float64Array): void {
  const norm = v.reduce((sum, x) => sum + x * x, 0);
  if (norm === 0) return;
  for (let j = 0; j < n; j++) {
    let re = 0;
    let im = 0;
    for (let i = 0; i < n; i++) {
      const x = a[2 * (n * i + j)];
      const y = a[2 * (n * i + j) + 1];
      re += v[2 * i] * x + v[2 * i + 1] * y;
      im += v[2 * i] * y - v[2 * i + 1] * x;
    }
    re *= 2 / norm;
    im *= 2 / norm;
    for (let i = 0; i < n; i++) {
      a[2 * (n * i + j)] -= v[2 * i] * re - v[2 * i + 1] * im;
      a[2 * (n * i + j) + 1] -= v[2 * i] * im + v[2 * i + 1] * re;
    }
  }
}

/** The upper triangle R of A = Q R: the same singular values. */
function triangle(a: Matrix, n: number): Matrix {
  for (let k = 0; k < n - 1; k++) {
    const v = new Float64Array(2 * n);
    for (let i = k; i < n; i++) {
      v[2 * i] = a[2 * (n * i + k)];
      v[2 * i + 1] = a[2 * (n * i + k) + 1];
    }
    const size = Math.hypot(...v);
    const lead = Math.hypot(v[2 * k], v[2 * k + 1]);
    const grow = lead === 0 ? 1 : 1 + size / lead;
    v[2 * k] = lead === 0 ? size : v[2 * k] * grow;
    v[2 * k + 1] *= grow;
    reflect(a, n, v);
    for (let i = k + 1; i < n; i++) a.fill(0, 2 * (n * i + k), 2 * (n * i + k) + 2);
  }
  return a;
}
