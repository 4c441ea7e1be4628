// Dense complex LU with partial pivoting by |re| + |im|, real and imaginary parts in planes of their own.
#pragma once
#include <cmath>
#include <utility>

template <int N> static void lu_solve(double (*re)[N], double (*im)[N], double *x, double *y) {
  for (int k = 0; k < N; k++) {
    int pivot = k;
    double best = std::abs(re[k][k]) + std::abs(im[k][k]);
    for (int i = k + 1; i < N; i++) {
      const double size = std::abs(re[i][k]) + std::abs(im[i][k]);
      if (size > best) best = size, pivot = i;
    }
    if (pivot != k) {
      for (int j = 0; j < N; j++) std::swap(re[k][j], re[pivot][j]), std::swap(im[k][j], im[pivot][j]);
      std::swap(x[k], x[pivot]), std::swap(y[k], y[pivot]);
    }
    const double norm = 1 / (re[k][k] * re[k][k] + im[k][k] * im[k][k]);
    const double a = re[k][k] * norm, b = -im[k][k] * norm;
    for (int i = k + 1; i < N; i++) {
      const double c = re[i][k] * a - im[i][k] * b, d = re[i][k] * b + im[i][k] * a;
      re[i][k] = c, im[i][k] = d;
      double *__restrict xr = re[i], *__restrict xi = im[i];
      const double *__restrict ur = re[k], *__restrict ui = im[k];
#pragma GCC ivdep
      for (int j = k + 1; j < N; j++) {
        xr[j] -= c * ur[j] - d * ui[j];
        xi[j] -= c * ui[j] + d * ur[j];
      }
      x[i] -= c * x[k] - d * y[k];
      y[i] -= c * y[k] + d * x[k];
    }
  }
  for (int i = N - 1; i >= 0; i--) {
    double s = x[i], t = y[i];
    for (int j = i + 1; j < N; j++) {
      s -= re[i][j] * x[j] - im[i][j] * y[j];
      t -= re[i][j] * y[j] + im[i][j] * x[j];
    }
    const double norm = 1 / (re[i][i] * re[i][i] + im[i][i] * im[i][i]);
    x[i] = (s * re[i][i] + t * im[i][i]) * norm;
    y[i] = (t * re[i][i] - s * im[i][i]) * norm;
  }
}
