import { FileError } from "../arrow/file-error.ts";
import { sweepSchema } from "../arrow/schema.ts";
import type { Kept } from "../output/file-options.ts";
import { writeFile } from "../output/write-file.ts";
import type { Written } from "../output/write-stream.ts";
import { parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { countText, sizeText } from "./number-text.ts";
import { parseObject } from "../spec/parse-object.ts";
import { keptText } from "./kept-text.ts";
import { loadSpec } from "./load-spec.ts";
import { outputTarget } from "./output-target.ts";
import { runOptions } from "./run-options.ts";
import { StatusCounts } from "./status-counts.ts";
import { tell } from "./stderr.ts";
import { stopwatch } from "./stopwatch.ts";
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
  --compress CODEC    zstd or lz4: compresses the columns of an Arrow file or stream
  --set KEY=VALUE     changes the spec, e.g. --set T_B=2 --set bath_A.g=0.5; may be repeated
  --shards N          sweeps in N shards: this run computes one of them into the folder -o DIR, as
                      DIR/part-00017-of-00100.arrow with a manifest; qheat merge DIR makes them one
  --shard I|auto      the shard, from 0; auto takes it from the array's task: see docs/cluster.md
  --resume            goes on from the batches that an interrupted run has left beside the file
  --chunk-rows N      rows of a batch, which is what a resumed run goes on from (default: 65536,
                      fewer for a system of more than four levels)
  --threads N         worker threads (default: as many as there are cores, none for a sweep too short)
  --backend BACKEND   wasm (default) or js; the same bits
  -q, --quiet         no progress and no summary
`;

const options = {
  output: { type: "string", short: "o" },
  format: { type: "string" },
  compress: { type: "string" },
  shards: { type: "string" },
  shard: { type: "string" },
  set: { type: "string", multiple: true },
  threads: { type: "string" },
  "chunk-rows": { type: "string" },
  backend: { type: "string" },
  quiet: { type: "boolean", short: "q" },
  resume: { type: "boolean" },
} as const;

/** `qheat sweep`: a spec to a file or to stdout. */
export const command: Command = {
  help,
  async run(args, context) {
    const given = parseArguments(args, options, ["SPEC"]);
    if (given.text("shards") !== undefined || given.text("shard") !== undefined) {
      const { sweepShard } = await import("./sweep-shard.ts");
      return sweepShard(given, context);
    }
    const { stdout, signal, hints } = context;
    const source = given.positionals[0];
    const { path, format, compress } = outputTarget(source, given);
    const resume = given.flag("resume");
    if (resume && path === undefined) {
      throw new UsageError("--resume goes with a file: say -o FILE");
    }
    const run = { ...runOptions(given, signal), compress };
    if (path === undefined && format !== "csv" && process.stdout.isTTY) {
      throw new UsageError(`stdout is a terminal: ${format} is binary; say -o FILE or | …`);
    }

    const sweep = parseObject(await loadSpec(source, given.texts("set"), signal));
    const schema = sweepSchema(sweep);
    const quiet = given.flag("quiet");
    const progress = await terminalProgress(sweep.rows, quiet);
    let done = 0;
    const onProgress = (more: number, resumed: boolean) =>
      progress?.advance((done += more), resumed ? more : 0);
    const seconds = stopwatch();
    let written: Written;
    try {
      if (path === undefined) {
        const { stdoutIsClosed } = await import("./stdout.ts");
        if (stdoutIsClosed()) throw new FileError("write to stdout", new Error("it is closed"));
        const { createEncoder } = await import("../arrow/encoder.ts");
        const { writeStream } = await import("../output/write-stream.ts");
        const { runSweep } = await import("../pool/run-sweep.ts");
        const encoder = await createEncoder(format, schema, compress);
        written = await writeStream(encoder, runSweep(sweep, run), stdout, (more) =>
          onProgress(more, false),
        );
      } else {
        const onKept = (kept: Kept) => hints.push(...keptText(kept, args));
        const file = { path, format, sweep, schema };
        const callerWorks = run.threads === undefined;
        written = await writeFile(file, { ...run, resume, callerWorks, onKept, onProgress });
      }
    } finally {
      progress?.stop();
    }
    if (!quiet) {
      await tell(summary(path ?? "stdout", written, seconds()));
    }
    return 0;
  },
};

function summary(name: string, written: Written, seconds: number): string {
  const { rows, bytes, status, resumedRows } = written;
  const all = `${countText(rows)} ${rows === 1 ? "row" : "rows"}`;
  if (Object.keys(status).length === 0) {
    return `${name}: finished already, ${all}, ${sizeText(bytes)}\n`;
  }
  const now = rows - resumedRows;
  const speed = `${all} in ${seconds.toFixed(2)} s (${countText(now / seconds)} rows/s${resumedRows > 0 ? `, ${countText(resumedRows)} were there` : ""})`;
  const counts = new StatusCounts();
  counts.addCounts(status);
  const words = counts.lines().map(([count, what]) => `${count} ${what}`);
  return `${name}: ${speed}, ${sizeText(bytes)}; ${words.join(", ")}${counts.overlap}\n`;
}
