/** A complex n × n matrix, row-major. */
export interface Matrix {
  readonly n: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function zeros(n: number): Matrix {
  return { n, re: new Float64Array(n * n), im: new Float64Array(n * n) };
}

/** The multiple `re + i im` of the identity. */
export function diagonal(n: number, re: number, im = 0): Matrix {
  const matrix = zeros(n);
  for (let k = 0; k < n; k++) {
    matrix.re[(n + 1) * k] = re;
    matrix.im[(n + 1) * k] = im;
  }
  return matrix;
}

export function sum(a: Matrix, b: Matrix): Matrix {
  return { n: a.n, re: a.re.map((x, k) => x + b.re[k]), im: a.im.map((x, k) => x + b.im[k]) };
}

/** a b; where one is a number (n = 1), its multiple of the other. */
export function product(a: Matrix, b: Matrix): Matrix {
  if (a.n === 1) return multiple(b, a.re[0], a.im[0]);
  if (b.n === 1) return multiple(a, b.re[0], b.im[0]);
  const { n } = a;
  const result = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const [re, im] = [a.re[n * i + k], a.im[n * i + k]];
      if (re === 0 && im === 0) continue;
      for (let j = 0; j < n; j++) {
        result.re[n * i + j] += re * b.re[n * k + j] - im * b.im[n * k + j];
        result.im[n * i + j] += re * b.im[n * k + j] + im * b.re[n * k + j];
      }
    }
  }
  return result;
}

function multiple(a: Matrix, re: number, im: number): Matrix {
  return {
    n: a.n,
    re: a.re.map((x, k) => (im === 0 ? re * x : re * x - im * a.im[k])),
    im: a.im.map((y, k) => (im === 0 ? re * y : re * y + im * a.re[k])),
  };
}

/** The conjugate transpose. */
export function adjoint(a: Matrix): Matrix {
  const { n } = a;
  const result = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      result.re[n * j + i] = a.re[n * i + j];
      result.im[n * j + i] = 0 - a.im[n * i + j];
    }
  }
  return result;
}

/** a ⊗ b */
export function kronecker(a: Matrix, b: Matrix): Matrix {
  const n = a.n * b.n;
  const result = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const p = a.n * Math.floor(i / b.n) + Math.floor(j / b.n);
      const q = b.n * (i % b.n) + (j % b.n);
      result.re[n * i + j] = a.re[p] * b.re[q] - a.im[p] * b.im[q];
      result.im[n * i + j] = a.re[p] * b.im[q] + a.im[p] * b.re[q];
    }
  }
  return result;
}

/** Equality entry by entry, to a rounding of what entries are made of. */
export function equal(a: Matrix, b: Matrix): boolean {
  const size = Math.max(...a.re.map(Math.abs), ...a.im.map(Math.abs));
  const near = (x: number, y: number) => Math.abs(x - y) <= 1e-14 * size;
  return a.re.every((x, k) => near(x, b.re[k])) && a.im.every((y, k) => near(y, b.im[k]));
}

export function isZero(a: Matrix): boolean {
  return a.re.every((x) => x === 0) && a.im.every((y) => y === 0);
}
