import { stat } from "node:fs/promises";
import { type Arguments, parseArguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { countText, sizeText } from "./number-text.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";
import { runOptions } from "./run-options.ts";
import { terminalProgress } from "./terminal-progress.ts";

const help = `qheat verify FILE|DIR [options]

Finds any bit that has changed, and any byte that is missing or too many; exit code 0 if there is none.

  FILE   a file of a sweep, of any format: makes its rows again from the spec in it and compares every
         byte. This takes as long as the sweep has taken, and the build of qheat that made it.
  DIR    the folder of a sweep in shards: compares the parts with the checksums in their manifests, and
         names the shards that are missing or damaged, as --array of Slurm takes them.

  --recompute         makes the rows of all parts again too
  --threads N         worker threads (default: as many as there are cores)
  --backend BACKEND   wasm (default) or js; the same bits
  -q, --quiet         no progress; and nothing on stdout
`;

const options = {
  recompute: { type: "boolean" },
  threads: { type: "string" },
  backend: { type: "string" },
  quiet: { type: "boolean", short: "q" },
} as const;

/** `qheat verify`: whether a file, or a folder of shards, is as it was made. */
export const command: Command = {
  help,
  async run(args, context) {
    const given = parseArguments(args, options, ["FILE|DIR"]);
    const path = given.positionals[0];
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false, // the reading says why
    );
    const text = isFolder
      ? await verifyFolder(path, given, context)
      : await recompute(path, given, context.signal);
    if (!given.flag("quiet")) await print(context.stdout, text);
    return 0;
  },
};

async function verifyFolder(folder: string, given: Arguments, { signal }: Context) {
  const { readPlan } = await import("../shards/shard-plan.ts");
  const { verifyJob } = await import("../shards/verify-job.ts");
  const { rows, shards } = await readPlan(folder);
  const progress = await terminalProgress(rows, given.flag("quiet"));
  let bytes = 0;
  let rowsDone = 0;
  try {
    await verifyJob(
      folder,
      (manifest) => {
        bytes += manifest.bytes;
        progress?.advance((rowsDone += manifest.rows));
      },
      signal,
    );
  } finally {
    progress?.stop();
  }
  const what = `${countText(rows)} rows in ${countText(shards)} shards, ${sizeText(bytes)}`;
  if (!given.flag("recompute")) return `${folder}: ${what}, right by their checksums\n`;
  const { partPath } = await import("../shards/part-name.ts");
  for (let shard = 0; shard < shards; shard++) {
    await recompute(partPath(folder, shard, shards), given, signal);
  }
  return `${folder}: ${what}, right by their checksums and made again\n`;
}

async function recompute(path: string, given: Arguments, signal: AbortSignal): Promise<string> {
  const { verifyFile } = await import("../shards/verify-file.ts");
  let progress: Progress | undefined;
  try {
    const { rows, bytes } = await verifyFile(path, {
      ...runOptions(given, signal),
      onStart: async (total) => {
        progress = await terminalProgress(total, given.flag("quiet"));
      },
      onProgress: (done) => progress?.advance(done),
    });
    return `${path}: ${countText(rows)} rows, ${sizeText(bytes)}, right: made again\n`;
  } finally {
    progress?.stop();
  }
}
