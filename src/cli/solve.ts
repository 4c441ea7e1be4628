import { oneOf, parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { print } from "./print.ts";
import { textTable } from "./text-table.ts";
import { UsageError } from "./usage-error.ts";

const help = `qheat solve [SPEC] [options]

With SPEC (a YAML or JSON file without sweep, - is stdin): solves the point and prints a table.
Without: reads a point as a JSON object a line from stdin and writes its results as a JSON object a
line to stdout, in order, NaN and Infinity as null. A line that is no valid point gives {"error": …}
in its place, and exit code 2 once the rest is done.

  --set KEY=VALUE     changes the point, or every point; may be repeated
  --backend BACKEND   wasm (default) or js; the same bits
`;

const options = {
  set: { type: "string", multiple: true },
  backend: { type: "string" },
} as const;

/** `qheat solve`: one point as a table, or points as lines. */
export const command: Command = {
  help,
  async run(args, { stdout, signal }) {
    const given = parseArguments(args, options, ["SPEC"], 0);
    const backend = oneOf("--backend", given.text("backend") ?? "wasm", ["wasm", "js"]);
    const assignments = given.texts("set");
    const source = given.positionals[0];
    if (source === undefined) {
      if (process.stdin.isTTY) {
        throw new UsageError("say a SPEC, or give points as JSON objects, one a line, on stdin");
      }
      const { solveLines } = await import("./solve-lines.ts");
      const { addAbortSignal } = await import("node:stream");
      const input = addAbortSignal(signal, process.stdin);
      return (await solveLines(input, stdout, backend, assignments)) > 0 ? 2 : 0;
    }

    const { loadSpec } = await import("./load-spec.ts");
    const { parsePoint } = await import("../api/parse-point.ts");
    const { createSolver } = await import("../engine/solver.ts");
    const point = parsePoint(await loadSpec(source, assignments, signal));
    const { values, status } = createSolver(backend)(point);
    const { describeStatus } = await import("../models/status.ts");
    const lines = point.columns.map(({ name, unit, description, equations }, c) => [
      name,
      String(values[c]),
      unit,
      `${description}, ${equations[point.equation]}`,
    ]);
    lines.push(["status", String(status), "", describeStatus(status)]);
    await print(stdout, textTable(lines));
    return 0;
  },
};
