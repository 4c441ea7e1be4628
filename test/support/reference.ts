import { readFileSync } from "node:fs";
import type { EquationName } from "../../src/models/model.ts";

/** One case of `test/reference/steady-states.jsonl`: a point and what is expected of it. */
export interface ReferenceCase {
  readonly line: number;
  readonly model: string;
  readonly equation: EquationName;
  readonly point: Record<string, unknown>;
  /** By column name, rounded from 25 digits to the nearest double. */
  readonly expected: ReadonlyMap<string, number>;
}

const url = new URL("../reference/steady-states.jsonl", import.meta.url);

export const referenceCases: readonly ReferenceCase[] = readFileSync(url, "utf8")
  .trim()
  .split("\n")
  .map((text, index) => {
    const { expected, ...point } = JSON.parse(text) as {
      model: string;
      equation: EquationName;
      expected: Record<string, string>;
    };
    return {
      line: index + 1,
      model: point.model,
      equation: point.equation,
      point,
      expected: new Map(Object.entries(expected).map(([name, digits]) => [name, Number(digits)])),
    };
  });
