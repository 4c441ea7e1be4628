import type { Domain } from "./model.ts";

/**
 * Magnitudes between which no intermediate result of the kernels over- or underflows. Energies,
 * couplings and cutoffs outside are refused rather than computed wrongly.
 */
const SMALLEST = 1e-100;
const LARGEST = 1e100;

function interval(text: string, minimum: number, maximum: number): Domain {
  return {
    text,
    minimum,
    maximum,
    zero: minimum <= 0 && maximum >= 0,
    allowed: (value) => value >= minimum && value <= maximum,
  };
}

/** ω > 0: energies, splittings, cutoffs. */
export const positive = interval(
  `a number > 0 (between ${SMALLEST} and ${LARGEST})`,
  SMALLEST,
  LARGEST,
);

/** g ≥ 0: spectral functions' strengths. */
export const strength: Domain = {
  ...positive,
  text: `a number ≥ 0 (0, or between ${SMALLEST} and ${LARGEST})`,
  zero: true,
  allowed: (value) => value === 0 || positive.allowed(value),
};

/** T ≥ 0; T = 0 is the vacuum, n = 0 exactly. */
export const temperature = interval(`a number ≥ 0 (at most ${LARGEST})`, 0, LARGEST);

/** Exponent of a power-law spectral function: 1 Ohmic, below 1 sub-, above 1 super-Ohmic. */
export const exponent = interval("a number between 0 and 16", 0, 16);

/** A coupling of either sign. */
export const coupling = interval(`a number between -${LARGEST} and ${LARGEST}`, -LARGEST, LARGEST);

/** A fraction of a spectrum's width. */
export const tolerance = interval("a number between 0 and 1", 0, 1);

/** A difference of energies, 0 included. */
export const width = interval(`a number ≥ 0 (at most ${LARGEST})`, 0, LARGEST);
