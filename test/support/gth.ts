/**
 * The stationary distribution of a rate equation, `rates[p][q]` from state q to p, by the elimination
 * of Grassmann, Taksar and Heyman: sums, products and quotients of positive numbers, so that every
 * entry is right to a few ulps of itself, whatever its size.
 */
export function gth(rates: readonly (readonly number[])[]): number[] {
  const n = rates.length;
  const w = rates.map((row) => [...row]);
  const out = Array<number>(n).fill(0);
  for (let k = n - 1; k > 0; k--) {
    for (let p = 0; p < k; p++) out[k] += w[p][k];
    for (let p = 0; p < k; p++) {
      for (let q = 0; q < k; q++) if (p !== q) w[p][q] += (w[p][k] * w[k][q]) / out[k];
    }
  }
  const x = [1];
  for (let k = 1; k < n; k++) {
    let into = 0;
    for (let q = 0; q < k; q++) into += w[k][q] * x[q];
    x.push(into / out[k]);
  }
  const total = x.reduce((sum, value) => sum + value, 0);
  return x.map((value) => value / total);
}
