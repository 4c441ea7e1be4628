import type { Written } from "../arrow/write-sweep.ts";
import type { Chunk } from "../pool/run-sweep.ts";
import { parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { countText, sizeText } from "./number-text.ts";
import { outputTarget } from "./output-target.ts";
import { runOptions } from "./run-options.ts";
import { StatusCounts } from "./status-counts.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { UsageError } from "./usage-error.ts";

const help = `qheat sweep SPEC [options]

Solves every row of a spec (a YAML or JSON file, - is stdin) and writes them as Apache Arrow, Parquet or CSV.

  -o, --output FILE   the file to write; - is stdout
                      (default: the spec's name with .arrow, in the working folder)
  --format FORMAT     (default: by the file's extension; to stdout, stream)
                      arrow: Arrow IPC file (.arrow)       stream: Arrow IPC stream (.arrows)
                      parquet: Parquet, zstd (.parquet)
                      csv: text (.csv), with units and the spec in FILE-metadata.json
  --set KEY=VALUE     changes the spec, e.g. --set T_B=2 --set bath_A.g=0.5; may be repeated
  --shards N          sweeps in N shards: this run computes one of them into the folder -o DIR, as
                      DIR/part-00017-of-00100.arrow with a manifest; qheat merge DIR makes them one
  --shard I|auto      the shard, from 0; auto takes it from the array's task: see docs/cluster.md
  --threads N         worker threads (default: as many as there are cores)
  --backend BACKEND   wasm (default) or js; the same bits
  -q, --quiet         no progress and no summary
`;

const options = {
  output: { type: "string", short: "o" },
  format: { type: "string" },
  shards: { type: "string" },
  shard: { type: "string" },
  set: { type: "string", multiple: true },
  threads: { type: "string" },
  backend: { type: "string" },
  quiet: { type: "boolean", short: "q" },
  resume: { type: "boolean" },
} as const;

/** `qheat sweep`: a spec to a file or to stdout. */
export const command: Command = {
  help,
  async run(args, { stdout, signal }) {
    const given = parseArguments(args, options, ["SPEC"]);
    if (given.text("shards") !== undefined || given.text("shard") !== undefined) {
      const { sweepShard } = await import("./sweep-shard.ts");
      return sweepShard(given, signal);
    }
    if (given.flag("resume")) throw new UsageError("--resume is not built yet");
    const source = given.positionals[0];
    const { path, format } = outputTarget(source, given.text("output"), given.text("format"));
    const run = runOptions(given, signal);
    if (path === undefined && format !== "csv" && process.stdout.isTTY) {
      throw new UsageError(`stdout is a terminal: ${format} is binary; say -o FILE or | …`);
    }

    const { loadSpec } = await import("./load-spec.ts");
    const { parseSpec } = await import("../spec/parse-spec.ts");
    const sweep = parseSpec(await loadSpec(source, given.texts("set"), signal));

    const { sweepSchema } = await import("../arrow/schema.ts");
    const { writeStream, writeFile } = await import("../arrow/write-sweep.ts");
    const { runSweep } = await import("../pool/run-sweep.ts");
    const quiet = given.flag("quiet");
    const progress = await terminalProgress(sweep.rows, quiet);
    const counts = new StatusCounts();
    const started = performance.now();
    const chunks = watched(runSweep(sweep, run), (chunk) => {
      counts.add(chunk.status);
      progress?.advance(chunk.firstRow + chunk.rows);
    });
    const schema = sweepSchema(sweep);
    let written: Written;
    try {
      written = await (path === undefined
        ? writeStream(format, schema, chunks, stdout)
        : writeFile(path, format, schema, chunks));
    } finally {
      progress?.stop();
    }
    if (!quiet) {
      const seconds = (performance.now() - started) / 1000;
      process.stderr.write(summary(path ?? "stdout", written, seconds, counts));
    }
    return 0;
  },
};

async function* watched(chunks: AsyncIterable<Chunk>, see: (chunk: Chunk) => void) {
  for await (const chunk of chunks) {
    see(chunk);
    yield chunk;
  }
}

function summary(name: string, { rows, bytes }: Written, seconds: number, counts: StatusCounts) {
  const speed = `${countText(rows)} ${rows === 1 ? "row" : "rows"} in ${seconds.toFixed(2)} s (${countText(rows / seconds)} rows/s)`;
  const status = counts.lines().map(([count, words]) => `${count} ${words}`);
  return `${name}: ${speed}, ${sizeText(bytes)}; ${status.join(", ")}${counts.overlap}\n`;
}
