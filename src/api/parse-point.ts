import { parseSpec } from "../spec/parse-spec.ts";
import { SpecError } from "../spec/spec-error.ts";
import type { Sweep } from "../spec/sweep.ts";

/**
 * A valid point: a spec without axes.
 *
 * @throws SpecError
 */
export function parsePoint(point: unknown): Sweep {
  const parsed = parseSpec(point);
  if (parsed.axes.length > 0) {
    throw new SpecError([
      {
        path: "sweep",
        message: "solve takes one point, and this spec sweeps: leave `sweep` out (--set sweep=[])",
      },
    ]);
  }
  return parsed;
}
