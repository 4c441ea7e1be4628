import type { Merged } from "../shards/merge.ts";
import { parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { countText, sizeText } from "./number-text.ts";
import { outputTarget } from "./output-target.ts";
import { StatusCounts } from "./status-counts.ts";
import { tell } from "./stderr.ts";
import { stopwatch } from "./stopwatch.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { UsageError } from "./usage-error.ts";

const help = `qheat merge DIR [-o FILE] [--format FORMAT] [--compress CODEC] [--quiet]

Checks every shard of a sweep in the folder DIR, byte by byte, and writes them as one file: the very bytes
that the sweep would have written in one piece. Without -o it writes DIR/_SUCCESS only, which lists the
parts and their hashes: Polars, DuckDB and pyarrow read DIR/*.arrow as one table.

Where shards are missing or damaged, it names them as --array of Slurm takes them and exits with 1.

  -o, --output FILE   the file to write
  --format FORMAT     its format, as in qheat sweep (default: by the file's extension)
  --compress CODEC    zstd or lz4: compresses the columns of an Arrow file, as in qheat sweep
  -q, --quiet         no progress and no summary
`;

const options = {
  output: { type: "string", short: "o" },
  format: { type: "string" },
  compress: { type: "string" },
  quiet: { type: "boolean", short: "q" },
} as const;

/** `qheat merge`: the shards of a sweep to one file. */
export const command: Command = {
  help,
  async run(args, { signal }) {
    const given = parseArguments(args, options, ["DIR"]);
    const folder = given.positionals[0];
    const output = given.text("output");
    const format = given.text("format");
    if (output === undefined && format !== undefined) {
      throw new UsageError("--format is for a file: say -o FILE");
    }
    if (output === undefined && given.text("compress") !== undefined) {
      throw new UsageError("--compress is for a file: say -o FILE");
    }
    if (output === "-") throw new UsageError("merge writes a file: -o FILE");
    const target = output === undefined ? undefined : outputTarget(folder, given);
    const { readPlan } = await import("../shards/shard-plan.ts");
    const { markSuccess, mergeJob, SUCCESS_NAME } = await import("../shards/merge.ts");
    const quiet = given.flag("quiet");
    const { rows } = await readPlan(folder);
    const progress = await terminalProgress(rows, quiet);
    const run = { signal, onProgress: (done: number) => progress?.advance(done) };
    const seconds = stopwatch();
    try {
      const merged = await (target && output !== undefined
        ? mergeJob(folder, output, target, run)
        : markSuccess(folder, run));
      if (!quiet) {
        const name = output ?? `${folder}/${SUCCESS_NAME}`;
        await tell(`${name}: ${text(merged, seconds())}\n`);
      }
    } finally {
      progress?.stop();
    }
    return 0;
  },
};

function text({ rows, bytes, status }: Merged, seconds: number): string {
  const counts = new StatusCounts();
  counts.addCounts(status);
  const speed = `${seconds.toFixed(2)} s (${sizeText(bytes / seconds)}/s)`;
  const what = counts.lines().map(([count, words]) => `${count} ${words}`);
  return `${countText(rows)} rows, ${sizeText(bytes)} in ${speed}; ${what.join(", ")}${counts.overlap}`;
}
