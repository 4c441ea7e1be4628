import fc from "fast-check";

/** A bath of a point. */
export interface BathPoint {
  readonly spectrum: "flat" | "power" | "drude";
  readonly g: number;
  readonly exponent?: number;
  readonly cutoff?: number;
}

interface BathsPoint {
  readonly T_A: number;
  readonly T_B: number;
  readonly bath_A: BathPoint;
  readonly bath_B: BathPoint;
}

export interface QubitPoint extends BathsPoint {
  readonly model: "qubit";
  readonly omega_0: number;
}

export interface PairPoint extends BathsPoint {
  readonly model: "qubit-pair";
  readonly omega_1: number;
  readonly omega_2: number;
  readonly lambda: number;
}

export type Point = QubitPoint | PairPoint;

/** A number uniform in [low, high]; `fc.double` is uniform in its bits, so nearly always tiny. */
export function uniform(low: number, high: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 2 ** 31 - 1 }).map((k) => low + ((high - low) * k) / 2 ** 31);
}

/** A number whose logarithm is uniform. */
export function logUniform(low: number, high: number): fc.Arbitrary<number> {
  return uniform(Math.log(low), Math.log(high)).map(Math.exp);
}

const energy = fc.oneof(
  { weight: 6, arbitrary: logUniform(0.02, 50) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2) },
);

/** From 0 through the smallest doubles to classical heat. */
export const anyTemperature = fc.oneof(
  { weight: 6, arbitrary: logUniform(0.01, 1e4) },
  { weight: 1, arbitrary: fc.constantFrom(0, 5e-324, 1e-3, 1, 1 + 2 ** -52, 1e12) },
);

/** g of both baths, one of them possibly 0. */
const strengths = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(logUniform(1e-3, 30), logUniform(1e-3, 30)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<[number, number][]>([1, 1], [1, 0], [0, 1], [1e-20, 1]),
  },
);

/** A cutoff low enough to matter and high enough not to cut a bath off altogether. */
const spectrum = fc.oneof(
  fc.constant({ spectrum: "flat" as const }),
  fc.record({
    spectrum: fc.constant("power" as const),
    exponent: fc.oneof(fc.constantFrom(0, 1, 3), uniform(0, 4)),
    cutoff: logUniform(5, 500),
  }),
  fc.record({ spectrum: fc.constant("drude" as const), cutoff: logUniform(0.1, 500) }),
);

const baths = fc
  .record({ gs: strengths, a: spectrum, b: spectrum, T_A: anyTemperature, T_B: anyTemperature })
  .map(({ gs, a, b, T_A, T_B }) => ({
    T_A,
    T_B,
    bath_A: { ...a, g: gs[0] },
    bath_B: { ...b, g: gs[1] },
  }));

/** λ/√(ω₁ω₂), both signs, 0 and both ends of the domain. */
const share = fc.oneof(
  { weight: 6, arbitrary: uniform(-0.99, 0.99) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1e-9, -1e-9, 1 - 1e-9, 1e-9 - 1) },
);

/** A single qubit anywhere in the domain. */
export const qubitPoint: fc.Arbitrary<QubitPoint> = fc
  .record({ omega_0: energy, rest: baths })
  .map(({ omega_0, rest }) => ({ model: "qubit", omega_0, ...rest }));

/** A qubit pair anywhere in the domain, ω₁ = ω₂ and λ = 0 among them. */
export const pairPoint: fc.Arbitrary<PairPoint> = fc
  .record({ omegas: fc.tuple(energy, energy), share, rest: baths })
  .map(({ omegas: [omega_1, omega_2], share: x, rest }) => ({
    model: "qubit-pair",
    omega_1,
    omega_2,
    lambda: x * Math.sqrt(omega_1) * Math.sqrt(omega_2),
    ...rest,
  }));

/** Either model, anywhere in the domain. */
export const anyPoint: fc.Arbitrary<Point> = fc.oneof(
  { weight: 1, arbitrary: qubitPoint },
  { weight: 3, arbitrary: pairPoint },
);

const gentleSpectrum = fc.oneof(
  fc.constant({ spectrum: "flat" as const }),
  fc.record({
    spectrum: fc.constant("power" as const),
    exponent: fc.constantFrom(0, 0.5, 1, 2),
    cutoff: logUniform(20, 500),
  }),
  fc.record({ spectrum: fc.constant("drude" as const), cutoff: logUniform(1, 500) }),
);

/**
 * A qubit pair whose rates lie within some nine orders of magnitude of each other: where they do
 * not, the linear system is as good as singular and `lu` loses digits (`docs/physics.md`).
 */
export const gentlePair: fc.Arbitrary<PairPoint> = fc
  .record({
    omega_1: logUniform(0.1, 10),
    omega_2: logUniform(0.1, 10),
    share: fc.tuple(uniform(0.02, 0.98), fc.boolean()),
    T_A: fc.oneof({ weight: 8, arbitrary: logUniform(0.05, 500) }, fc.constant(0)),
    T_B: fc.oneof({ weight: 8, arbitrary: logUniform(0.05, 500) }, fc.constant(0)),
    gs: fc.tuple(logUniform(0.01, 10), logUniform(0.01, 10)),
    a: gentleSpectrum,
    b: gentleSpectrum,
  })
  .map(({ omega_1, omega_2, share: [x, negative], T_A, T_B, gs, a, b }) => ({
    model: "qubit-pair",
    omega_1,
    omega_2,
    lambda: (negative ? -x : x) * Math.sqrt(omega_1 * omega_2),
    T_A,
    T_B,
    bath_A: { ...a, g: gs[0] },
    bath_B: { ...b, g: gs[1] },
  }));

/** The point with both baths at the same temperature. */
export function equilibrium<P extends Point>(point: P, temperature: number): P {
  return { ...point, T_A: temperature, T_B: temperature };
}
