import type { EquationName } from "./model.ts";

/** What each equation of motion is; `docs/physics.md` derives them. */
export const equationDescriptions: Readonly<Record<EquationName, string>> = {
  lindblad: "global Lindblad equation, (2.17)",
  redfield: "Bloch–Redfield equation without Lamb shift",
  "redfield-eq213": "(2.13) as the paper prints it",
  "redfield-appendix": "(A.4): identical flat baths; populations and coherences, no currents",
  local: "Lindblad equation with the jump operators of the bare Hamiltonian",
  "partial-secular": "Redfield terms whose frequencies differ by secular_cutoff at most",
  unified: "Lindblad equation of clusters of frequencies, each cluster_width wide at most",
};
