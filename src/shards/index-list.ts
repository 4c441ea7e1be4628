/** Ascending indices as engines take them: `3,4,17-20`. */
export function indexList(indices: readonly number[]): string {
  const runs: [from: number, to: number][] = [];
  for (const index of indices) {
    const last = runs.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}
