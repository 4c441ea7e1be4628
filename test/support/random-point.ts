import type { EquationName } from "../../src/models/model.ts";
import type { SolvedPoint } from "./exact-steady-state.ts";
import type { BathPoint } from "./points.ts";

const equations: readonly EquationName[] = [
  "lindblad",
  "redfield",
  "redfield-eq213",
  "redfield-appendix",
];

/**
 * A point anywhere in the domain where a steady state is to be expected: every model, equation and
 * spectral function, temperatures from 0 and spread/T = 300 to classical heat, levels nearly
 * degenerate and couplings near the end of their domain, baths from feeble to strong.
 */
export function randomPoint(random: () => number): SolvedPoint {
  const chance = (p: number) => random() < p;
  const uniform = (low: number, high: number) => low + (high - low) * random();
  const scaled = (low: number, high: number) => 10 ** uniform(Math.log10(low), Math.log10(high));
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)];

  const unit = chance(0.7) ? 1 : scaled(1e-8, 1e8);
  const wide = chance(0.3);
  const equation = pick(equations);
  const appendix = equation === "redfield-appendix";
  const strength = () => (chance(0.04) ? 0 : unit * (wide ? scaled(1e-9, 1e3) : scaled(1e-3, 10)));
  const bath = (): BathPoint => {
    const g = strength();
    const spectrum = appendix ? "flat" : pick(["flat", "power", "drude"] as const);
    if (spectrum === "flat") return { spectrum, g };
    const cutoff = unit * scaled(0.05, 200);
    if (spectrum === "drude") return { spectrum, g: g / unit, cutoff };
    const exponent = chance(0.5) ? pick([0, 0.5, 1, 2, 3]) : uniform(0, wide ? 8 : 4);
    return { spectrum, g: g / unit ** exponent, exponent, cutoff };
  };
  const bath_A = bath();
  const bath_B = appendix ? bath_A : bath();
  const omega = unit * scaled(0.1, 10);
  const temperature = () =>
    chance(0.05) ? 0 : omega * (wide ? scaled(1 / 150, 1e6) : scaled(0.02, 100));
  const T_A = temperature();
  const T_B = chance(0.1) ? T_A : chance(0.1) ? T_A * (1 + scaled(1e-15, 1e-3)) : temperature();
  if (chance(0.15) && !appendix) {
    return { model: "qubit", equation, omega_0: omega, T_A, T_B, bath_A, bath_B };
  }
  const near = chance(0.2);
  const omega_2 = near ? omega * (1 + scaled(1e-15, 1e-2)) : omega * scaled(0.1, 10);
  const share = near
    ? pick([scaled(1e-12, 0.1), 1 - scaled(1e-12, 0.1)])
    : chance(0.05)
      ? 0
      : uniform(0.01, 0.99);
  const lambda = (chance(0.3) ? -1 : 1) * share * Math.sqrt(omega * omega_2);
  return {
    model: "qubit-pair",
    equation,
    omega_1: omega,
    omega_2,
    lambda,
    T_A,
    T_B,
    bath_A,
    bath_B,
  };
}
