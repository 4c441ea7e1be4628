/** One bit of a row's `status`. */
export interface StatusBit {
  readonly bit: number;
  readonly name: string;
  readonly description: string;
}

/** The bits of `status`; 0 is a row to trust. */
export const statusBits: readonly StatusBit[] = [
  { bit: 1, name: "domain", description: "outside the domain (results NaN)" },
  { bit: 2, name: "singular", description: "singular: no unique steady state (results NaN)" },
  { bit: 4, name: "negative", description: "a negative population" },
  { bit: 8, name: "second law", description: "the second law broken" },
  { bit: 16, name: "residual", description: "residual above its bound" },
];

/** What a row's `status` says, in words. */
export function describeStatus(status: number): string {
  if (status === 0) return "a row to trust";
  const set = statusBits.filter(({ bit }) => (status & bit) !== 0);
  return set.map(({ description }) => description).join("; ");
}
