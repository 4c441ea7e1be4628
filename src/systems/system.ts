import type { OperatorSum } from "./operator-sum.ts";

/** A bath's coupling: X ⊗ (B + B†) where `operator` is Hermitian, else S ⊗ B† + S† ⊗ B. */
export interface Coupling {
  readonly bath: string;
  /** The sum of all couplings to the bath, which is where their cross terms come from. */
  readonly operator: OperatorSum;
  readonly hermitian: boolean;
}

/** An open system as a spec describes it, its expressions evaluated. */
export interface System {
  readonly levels: number;
  /** Names of the numbers in the expressions, in the order of the spec. */
  readonly parameters: readonly string[];
  readonly hamiltonian: OperatorSum;
  /** What the baths see, for `local`. */
  readonly bare: OperatorSum | undefined;
  readonly couplings: readonly Coupling[];
  /** The model of the spec, everything in its canonical place. */
  readonly source: SystemSource;
  /** Canonical JSON of `source`: equal for equal systems. */
  readonly key: string;
}

/** `model` of a spec. */
export interface SystemSource {
  readonly name: string;
  readonly factors: readonly number[];
  readonly hamiltonian: string;
  readonly bare?: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly baths: Readonly<Record<string, { readonly coupling: string | readonly string[] }>>;
}
