import { expect, test } from "vitest";
import { seed } from "../support/arbitrary.ts";
import { type LevelSystem, randomLevelSystem, solveLevels } from "../support/levels.ts";
import type { Complex } from "../support/literal.ts";
import { seeded } from "../support/random.ts";

/** z times i^k: exact. */
function turned({ re, im }: Complex, k: number): Complex {
  const quarter = ((k % 4) + 4) % 4;
  if (quarter === 0) return { re, im };
  if (quarter === 1) return { re: -im, im: re };
  return quarter === 2 ? { re: -re, im: -im } : { re: im, im: -re };
}

/** A system of real operators whose elements lie up to four orders of magnitude apart. */
function unevenSystem(levels: number, random: () => number): LevelSystem {
  const system = randomLevelSystem(levels, 2, random);
  const raising = system.raising.map((s) =>
    s.map((row) => row.map(({ re }) => ({ re: re * 10 ** (-4 * random()), im: 0 }))),
  );
  return { ...system, raising };
}

for (const equation of ["lindblad", "redfield", "redfield-eq213"] as const) {
  test(`energy states |n⟩ → i^k|n⟩ leave populations and currents and turn coherences, bit for bit, ${equation}, with refinement, as rates lie orders apart (seed ${seed})`, () => {
    const random = seeded(seed);
    for (const levels of [3, 4, 5]) {
      const systems = Array.from({ length: 20 }, () => unevenSystem(levels, random));
      const phases = systems.map(() =>
        Array.from({ length: levels }, () => Math.floor(4 * random())),
      );
      const rotated = systems.map((system, s) => ({
        ...system,
        raising: system.raising.map((operator) =>
          operator.map((row, p) => row.map((z, q) => turned(z, phases[s][q] - phases[s][p]))),
        ),
      }));
      const [before, after] = [systems, rotated].map(
        (all) => solveLevels(all, equation, "wasm").rows,
      );
      before.forEach((one, s) => {
        const k = phases[s];
        const pairs = k.flatMap((_, p) => k.slice(0, p).map((__, q) => [p, q] as const));
        expect(one.status & 3).toBe(0);
        expect(after[s].status).toBe(one.status);
        expect(after[s].populations).toEqual(one.populations);
        expect(after[s].currents).toEqual(one.currents);
        const coherences = pairs.map(([p, q], c) => turned(one.coherences[c], k[p] - k[q]));
        expect(after[s].coherences.map(withoutSign)).toEqual(coherences.map(withoutSign));
      });
    }
  });
}

/** 0 for −0. */
function withoutSign({ re, im }: Complex): Complex {
  return { re: re + 0, im: im + 0 };
}
