import type { Point, Solver } from "../engine/point-solver.ts";
import { parsePoint } from "./parse-point.ts";
import { pointsLike } from "./points-like.ts";

/** A warm engine that solves one point after the other in the calling thread. */
export interface Engine {
  /**
   * Solves one point: its steady state (2.3) and heat currents (2.11), (2.12). A point that differs
   * from the one before in its numbers alone takes a few microseconds: the plan of the kernel, its
   * memory and what was read of the spec are kept.
   *
   * @param point a spec without `sweep`, as an object or as YAML or JSON text.
   * @returns the results by column name in file order, then `status`, 0 for a result to trust. A
   *   result that does not exist is NaN, and `status` says why.
   * @throws SpecError if the point is not valid or outside the domain.
   */
  solve(point: unknown): Record<string, number>;
}

/** Status bits of a point without results: outside the domain, singular. */
const NO_RESULTS = 1 | 2;

/** The public face of a solver. */
export function pointEngine(solver: Solver): Engine {
  let last: Point | undefined;
  let numbersLike: ReturnType<typeof pointsLike> = () => undefined;

  const results = (point: Point) => {
    const { values, status } = solver(point);
    const byName: Record<string, number> = {};
    point.columns.forEach(({ name }, c) => (byName[name] = values[c]));
    byName["status"] = status;
    return byName;
  };

  return {
    solve(point) {
      const constants = numbersLike(point);
      if (last !== undefined && constants !== undefined) {
        const found = results({ ...last, constants });
        // what several numbers must meet together is for the parser to tell
        if ((found["status"] & NO_RESULTS) === 0) return found;
      }
      const parsed = parsePoint(point);
      last = parsed;
      numbersLike = pointsLike(point, parsed);
      return results(parsed);
    },
  };
}
