// The equations as the paper prints them, (2.3)–(2.17), over dense matrices in plain arithmetic: slow,
// short, and sharing no code with the engine.

export interface Complex {
  readonly re: number;
  readonly im: number;
}
export type Matrix = readonly (readonly Complex[])[];

const zero: Complex = { re: 0, im: 0 };
const plus = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
const minus = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
const times = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});
const over = (a: Complex, b: Complex): Complex => {
  const norm = b.re * b.re + b.im * b.im;
  return times(a, { re: b.re / norm, im: -b.im / norm });
};
const scaled = (a: Complex, x: number): Complex => ({ re: a.re * x, im: a.im * x });
const size = (a: Complex): number => Math.hypot(a.re, a.im);

/** A system between baths: S¹ of each, S² = S¹†, and D¹²(ω), D²¹(−ω) for ω > 0. */
export interface System {
  readonly energies: readonly number[];
  readonly baths: readonly {
    readonly raising: Matrix;
    readonly emission: (omega: number) => number;
    readonly absorption: (omega: number) => number;
  }[];
}

export type LiteralEquation = "lindblad" | "redfield" | "redfield-eq213";

export function adjoint(a: Matrix): Matrix {
  return a.map((_, i) => a.map((row) => ({ re: row[i].re, im: -row[i].im })));
}

/** K^X_{pp′,qq′} of one bath at row p·N + p′, column q·N + q′: (2.13), or (2.17) for `lindblad`. */
export function kernel(system: System, bath: number, equation: LiteralEquation): Complex[][] {
  const { energies } = system;
  const n = energies.length;
  const { raising, emission, absorption } = system.baths[bath];
  const s = [raising, adjoint(raising)];
  const gap = (p: number, q: number) => energies[p] - energies[q];
  const correlation = (alpha: number, omega: number) =>
    alpha === 0 ? (omega > 0 ? emission(omega) : 0) : omega < 0 ? absorption(-omega) : 0;
  const widest = Math.max(...energies) - Math.min(...energies);
  const resonant = (x: number) => equation !== "lindblad" || Math.abs(x) < 1e-10 * widest;
  const k = Array.from({ length: n * n }, () => Array.from({ length: n * n }, () => zero));
  for (let p = 0; p < n; p++)
    for (let p1 = 0; p1 < n; p1++)
      for (let q = 0; q < n; q++)
        for (let q1 = 0; q1 < n; q1++) {
          let sum = zero;
          for (const [alpha, beta] of [
            [0, 1],
            [1, 0],
          ]) {
            for (let l = 0; l < n; l++) {
              if (p1 === q1 && resonant(gap(p, l) + gap(l, q))) {
                const d = correlation(alpha, equation === "redfield-eq213" ? gap(p, l) : gap(q, l));
                sum = minus(sum, scaled(times(s[alpha][p][l], s[beta][l][q]), d / 2));
              }
              if (p === q && resonant(gap(q1, l) + gap(l, p1))) {
                const d = correlation(
                  alpha,
                  equation === "redfield-eq213" ? gap(p1, l) : gap(q1, l),
                );
                sum = minus(sum, scaled(times(s[alpha][q1][l], s[beta][l][p1]), d / 2));
              }
            }
            if (resonant(gap(p, q) + gap(q1, p1))) {
              const d = correlation(alpha, gap(q1, p1)) + correlation(alpha, gap(q, p));
              sum = plus(sum, scaled(times(s[beta][p][q], s[alpha][q1][p1]), d / 2));
            }
          }
          k[p * n + p1][q * n + q1] = sum;
        }
  return k;
}

/** The steady state of (2.3), ρ_pp′ at p·N + p′; the trace condition stands in row `traceRow`. */
export function steadyState(
  system: System,
  equation: LiteralEquation,
  traceRow: number,
): readonly Complex[] {
  const n = system.energies.length;
  const kernels = system.baths.map((_, bath) => kernel(system, bath, equation));
  const m = Array.from({ length: n * n }, (_, row) =>
    Array.from({ length: n * n }, (__, column) => {
      let sum = kernels.reduce((total, k) => plus(total, k[row][column]), zero);
      const [p, p1] = [Math.floor(row / n), row % n];
      if (row === column) {
        sum = plus(sum, { re: 0, im: system.energies[p1] - system.energies[p] });
      }
      if (row === traceRow * n + traceRow) {
        sum = Math.floor(column / n) === column % n ? { re: 1, im: 0 } : zero;
      }
      return sum;
    }),
  );
  const b = m.map((_, row): Complex => (row === traceRow * n + traceRow ? { re: 1, im: 0 } : zero));
  return solve(m, b);
}

/** Gaussian elimination with partial pivoting. */
export function solve(matrix: Complex[][], right: Complex[]): Complex[] {
  const n = right.length;
  const m = matrix.map((row, i) => [...row, right[i]]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (size(m[i][k]) > size(m[pivot][k])) pivot = i;
    [m[k], m[pivot]] = [m[pivot], m[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = over(m[i][k], m[k][k]);
      if (size(factor) === 0) continue;
      for (let j = k; j <= n; j++) m[i][j] = minus(m[i][j], times(factor, m[k][j]));
    }
  }
  const x = right.map(() => zero);
  for (let i = n - 1; i >= 0; i--) {
    let sum = m[i][n];
    for (let j = i + 1; j < n; j++) sum = minus(sum, times(m[i][j], x[j]));
    x[i] = over(sum, m[i][i]);
  }
  return x;
}

/** q_X of (2.11), and the sum of its terms' magnitudes. */
export function current(
  system: System,
  bath: number,
  equation: LiteralEquation,
  rho: readonly Complex[],
): { readonly value: number; readonly terms: number } {
  const n = system.energies.length;
  const k = kernel(system, bath, equation);
  let value = 0;
  let terms = 0;
  for (let p = 0; p < n; p++) {
    for (let column = 0; column < n * n; column++) {
      const term = scaled(times(k[p * n + p][column], rho[column]), system.energies[p]).re;
      value += term;
      terms += Math.abs(term);
    }
  }
  return { value, terms };
}
