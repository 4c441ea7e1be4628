import type { Domain } from "./model.ts";

/**
 * Magnitudes between which no intermediate result of the kernels over- or underflows. Energies,
 * couplings and cutoffs outside are refused rather than computed wrongly.
 */
const SMALLEST = 1e-100;
const LARGEST = 1e100;

/** ω > 0: energies, splittings, cutoffs. */
export const positive: Domain = {
  text: `a number > 0 (between ${SMALLEST} and ${LARGEST})`,
  allowed: (value) => value >= SMALLEST && value <= LARGEST,
};

/** g ≥ 0: spectral functions' strengths. */
export const strength: Domain = {
  text: `a number ≥ 0 (0, or between ${SMALLEST} and ${LARGEST})`,
  allowed: (value) => value === 0 || (value >= SMALLEST && value <= LARGEST),
};

/** T ≥ 0; T = 0 is the vacuum, n = 0 exactly. */
export const temperature: Domain = {
  text: `a number ≥ 0 (at most ${LARGEST})`,
  allowed: (value) => value >= 0 && value <= LARGEST,
};

/** Exponent of a power-law spectral function: 1 Ohmic, below 1 sub-, above 1 super-Ohmic. */
export const exponent: Domain = {
  text: "a number between 0 and 16",
  allowed: (value) => value >= 0 && value <= 16,
};

/** A coupling of either sign. */
export const coupling: Domain = {
  text: `a number between -${LARGEST} and ${LARGEST}`,
  allowed: (value) => value >= -LARGEST && value <= LARGEST,
};
