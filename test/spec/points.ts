/** A valid single qubit. */
export const qubit = {
  model: "qubit",
  omega_0: 1,
  T_A: 2,
  T_B: 1,
  bath_A: { spectrum: "flat", g: 1 },
  bath_B: { spectrum: "flat", g: 0.5 },
};

/** A valid pair, every kind of bath number in it. */
export const pair = {
  model: "qubit-pair",
  omega_1: 1,
  omega_2: 2,
  lambda: 0.5,
  T_A: 1.5,
  T_B: 1,
  bath_A: { spectrum: "drude", g: 1, cutoff: 5 },
  bath_B: { spectrum: "power", g: 1, exponent: 1, cutoff: 10 },
};

/** A valid point of the appendix' equation. */
export const appendix = {
  ...pair,
  equation: "redfield-appendix",
  bath_A: { spectrum: "flat", g: 1 },
  bath_B: { spectrum: "flat", g: 1 },
};
