import type { System } from "../systems/system.ts";

/**
 * The equations of motion whose steady state is solved for; `docs/physics.md` derives those of the
 * paper's models, `docs/systems.md` those of a system from a spec.
 */
export type EquationName =
  | "lindblad"
  | "redfield"
  | "redfield-eq213"
  | "redfield-appendix"
  | "local"
  | "partial-secular"
  | "unified";

/** How a row is solved: `closed` evaluates a closed form, `lu` the general kernel and a complex LU. */
export type MethodName = "closed" | "lu";

/** The spectral functions a bath can have. */
export type SpectrumName = "flat" | "power" | "drude";

/** Energies and temperatures share one unit (ħ = k_B = 1); a rate is a coupling strength. */
export type Unit =
  "energy" | "rate" | "rate / energy^exponent" | "1" | "energy * rate" | "as the model has it";

/** A number that fixes a point: of the system (`omega_1`) or of a bath (`T_A`, `g_A`). */
export interface Parameter {
  readonly name: string;
  readonly unit: Unit;
  readonly description: string;
  /** The values a single parameter may take, whatever the others are. */
  readonly domain: Domain;
  /** Its value where a spec gives none. */
  readonly default?: number;
}

/**
 * An interval of doubles, both ends in it, and 0 beside it where `zero` says so; `allowed` decides,
 * `text` says it in words (`"a number > 0"`).
 */
export interface Domain {
  readonly text: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly zero: boolean;
  readonly allowed: (value: number) => boolean;
}

/** One result column. `result` is its place in the kernel's result vector of a row. */
export interface ResultColumn {
  readonly name: string;
  readonly unit: Unit;
  readonly description: string;
  /** Where the paper has the quantity, by equation of motion: `"(3.50)"` for `lindblad`. */
  readonly equations: Readonly<Partial<Record<EquationName, string>>>;
  readonly result: number;
}

/** A named set of columns that `columns:` of a spec may ask for as one. */
export type ColumnGroup =
  "populations" | "coherences" | "currents" | "residual" | "rcond" | "errors";

/** The matrix element ⟨bra|S|ket⟩ = sign × (entry `element` of the row's element table). */
export interface OperatorElement {
  readonly bra: number;
  readonly ket: number;
  readonly element: number;
  readonly sign: 1 | -1;
}

/**
 * What of a model does not change from row to row. Levels are numbered in ascending energy, so
 * level 0 is the ground state.
 */
export interface Structure {
  readonly levels: number;
  /** Number of distinct positive frequencies the baths drive; classes 1 … `frequencies`. */
  readonly frequencies: number;
  /** Entries in the table of operator elements. */
  readonly elements: number;
  /**
   * Class of E_p − E_q: 0 where they are equal, +f or −f for the f-th frequency. Classes above
   * `frequencies` name differences no bath drives.
   */
  readonly transition: (p: number, q: number) => number;
  /** One entry a bath: the raising part S¹ of its exchange coupling S¹B¹ + S²B², S² = S¹†, (3.2), (3.28). */
  readonly raising: readonly (readonly OperatorElement[])[];
  /** The pairs (p, q), p < q, whose coherence is a result. */
  readonly coherences: readonly (readonly [number, number])[];
}

/** A physical system between heat baths: what can be set, what comes out, and its structure. */
export interface Model {
  readonly name: string;
  readonly description: string;
  /** Hamiltonian and couplings to the baths, a line each. */
  readonly hamiltonian: readonly string[];
  /** Parameters of the system itself; bath parameters follow from `baths`. */
  readonly parameters: readonly Parameter[];
  /** Bath names: `A` gives `T_A`, `bath_A`, `g_A`, `exponent_A`, `cutoff_A`, `q_A`. */
  readonly baths: readonly string[];
  readonly equations: readonly EquationName[];
  /** Equations for which a closed form exists; the others are solved by `lu` alone. */
  readonly closed: readonly EquationName[];
  /** Columns in file order, by group. */
  readonly columns: Readonly<Record<ColumnGroup, readonly ResultColumn[]>>;
  /** Groups that are in a file only if its spec asks for them. */
  readonly onRequest?: readonly ColumnGroup[];
  /**
   * The joint condition on several parameters, if there is one: true where a steady state exists.
   * `text` says it in words.
   */
  readonly joint?: {
    readonly parameters: readonly string[];
    readonly text: string;
    readonly allowed: (values: readonly number[]) => boolean;
  };
}

/** A model of the paper, which the kernels know. */
export interface BuiltInModel extends Model {
  readonly structure: Structure;
}

/** A system that a spec describes. Its columns and parameters are those of the spec's equation. */
export interface SystemModel extends Model {
  readonly system: System;
}
