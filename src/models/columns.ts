import type { ColumnGroup, Model, ResultColumn, Structure } from "./model.ts";

/**
 * Places in the kernel's result vector of a row: populations by level, then real and imaginary part
 * of each coherence, then a current a bath, then the residual.
 */
export function resultPlaces(structure: Pick<Structure, "levels" | "coherences" | "raising">) {
  const { levels } = structure;
  const currents = levels + 2 * structure.coherences.length;
  return {
    population: (level: number) => level,
    re: (coherence: number) => levels + 2 * coherence,
    im: (coherence: number) => levels + 2 * coherence + 1,
    current: (bath: number) => currents + bath,
    residual: currents + structure.raising.length,
    count: currents + structure.raising.length + 1,
  };
}

/** The same place in the paper for every equation of motion. */
export function everywhere(place: string): ResultColumn["equations"] {
  return {
    lindblad: place,
    redfield: place,
    "redfield-eq213": place,
    "redfield-appendix": place,
  };
}

/** The heat currents q_X of a model with these baths. */
export function currentColumns(
  structure: Structure,
  baths: readonly string[],
  equations: readonly ResultColumn["equations"][],
): readonly ResultColumn[] {
  return baths.map((bath, b) => ({
    name: `q_${bath}`,
    unit: "energy * rate",
    description: `heat current from bath ${bath} into the system`,
    equations: equations[b],
    result: resultPlaces(structure).current(b),
  }));
}

/** The backward error of the LU solve; defined for `method: lu` alone. */
export function residualColumn(structure: Structure): ResultColumn {
  return {
    name: "residual",
    unit: "1",
    description: "normwise backward error of the linear solve",
    equations: everywhere("(2.3)"),
    result: resultPlaces(structure).residual,
  };
}

/** All columns a model has for any equation and method, in file order. */
export function allColumns(model: Model): readonly ResultColumn[] {
  const groups: readonly ColumnGroup[] = ["populations", "coherences", "currents", "residual"];
  return groups.flatMap((group) => model.columns[group]);
}
