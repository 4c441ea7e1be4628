import * as layout from "../../assembly/layout.ts";

/** One bit of a row's `status`. */
export interface StatusBit {
  readonly bit: number;
  readonly name: string;
  readonly description: string;
}

/** The bits of `status`; 0 is a row to trust. */
export const statusBits: readonly StatusBit[] = [
  { bit: layout.OUTSIDE_DOMAIN, name: "domain", description: "outside the domain (results NaN)" },
  {
    bit: layout.SINGULAR,
    name: "singular",
    description: "singular: no unique steady state (results NaN)",
  },
  { bit: layout.NEGATIVE_POPULATION, name: "negative", description: "a negative population" },
  { bit: layout.SECOND_LAW_BROKEN, name: "second law", description: "the second law broken" },
  { bit: layout.RESIDUAL_TOO_LARGE, name: "residual", description: "residual above its bound" },
];

/** What a row's `status` says, in words. */
export function describeStatus(status: number): string {
  if (status === 0) return "a row to trust";
  const set = statusBits.filter(({ bit }) => (status & bit) !== 0);
  return set.map(({ description }) => description).join("; ");
}
