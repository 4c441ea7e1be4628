import * as layout from "../../assembly/layout.ts";
import { evaluate } from "../../src/engine/js/evaluate.ts";
import { placedWords, slotLayout } from "../../src/engine/slot.ts";
import { planOf } from "../../src/engine/sweep-plan.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import type { Point } from "./points.ts";

/** What the kernels make of a point before they solve it. */
export interface Prepared {
  readonly energies: readonly number[];
  /** ω₊, ω₋, or ω₀. */
  readonly frequencies: readonly number[];
  /** α, β, or 1. */
  readonly elements: readonly number[];
  /** By bath and frequency: C exp(−ω/T), C (1 − exp(−ω/T)), C, g(ω), D¹²(ω), D²¹(−ω). */
  readonly rates: readonly (readonly {
    readonly boltzmann: number;
    readonly complement: number;
    readonly factor: number;
    readonly coupling: number;
    readonly emission: number;
    readonly absorption: number;
  }[])[];
}

/** Evaluates a point by the twin's numeric path and reads its scratch. */
export function prepare(point: Point): Prepared {
  const sweep = parseSpec({ ...point, method: "lu" });
  const plan = planOf(sweep);
  const slot = slotLayout(sweep, plan, 1);
  const memory = new ArrayBuffer(slot.bytes);
  const doubles = new Float64Array(memory);
  for (const [offset, value] of slot.constants) doubles[offset >> 3] = value;
  const words = placedWords(plan, slot);
  const cells = new Float64Array(plan.cells);
  evaluate(words, cells, doubles, new Uint8Array(memory, slot.status, 1), 1);

  const table = (first: number, count: number, stride: number) =>
    Array.from({ length: words[count] }, (_, k) => cells[words[first] + stride * k]);
  const frequencies = table(layout.FREQUENCY_CELLS, layout.FREQUENCIES, layout.FREQUENCY_SIZE);
  return {
    energies: table(layout.ENERGY_CELLS, layout.LEVELS, 1),
    frequencies,
    elements: table(layout.ELEMENT_CELLS, layout.ELEMENTS, layout.COMPLEX),
    rates: [0, 1].map((bath) =>
      frequencies.map((_, f) => {
        const at =
          words[layout.OCCUPATION_CELLS] + layout.OCCUPATION_SIZE * (bath * frequencies.length + f);
        return {
          boltzmann: cells[at + layout.BOLTZMANN],
          complement: cells[at + layout.COMPLEMENT],
          factor: cells[at + layout.FACTOR],
          coupling: cells[at + layout.COUPLING],
          emission: cells[at + layout.EMISSION],
          absorption: cells[at + layout.ABSORPTION],
        };
      }),
    ),
  };
}
