import type { IpcSchema } from "../arrow/ipc-metadata.ts";
import type { AxisValues, Sweep } from "../spec/sweep.ts";
import type { Contents } from "../tables/contents.ts";
import { parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { countText, sizeText } from "./number-text.ts";
import { print } from "./print.ts";
import { StatusCounts } from "./status-counts.ts";
import { textTable } from "./text-table.ts";
import { UsageError } from "./usage-error.ts";

const help = `qheat info FILE [--spec]

Tells what made a file (Arrow, Parquet or CSV), its axes and columns, and how many of its rows have which
status. Equation numbers are those of H. C. Fogedby, arXiv:2301.13544.

  --spec   prints the spec in the file instead, as JSON: qheat info FILE --spec | qheat sweep - -o AGAIN
`;

/** `qheat info`: what is in a file. */
export const command: Command = {
  help,
  async run(args, { stdout, signal }) {
    const given = parseArguments(args, { spec: { type: "boolean" } }, ["FILE"]);
    const path = given.positionals[0];
    const { readContents } = await import("../tables/read-contents.ts");
    const counts = new StatusCounts();
    const contents = await readContents(path, (status) => {
      signal.throwIfAborted();
      counts.add(status);
    });
    const text = given.flag("spec")
      ? specText(path, contents)
      : await describe(path, contents, counts);
    await print(stdout, text);
    return 0;
  },
};

const kinds = {
  arrow: ["Arrow IPC file", "batch", "batches"],
  stream: ["Arrow IPC stream", "batch", "batches"],
  parquet: ["Parquet", "row group", "row groups"],
  csv: ["CSV", "", ""],
} as const;

function specText(path: string, { schema }: Contents): string {
  const spec = schema.metadata.get("qheat.spec");
  if (spec === undefined) throw new UsageError(`${path} has no qheat.spec: qheat did not make it`);
  return `${spec}\n`;
}

async function describe(
  path: string,
  { format, bytes, schema, rows, batches, compression }: Contents,
  counts: StatusCounts,
): Promise<string> {
  const [kind, one, many] = kinds[format];
  const inBatches = batches === 0 ? "" : ` in ${countText(batches)} ${batches === 1 ? one : many}`;
  const compressed = compression === undefined ? "" : `, columns compressed by ${compression}`;
  const { metadata } = schema;
  const origin = metadata.has("qheat.spec")
    ? await originText(metadata)
    : "not made by qheat: it has no qheat.spec\n";
  const status =
    counts.rows > 0
      ? `status of rows${counts.overlap}\n${textTable(counts.lines(), 2)}`
      : "no status to count\n";
  return [
    `${path}: ${kind}, ${countText(rows)} rows${inBatches}, ${sizeText(bytes)}${compressed}\n`,
    origin,
    columnsText(schema),
    status,
  ].join("");
}

async function originText(metadata: ReadonlyMap<string, string>): Promise<string> {
  const spec = metadata.get("qheat.spec")!;
  const version = metadata.get("qheat.version") ?? "of unknown version";
  const made = [
    ["made by", `qheat ${version}`],
    ["kernel", metadata.get("qheat.kernel") ?? "unknown"],
  ];
  const { parseSpec } = await import("../spec/parse-spec.ts");
  let sweep: Sweep;
  try {
    sweep = parseSpec(spec);
  } catch {
    // of a version that knows more, or less
    return textTable([...made, ["spec", spec]]);
  }
  const { model, equation, method, spectra, constants } = sweep;
  const text = textTable([
    ...made,
    ["model", `${model.name} (${model.description})`],
    ["equation", equation],
    ["method", method],
    ...model.baths.map((bath, b) => [`bath_${bath}`, spectra[b]]),
    ...[...constants].map(([name, value]) => [name, String(value)]),
  ]);
  const axes = sweep.axes.flatMap(({ names, count, values }) =>
    names.map((name, n) => [
      name,
      rangeText(values[n]),
      n === 0 ? `${countText(count)} values` : `together with ${names[0]}`,
    ]),
  );
  if (axes.length === 0) return text;
  if (sweep.points) {
    const { file, sha256 } = sweep.points;
    return `${text}points, row by row from ${file} (SHA-256 ${sha256})\n${textTable(axes, 2)}`;
  }
  const shape = sweep.axes.map(({ count }) => countText(count)).join(" × ");
  return `${text}axes, slowest first: ${shape}\n${textTable(axes, 2)}`;
}

function rangeText(values: AxisValues): string {
  if (values.kind === "points") return "a column";
  return values.kind === "list"
    ? `${values.values[0]} … ${values.values.at(-1)}, a list`
    : `${values.from} … ${values.to}, ${values.kind}`;
}

function columnsText(schema: IpcSchema): string {
  const lines = schema.fields.map(({ name, type, metadata }) => [
    name,
    type,
    metadata.get("unit") ?? "",
    metadata.get("equation") ?? "",
    metadata.get("description") ?? "",
  ]);
  return `columns\n${textTable(lines, 2)}`;
}
