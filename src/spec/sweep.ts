import type {
  BuiltInModel,
  EquationName,
  MethodName,
  ResultColumn,
  SpectrumName,
  SystemModel,
} from "../models/model.ts";

/** The values along one name of an axis; the grid is never materialised. */
export type AxisValues =
  | { readonly kind: "list"; readonly values: readonly number[] }
  | Range<"linspace">
  | Range<"geomspace">
  | (Range<"random"> & {
      readonly seed: number;
      /** The parameter: names with one seed are independent of each other. */
      readonly name: string;
    })
  | (Range<"sobol"> & {
      /** Moves the design at random; undefined for the sequence as it is. */
      readonly seed: number | undefined;
      readonly name: string;
      /** The coordinate of the design's points that this name takes, from 0. */
      readonly dimension: number;
    })
  | {
      /** A column of a points file, in memory that threads share. */
      readonly kind: "points";
      readonly count: number;
      /** Undefined where the file is known by its description alone: nothing can be solved then. */
      readonly values: Float64Array | undefined;
    };

/** `count` values between `from` and `to`. */
interface Range<Kind extends string> {
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** A file that gives a sweep its rows. */
export interface PointsFile {
  /** Its name as the spec has it. */
  readonly file: string;
  /** Of its bytes. */
  readonly sha256: string;
}

/** One axis of the grid. Its names move together: `values[k]` belongs to `names[k]`, all of length `count`. */
export interface Axis {
  readonly names: readonly string[];
  readonly count: number;
  readonly values: readonly AxisValues[];
}

/** A valid spec: a point (`constants`) with a sweep (`axes`, slowest first). Made by `parseSpec` alone. */
export interface Sweep {
  readonly model: BuiltInModel | SystemModel;
  readonly equation: EquationName;
  /** `auto` is resolved: `closed` where the equation has a closed form. */
  readonly method: MethodName;
  /** Spectral function of each bath, in the order of `model.baths`. */
  readonly spectra: readonly SpectrumName[];
  /** Every number that is not swept, by its flat name (`omega_1`, `T_A`, `g_A`, `cutoff_B`). */
  readonly constants: ReadonlyMap<string, number>;
  readonly axes: readonly Axis[];
  /** The file of the one axis, if that is the rows of a file. */
  readonly points?: PointsFile | undefined;
  /** Result columns in file order. */
  readonly columns: readonly ResultColumn[];
  /** Product of the axes' counts, at most 2^53 − 1; 1 without axes. */
  readonly rows: number;
  /** Canonical JSON of the spec: `parseSpec` of it gives this sweep again. */
  readonly canonical: string;
}
