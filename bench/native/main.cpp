// Prints a JSON object: median ns a row or a system of each work.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

#include "lu.hpp"
#include "rows.hpp"

static const int ROWS = 16384, SYSTEMS = 256;

template <class Work> static double median_ns(Work work, int units) {
  using clock = std::chrono::steady_clock;
  std::vector<double> samples;
  const auto start = clock::now();
  while (std::chrono::duration<double>(clock::now() - start).count() < 1.0) {
    const auto before = clock::now();
    work();
    samples.push_back(std::chrono::duration<double, std::nano>(clock::now() - before).count() / units);
  }
  std::nth_element(samples.begin(), samples.begin() + samples.size() / 2, samples.end());
  return samples[samples.size() / 2];
}

template <int N> static double lu_ns() {
  std::vector<double> systems(SYSTEMS * (2 * N * N + 2 * N));
  uint64_t state = 1;
  for (double &value : systems) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    value = double(state >> 11) / 9007199254740992.0 * 2 - 1;
  }
  std::vector<double> work(systems.size());
  // the copy is timed as well: 2 % of the solve at N = 16
  return median_ns(
      [&] {
        std::memcpy(work.data(), systems.data(), systems.size() * sizeof(double));
        for (int k = 0; k < SYSTEMS; k++) {
          double *at = work.data() + k * (2 * N * N + 2 * N);
          auto re = reinterpret_cast<double(*)[N]>(at), im = reinterpret_cast<double(*)[N]>(at + N * N);
          lu_solve<N>(re, im, at + 2 * N * N, at + 2 * N * N + N);
        }
      },
      SYSTEMS);
}

int main() {
  std::vector<double> lambda(ROWS), T_A(ROWS), out[6];
  for (int i = 0; i < ROWS; i++) {
    lambda[i] = 0.05 + 1.25 * (i / 1000) / 17;
    T_A[i] = 0.5 + 4.0 * (i % 1000) / 999;
  }
  for (auto &column : out) column.resize(ROWS);
  const Columns columns = {out[0].data(), out[1].data(), out[2].data(),
                           out[3].data(), out[4].data(), out[5].data()};
  const double closed =
      median_ns([&] { closed_rows(lambda.data(), T_A.data(), columns, ROWS); }, ROWS);
  double check = out[4][777];
  const double redfield =
      median_ns([&] { redfield_rows(lambda.data(), T_A.data(), columns, ROWS); }, ROWS);
  check += out[4][777];
  std::printf("{\"closed\":%.2f,\"redfield\":%.2f,\"lu4\":%.1f,\"lu6\":%.1f,\"lu16\":%.1f,\"check\":%.17g}\n",
              closed, redfield, lu_ns<4>(), lu_ns<6>(), lu_ns<16>(), check);
}
