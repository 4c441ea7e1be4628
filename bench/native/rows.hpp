// The work of the goals, row by row, as one would write it without further thought: plain loops for
// the compiler to vectorise, no guard, no status, no care for low temperatures.
#pragma once
#include <cmath>

struct Columns {
  double *__restrict rho_11, *__restrict rho_22, *__restrict rho_33, *__restrict rho_44, *__restrict q_A, *__restrict q_B;
};

// Planck's n; 1/(exp(x) - 1) would lose the digits of small x.
static inline double planck(double x) { return 1 / std::expm1(x); }

// Closed Lindblad form, (3.50), (3.57)-(3.61); omega_1 = 1, omega_2 = 2, g = 1, T_B = 1.
static void closed_rows(const double *__restrict lambda, const double *__restrict T_A, Columns out, int rows) {
  for (int i = 0; i < rows; i++) {
    const double l = lambda[i], half = std::sqrt(0.25 + l * l);
    const double a2 = 0.5 * (1 - 0.5 / half), b2 = 1 - a2;
    const double plus = 1.5 + half, minus = 1.5 - half;
    const double nAp = planck(plus / T_A[i]), nAm = planck(minus / T_A[i]);
    const double nBp = planck(plus), nBm = planck(minus);
    const double s3 = a2 * nAp + b2 * nBp, s1 = s3 + 1;
    const double s4 = b2 * nAm + a2 * nBm, s2 = s4 + 1;
    const double d1 = s1 + s3, d2 = s2 + s4, norm = 1 / (d1 * d2);
    const double q = a2 * b2 * (plus * (nAp - nBp) / d1 + minus * (nAm - nBm) / d2);
    out.rho_11[i] = s1 * s2 * norm;
    out.rho_22[i] = s1 * s4 * norm;
    out.rho_33[i] = s3 * s2 * norm;
    out.rho_44[i] = s3 * s4 * norm;
    out.q_A[i] = q;
    out.q_B[i] = -q;
  }
}

// Standard Redfield: the real 6 x 6 block, eliminated in order, and both currents.
static void redfield_rows(const double *__restrict lambda, const double *__restrict T_A, Columns out, int rows) {
  for (int i = 0; i < rows; i++) {
    const double l = lambda[i], half = std::sqrt(0.25 + l * l);
    const double a2 = 0.5 * (1 - 0.5 / half), b2 = 1 - a2, ab = std::sqrt(a2 * b2);
    const double plus = 1.5 + half, minus = 1.5 - half;
    const double nAp = planck(plus / T_A[i]), nAm = planck(minus / T_A[i]);
    const double nBp = planck(plus), nBm = planck(minus);
    const double s3 = a2 * nAp + b2 * nBp, s1 = s3 + 1;
    const double s4 = b2 * nAm + a2 * nBm, s2 = s4 + 1;
    const double dp = nAp - nBp, dm = nAm - nBm;
    const double k = 0.5 * ab * (dp + dm), kappa = 0.5 * ab * (dp - dm);
    const double gap = minus - plus, width = -0.5 * (s1 + s2 + s3 + s4);
    double m[6][7] = {
        {1, 1, 1, 1, 0, 0, 1},
        {s4, -(s2 + s3), 0, s1, 2 * kappa, 0, 0},
        {s3, 0, -(s1 + s4), s2, -2 * kappa, 0, 0},
        {0, s3, s4, -(s1 + s2), 2 * k, 0, 0},
        {-k, -kappa, kappa, k, width, gap, 0},
        {0, 0, 0, 0, -gap, width, 0},
    };
#pragma GCC unroll 8
    for (int c = 0; c < 6; c++) {
      const double inverse = 1 / m[c][c];
#pragma GCC unroll 8
      for (int r = c + 1; r < 6; r++) {
        const double f = m[r][c] * inverse;
#pragma GCC unroll 8
        for (int j = c + 1; j < 7; j++) m[r][j] -= f * m[c][j];
      }
    }
    double x[6];
#pragma GCC unroll 8
    for (int r = 5; r >= 0; r--) {
      double sum = m[r][6];
#pragma GCC unroll 8
      for (int j = r + 1; j < 6; j++) sum -= m[r][j] * x[j];
      x[r] = sum / m[r][r];
    }
    const double re = 2 * x[4];
    const double a3 = a2 * nAp, a4 = b2 * nAm, a1 = a3 + a2, a2m = a4 + b2;
    const double down = 0.5 * ab * (2 + nAp + nAm), up = 0.5 * ab * (nAp + nAm);
    const double r1 = a2m * x[1] + a1 * x[2] - (a3 + a4) * x[0] - down * re;
    const double r2 = a4 * x[0] + a1 * x[3] - (a2m + a3) * x[1];
    const double r3 = a3 * x[0] + a2m * x[3] - (a1 + a4) * x[2];
    const double r4 = a3 * x[1] + a4 * x[2] - (a1 + a2m) * x[3] + up * re;
    const double q = 1.5 * (r4 - r1) + half * (r3 - r2 + ab * (nAm - nAp) * re);
    out.rho_11[i] = x[0];
    out.rho_22[i] = x[1];
    out.rho_33[i] = x[2];
    out.rho_44[i] = x[3];
    out.q_A[i] = q;
    out.q_B[i] = -q;
  }
}
