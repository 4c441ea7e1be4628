import { expect, test } from "vitest";
import { current, steadyState, type LiteralEquation } from "../support/literal.ts";
import { literalOf, randomLevelSystem, solveLevels } from "../support/levels.ts";
import { seeded } from "../support/random.ts";

const equations: readonly LiteralEquation[] = ["lindblad", "redfield", "redfield-eq213"];
const shapes = [
  { levels: 2, baths: 1 },
  { levels: 2, baths: 4 },
  { levels: 3, baths: 2 },
  { levels: 4, baths: 3 },
  { levels: 6, baths: 2 },
];

for (const equation of equations) {
  for (const { levels, baths } of shapes) {
    test(`${equation}: ${levels} levels, ${baths} baths with complex operators, a different system in each lane, are the literal equations within 1e-11 (both solve in doubles)`, () => {
      const random = seeded(levels * 100 + baths);
      const systems = [1, 2, 3].map(() => randomLevelSystem(levels, baths, random));
      const { rows } = solveLevels(systems, equation, "wasm");
      systems.forEach((system, k) => {
        const literal = literalOf(system);
        const rho = steadyState(literal, equation, 0);
        const row = rows[k];
        row.populations.forEach((value, n) => {
          expect(Math.abs(value - rho[n * levels + n].re)).toBeLessThan(1e-11);
        });
        let c = 0;
        for (let p = 1; p < levels; p++) {
          for (let q = 0; q < p; q++) {
            const { re, im } = rho[q * levels + p];
            const value = row.coherences[c++];
            expect(Math.hypot(value.re - re, value.im - im)).toBeLessThan(1e-11);
          }
        }
        row.currents.forEach((value, bath) => {
          const exact = current(literal, bath, equation, rho);
          expect(Math.abs(value - exact.value)).toBeLessThan(1e-11 * exact.terms);
        });
        expect(row.residual).toBeLessThan(1e-15);
      });
    });
  }
}

test("16 levels, 256 unknowns, 3 baths: the literal Redfield equation within 1e-10", () => {
  const system = randomLevelSystem(16, 3, seeded(16));
  const [row] = solveLevels([system], "redfield", "wasm").rows;
  const rho = steadyState(literalOf(system), "redfield", 0);
  row.populations.forEach((value, n) => {
    expect(Math.abs(value - rho[17 * n].re)).toBeLessThan(1e-10);
  });
  expect(Math.abs(row.currents.reduce((sum, q) => sum + q, 0))).toBeLessThan(1e-10);
  expect(row.status & 16).toBe(0);
});

test("any number of levels to 16: both backends give the same bits", () => {
  for (const levels of [2, 3, 5, 9, 16]) {
    const random = seeded(levels);
    const systems = [1, 2, 3].map(() => randomLevelSystem(levels, 2, random));
    const equation = levels > 9 ? "lindblad" : "redfield";
    const [wasm, js] = (["wasm", "js"] as const).map((b) => solveLevels(systems, equation, b));
    expect(wasm.bytes.equals(js.bytes), `${levels} levels`).toBe(true);
  }
});
