import { basename, extname } from "node:path";
import type { IpcSchema } from "../arrow/ipc-metadata.ts";
import { type Choice, type FileToDraw, MOST_COLUMNS } from "../plot/choice.ts";
import type { TableAxis } from "../plot/table.ts";
import { type Arguments, parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { tell } from "./stderr.ts";
import { UsageError } from "./usage-error.ts";

const help = `qheat plot FILE --x COL --y COL[,COL]... [options]

Draws columns of a file (Arrow, Parquet or CSV): lines, or with --color a heat map over two axes.

  --x COL             the column along the x axis
  --y COL[,COL]...    the columns to draw as lines; for a heat map, the axis upwards
  --by COL            a line for each value of COL (default: the slowest axis that x leaves over)
  --color COL         draws a heat map of COL
  -o, --output FILE   the picture to write: .svg, or .html with the SVG in it
                      (default: FILE's name with .svg, in the working folder)

More rows than a picture shows are drawn as least and greatest values, or means; axes that are not
drawn are held at their middle value. Where several columns are drawn at random together, rows are
dots. What was done is written under the picture.
`;

const options = {
  x: { type: "string" },
  y: { type: "string" },
  by: { type: "string" },
  color: { type: "string" },
  output: { type: "string", short: "o" },
} as const;

/** `qheat plot`: a result file to a picture. */
export const command: Command = {
  help,
  async run(args, { signal }) {
    const given = parseArguments(args, options, ["FILE"]);
    const path = given.positionals[0];
    const output = given.text("output") ?? `${basename(path, extname(path))}.svg`;
    const html = isHtml(output);
    const choice = choiceOf(given);

    const { readContents } = await import("../tables/read-contents.ts");
    const contents = await readContents(path, () => signal.throwIfAborted());
    const file = { path, ...contents, axes: await axesOf(contents.schema) };
    await checkColumns(choice, file);

    const { drawFile } = await import("../plot/draw-file.ts");
    const svg = await drawFile(file, choice, signal);
    const { htmlPage } = await import("../plot/page.ts");
    const text = html ? htmlPage(basename(path), svg) : svg;
    const { writeAtomically } = await import("../arrow/atomic-file.ts");
    await writeAtomically(output, (sink) => sink.write([Buffer.from(text)]));
    await tell(`${output}\n`);
    return 0;
  },
};

function isHtml(output: string): boolean {
  const extension = extname(output).toLowerCase();
  if (extension === ".svg" || extension === ".html") return extension === ".html";
  throw new UsageError(`a picture is .svg or .html, got ${JSON.stringify(output)}`);
}

function choiceOf(given: Arguments): Choice {
  const x = given.text("x");
  const y = given.text("y")?.split(",");
  if (x === undefined || y === undefined) throw new UsageError("say --x COL and --y COL");
  const by = given.text("by");
  const color = given.text("color");
  if (color === undefined) {
    if (y.length > MOST_COLUMNS) {
      throw new UsageError(`--y takes at most ${MOST_COLUMNS} columns, got ${y.length}`);
    }
    const twice = y.find((column, k) => y.indexOf(column) < k);
    if (twice !== undefined) throw new UsageError(`--y: ${twice} stands twice`);
  } else {
    if (by !== undefined) throw new UsageError("--by is for lines and --color for a map: say one");
    if (y.length > 1) throw new UsageError("--y takes one column with --color");
    if (y[0] === x) throw new UsageError("--x and --y must differ with --color");
  }
  return { x, y, by, color };
}

/** The axes of the grid, if the file tells the spec that made it. */
async function axesOf({ metadata }: IpcSchema): Promise<TableAxis[]> {
  const spec = metadata.get("qheat.spec");
  if (spec === undefined) return [];
  const { parseSpec } = await import("../spec/parse-spec.ts");
  try {
    return parseSpec(spec).axes.map(({ names, values }) => ({
      names,
      log: values.every(({ kind }) => kind === "geomspace"),
      scattered: values.some(({ kind }) => ["random", "sobol", "points"].includes(kind)),
    }));
  } catch {
    return []; // of a version that knows more, or less
  }
}

/** Each option with the columns it names. */
function namedColumns(choice: Choice): [option: string, column: string][] {
  const { x, y, by, color } = choice;
  return [
    ["--x", x],
    ...y.map((column): [string, string] => ["--y", column]),
    ...(by === undefined ? [] : [["--by", by] satisfies [string, string]]),
    ...(color === undefined ? [] : [["--color", color] satisfies [string, string]]),
  ];
}

async function checkColumns(choice: Choice, { schema, axes }: FileToDraw): Promise<void> {
  const { didYouMean } = await import("../spec/nearest.ts");
  const { shown } = await import("../spec/shown.ts");
  const names = schema.fields.map(({ name }) => name);
  for (const [option, column] of namedColumns(choice)) {
    const field = schema.fields.find(({ name }) => name === column);
    if (!field) {
      const hint = didYouMean(column, names);
      throw new UsageError(
        `${option}: no column ${shown(column)}${hint}\nthere are ${names.join(", ")}`,
      );
    }
    if (!/^(Int|Uint|Float)\d+$/.test(field.type)) {
      throw new UsageError(`${option}: ${column} has no numbers, it is ${field.type}`);
    }
  }
  const { x, by } = choice;
  if (
    by === x ||
    axes.some(({ names: together }) => together.includes(by!) && together.includes(x))
  ) {
    throw new UsageError(`--by: a line for each ${by} would be one point, as it moves with --x`);
  }
  const { drawsDots } = await import("../plot/selection.ts");
  if (by !== undefined && choice.y.length > 1 && drawsDots({ axes }, x)) {
    throw new UsageError("--by takes one column of --y where rows are dots");
  }
  if (choice.color === undefined || axes.length === 0) return;
  for (const [option, column] of [
    ["--x", choice.x],
    ["--y", choice.y[0]],
  ]) {
    if (axes.some(({ names: together }) => together.includes(column))) continue;
    const swept = axes.flatMap(({ names: together }) => together).join(", ");
    throw new UsageError(
      `${option}: a map lies over two axes, ${column} is none\nthere are ${swept}`,
    );
  }
}
