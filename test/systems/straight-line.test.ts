import fc from "fast-check";
import { expect, test } from "vitest";
import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/tape-layout.ts";
import { evaluateSystem } from "../../src/engine/js/evaluate-system.ts";
import { placedWords, slotLayout } from "../../src/engine/slot.ts";
import { planOf } from "../../src/engine/sweep-plan.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { seed } from "../support/arbitrary.ts";
import { seeded } from "../support/random.ts";
import { matrixText, randomMatrix, randomSystem } from "../support/system-points.ts";

/** Results of a point by the plan's straight line or by the general plan behind it; whether it was accepted. */
function solveBy(spec: unknown, line: boolean) {
  const sweep = parseSpec(spec);
  const plan = planOf(sweep);
  const slot = slotLayout(sweep, plan, 1);
  const memory = new ArrayBuffer(slot.bytes);
  const doubles = new Float64Array(memory);
  for (const [offset, value] of slot.constants) doubles[offset >> 3] = value;
  const every = placedWords(plan, slot);
  expect(every[common.SOLVER]).toBe(common.SOLVER_TAPE);
  const words = line ? every : every.subarray(every[common.FALLBACK]);
  const cells = new Float64Array(plan.cells);
  const status = new Uint8Array(memory, slot.status, 1);
  evaluateSystem(words, cells, doubles, status, 1);
  return {
    status: status[0],
    values: slot.columns.map((offset) => doubles[offset >> 3]),
    names: sweep.columns.map(({ name }) => name),
    accepted: cells[every[layout.ACCEPTED]] === 1,
  };
}

/** Beyond as many levels a dense complex system has no straight line. */
const equations = [
  ["lindblad", 4, {}],
  ["redfield", 3, {}],
  ["partial-secular", 4, { secular_cutoff: 1e-3 }],
  ["unified", 4, { cluster_width: 1e-3 }],
] as const;

test.each(equations)(
  `%s of random systems of 2 to %i levels: the straight line takes 95 %% of them, and gives what the pivoted LU gives to 1e−12, currents to 1e−11, the errors of plain solvers at condition 10³ (seed ${seed})`,
  (equation, most, number) => {
    let taken = 0;
    const runs = 100;
    fc.assert(
      fc.property(
        randomSystem.filter(({ energies }) => energies.length <= most),
        fc.boolean(),
        (random, turned) => {
          const spec = { ...random.spec(turned), equation, ...number };
          const line = solveBy(spec, true);
          if (!line.accepted) return;
          taken++;
          const general = solveBy(spec, false);
          expect(line.status).toBe(general.status);
          line.values.forEach((value, k) => {
            const bound = line.names[k].startsWith("q") ? 1e-11 : 1e-12;
            expect(Math.abs(value - general.values[k]), line.names[k]).toBeLessThan(bound);
          });
        },
      ),
      { seed, numRuns: runs },
    );
    expect(taken).toBeGreaterThan(0.95 * runs);
  },
);

/** Four levels that a complex Hamiltonian mixes in pairs, by as little as 10⁻¹⁸ of their distance, 0 or not. */
const pairwise = fc
  .record({
    key: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    strengths: fc.tuple(fc.integer({ min: -18, max: 0 }), fc.integer({ min: -18, max: 0 })),
    equal: fc.boolean(),
  })
  .map(({ key, strengths, equal }) => {
    const random = seeded(key);
    const number = () => 2 * random() - 1;
    const energies = [1, equal ? 1 : 1.3 + random(), 4 + random(), 7 + random()];
    const mixed = strengths.map((k) => [number() * 10 ** k, number() * 10 ** k]);
    const levels = energies.map((e, p) => `${e}*proj(1,${p + 1},${p + 1})`);
    const turns = mixed.flatMap(([re, im], k) => [
      `(${re} + ${im}*i)*proj(1,${2 * k + 1},${2 * k + 2})`,
      `(${re} - ${im}*i)*proj(1,${2 * k + 2},${2 * k + 1})`,
    ]);
    const coupling = () => ({ coupling: matrixText(randomMatrix(4, random)) });
    return {
      model: {
        levels: 4,
        hamiltonian: [...levels, ...turns].join(" + "),
        baths: { A: coupling(), B: coupling() },
      },
      T_A: 0.5 + random(),
      T_B: 1 + random(),
      bath_A: { spectrum: "drude", g: 0.02, cutoff: 5 },
      bath_B: { spectrum: "drude", g: 0.03, cutoff: 5 },
      columns: ["populations", "coherences", "currents"],
    };
  });

test.each(["lindblad", "partial-secular"] as const)(
  `%s of levels that mix in pairs: the straight line, which makes the model too, gives what the general plan gives to 1e−12, currents to 1e−11 (seed ${seed})`,
  (equation) => {
    let taken = 0;
    fc.assert(
      fc.property(pairwise, (random) => {
        const number = equation === "lindblad" ? {} : { secular_cutoff: 1e-3 };
        const spec = { ...random, equation, ...number };
        const line = solveBy(spec, true);
        if (!line.accepted) return;
        taken++;
        const general = solveBy(spec, false);
        expect(line.status).toBe(general.status);
        line.values.forEach((value, k) => {
          const bound = line.names[k].startsWith("q") ? 1e-11 : 1e-12;
          expect(Math.abs(value - general.values[k]), line.names[k]).toBeLessThan(bound);
        });
      }),
      { seed, numRuns: 200 },
    );
    expect(taken).toBeGreaterThan(60);
  },
);
