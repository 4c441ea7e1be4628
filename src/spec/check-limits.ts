import type { SystemModel } from "../models/model.ts";
import { largestStrength, levelsAt, strengthOf, type Values } from "../systems/levels-at.ts";
import type { Issues } from "./issues.ts";
import { rowValues } from "./row-values.ts";
import type { Sweep } from "./sweep.ts";

/** Rows looked at, spread over the sweep. */
const MOST_PROBED = 16;
/** Energies this close, relative to the width of the spectrum, count as equal: 2⁻⁴⁴. */
const EQUAL = 2 ** -44;
/** |element|² below this fraction of the largest is rounding. */
const NEGLIGIBLE = 1e-24;

/**
 * Refuses a sweep whose coupling has elements between equal energies where the bath's D(ω) has no
 * limit at ω → 0. Rows alone that do are outside the domain.
 */
export function checkLimits(
  sweep: Omit<Sweep, "canonical" | "model">,
  model: SystemModel,
  issues: Issues,
): void {
  const probes = Math.min(MOST_PROBED, sweep.rows);
  const rows = Array.from({ length: probes }, (_, k) =>
    Math.floor((k * (sweep.rows - 1)) / Math.max(probes - 1, 1)),
  ).map((row) => rowValues(sweep, row));
  const at = rows.map((values) => levelsAt(model.system, values, sweep.equation === "local"));
  for (const [b, bath] of model.baths.entries()) {
    const spectrum = sweep.spectra[b];
    const found = rows.map((values, k) => {
      const { energies, couplings } = at[k];
      if (hasLimit(spectrum, bath, values)) return undefined;
      return pairAtRest(energies, couplings[b], values.get("secular_tolerance") ?? 0);
    });
    const [first] = found;
    if (first === undefined || found.includes(undefined)) continue;
    const [p, q] = first.map((level) => `|${level + 1}⟩`);
    const where = p === q ? `a diagonal element in ${p}` : `an element between ${p} and ${q}`;
    issues.add(
      `bath_${bath}.spectrum`,
      `D(ω) of a ${spectrum} spectrum has no finite limit at ω → 0, and the coupling to ${bath} has ` +
        `${where}, states of equal energy; wants power with an exponent of 1 or more, or drude`,
    );
  }
}

function hasLimit(spectrum: string, bath: string, values: Values): boolean {
  if (spectrum === "drude" || values.get(`g_${bath}`) === 0) return true;
  const exponent = spectrum === "power" ? values.get(`exponent_${bath}`)! : 0;
  return exponent >= 1 || (exponent > 0 && values.get(`T_${bath}`) === 0);
}

/** Two states of equal energy that the coupling connects. */
function pairAtRest(
  energies: readonly number[],
  coupling: Parameters<typeof strengthOf>[0],
  tolerance: number,
): readonly [number, number] | undefined {
  const n = energies.length;
  const least = NEGLIGIBLE * largestStrength(coupling);
  const equal = Math.max(EQUAL, tolerance) * (energies[n - 1] - energies[0]);
  for (let p = 0; p < n; p++) {
    for (let q = 0; q < n; q++) {
      if (Math.abs(energies[p] - energies[q]) <= equal && strengthOf(coupling, p, q) > least) {
        return [p, q];
      }
    }
  }
  return undefined;
}
