/** A determinant by expansion along the first row: exact for small integers. */
export function determinant(matrix: readonly (readonly number[])[]): number {
  if (matrix.length === 0) return 1;
  const [first, ...rest] = matrix;
  return first.reduce((sum, entry, j) => {
    if (entry === 0) return sum;
    const minor = rest.map((row) => row.filter((_, column) => column !== j));
    return sum + (j % 2 === 0 ? entry : -entry) * determinant(minor);
  }, 0);
}
