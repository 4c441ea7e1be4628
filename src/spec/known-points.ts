import { shown } from "./shown.ts";
import { SpecError } from "./spec-error.ts";
import type { Axis } from "./sweep.ts";

/** Whether the values of an axis are there, and not only described. */
export function isKnown({ values }: Axis): boolean {
  return values.every((some) => some.kind !== "points" || some.values !== undefined);
}

/** What is wrong with a spec that names a points file of which the rows are not there. */
export function unreadPoints(file: string): SpecError {
  const message =
    `${shown(file)} has not been read; qheat reads it with the spec's file, and a program with ` +
    "readSpec(FILE) or points: await readPoints(FILE)";
  return new SpecError([{ path: "points", message }]);
}
