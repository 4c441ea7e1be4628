import type { ColumnGroup, Model, ResultColumn, Structure } from "./model.ts";

/**
 * Places in the kernel's result vector of a row: populations by level, then real and imaginary part
 * of each coherence, then a current a bath, then the residual; then, where one is asked for, the
 * condition and an error bar for each of those before the residual.
 */
export function resultPlaces(structure: Pick<Structure, "levels" | "coherences" | "raising">) {
  const { levels } = structure;
  const currents = levels + 2 * structure.coherences.length;
  const count = currents + structure.raising.length + 1;
  return {
    population: (level: number) => level,
    re: (coherence: number) => levels + 2 * coherence,
    im: (coherence: number) => levels + 2 * coherence + 1,
    current: (bath: number) => currents + bath,
    residual: currents + structure.raising.length,
    count,
    rcond: count,
    bar: (result: number) => count + 1 + result,
    end: 2 * count,
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

/** How well the linear system was solved and how well it can be; defined for `method: lu` alone. */
export function systemColumns(
  structure: Structure,
): Readonly<Record<"residual" | "rcond", readonly ResultColumn[]>> {
  const { residual, rcond } = resultPlaces(structure);
  const column = (name: string, description: string, result: number): ResultColumn => ({
    name,
    unit: "1",
    description,
    equations: everywhere("(2.3)"),
    result,
  });
  return {
    residual: [column("residual", "normwise backward error of the linear solve", residual)],
    rcond: [column("rcond", "reciprocal condition number of the scaled linear system", rcond)],
  };
}

/** An error bar for each of these columns: the true value lies no further away. */
export function errorColumns(
  structure: Structure,
  columns: readonly ResultColumn[],
): readonly ResultColumn[] {
  return columns.map(({ name, unit, equations, result }) => ({
    name: `${name}_error`,
    unit,
    description: `error bar of ${name}: the exact value is no further away`,
    equations,
    result: resultPlaces(structure).bar(result),
  }));
}

/** The groups in file order. */
export const columnGroups = [
  "populations",
  "coherences",
  "currents",
  "residual",
  "rcond",
  "errors",
] as const satisfies readonly ColumnGroup[];

/** Groups in a file of a model whose spec asks for none. */
export function defaultGroups({ onRequest = [] }: Model): readonly ColumnGroup[] {
  const groups = ["populations", "coherences", "currents"] as const;
  return groups.filter((group) => !onRequest.includes(group));
}

/** All columns a model has for any equation and method, in file order. */
export function allColumns(model: Model): readonly ResultColumn[] {
  return columnGroups.flatMap((group) => model.columns[group]);
}
