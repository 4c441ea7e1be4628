import { current, type Complex, type LiteralEquation } from "./literal.ts";
import { literalSystem } from "./literal-models.ts";
import type { Point } from "./points.ts";
import type { Solved } from "./solve-point.ts";

/** Σ|E_n K^X_{nn,qq′} ρ_qq′| of bath A and of bath B: what a current's rounding error is measured in. */
export function sumOfTerms(
  point: Point,
  equation: LiteralEquation,
  { populations, value }: Solved,
): readonly [number, number] {
  const system = literalSystem({ ...point });
  const n = populations.length;
  const rho = Array.from({ length: n * n }, (): Complex => ({ re: 0, im: 0 }));
  populations.forEach((p, level) => (rho[(n + 1) * level] = { re: p, im: 0 }));
  if (n === 4) {
    const [re, im] = [value("re_rho_23"), value("im_rho_23")];
    rho[1 * n + 2] = { re, im };
    rho[2 * n + 1] = { re, im: -im };
  }
  const terms = (bath: number) => current(system, bath, equation, rho).terms;
  return [terms(0), terms(1)];
}
