import { shortened } from "../spec/shown.ts";
import { SpecError } from "../spec/spec-error.ts";

/** What is wrong with a file of points. */
export function wrongPoints(path: string, what: string): SpecError {
  return new SpecError([{ path: "points", message: `${shortened(path, 200)}: ${what}` }]);
}
