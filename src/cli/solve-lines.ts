import { parsePoint } from "../api/parse-point.ts";
import type { ByteOutput } from "../arrow/byte-output.ts";
import type { Backend } from "../engine/engine.ts";
import type { PointResult } from "../engine/point-solver.ts";
import { createSolver } from "../engine/solver.ts";
import { applyOverrides } from "../spec/overrides.ts";
import type { Sweep } from "../spec/sweep.ts";
import { type Line, linesOf } from "../tables/lines.ts";
import { print } from "./print.ts";

const LONGEST_LINE = 1 << 20;

/**
 * Solves a JSON object a line and writes a JSON object a line, in order; a line that is no valid point
 * gives `{"error": …}` in its place. Blank lines are skipped. Resolves to the number of bad lines.
 */
export async function solveLines(
  input: AsyncIterable<Uint8Array>,
  output: ByteOutput,
  backend: Backend,
  assignments: readonly string[],
): Promise<number> {
  const solver = createSolver(backend);
  let bad = 0;
  for await (const lines of linesOf(input, LONGEST_LINE)) {
    let text = "";
    for (const line of lines) {
      if (line.text?.trim() === "") continue;
      const point = pointOf(line, assignments);
      if (typeof point === "string") {
        bad++;
        text += `${JSON.stringify({ error: `line ${line.number}: ${point}` })}\n`;
      } else {
        text += resultText(point, solver(point));
      }
    }
    if (text !== "") await print(output, text);
  }
  return bad;
}

/** The point of a line, or what is wrong with it. */
function pointOf(line: Line, assignments: readonly string[]): Sweep | string {
  if (line.text === undefined) return line.fault;
  try {
    const data: unknown = JSON.parse(line.text);
    if (typeof data !== "object" || data === null || Array.isArray(data)) {
      return "must be a JSON object";
    }
    return parsePoint(assignments.length > 0 ? applyOverrides(data, assignments) : data);
  } catch (error) {
    return (error as Error).message.replaceAll("\n", "; ");
  }
}

function resultText({ columns }: Sweep, { values, status }: PointResult): string {
  const results = columns.map(({ name }, c) => `${JSON.stringify(name)}:${numberText(values[c])}`);
  return `{${[...results, `"status":${status}`].join(",")}}\n`;
}

/** JSON that reads back as the same double; JSON has no NaN and no infinity, and `JSON.stringify` loses the sign of −0. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return "null";
  return Object.is(value, -0) ? "-0" : String(value);
}
