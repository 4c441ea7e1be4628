import { realpath } from "node:fs/promises";
import { basename, extname, isAbsolute, normalize, posix, resolve } from "node:path";
import type { Sweep } from "../spec/sweep.ts";
import { compressions } from "../compress/compression.ts";
import type { Submission } from "../submit/submission.ts";
import { type Arguments, countOf, oneOf, parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { fileTarget } from "./output-target.ts";
import { print } from "./print.ts";
import { UsageError } from "./usage-error.ts";

const help = `qheat submit slurm|kubernetes|aws SPEC --shards N -o DIR [options]

Prints what an engine needs to sweep a spec in N shards and to merge them: a script for bash (slurm, aws)
or manifests (kubernetes). Submits nothing by itself: qheat submit slurm … > job.sh && bash job.sh

  --shards N          shards, and so tasks of the array
  -o, --output DIR    the folder of the parts, the same for all tasks: on Slurm a path of a shared file
                      system, else a path within the volume
  --merge FILE        the file to merge the parts into (default: DIR/_SUCCESS only, when all is there)
  --parallel P        tasks at once (slurm, kubernetes; default: as many as there is room for)
  --compress CODEC    zstd or lz4: compresses the parts, and FILE if it is an Arrow file
  --threads T         threads, and so cores, of a task (default: 1)
  --set KEY=VALUE     changes the spec, as in qheat sweep; may be repeated

  --time LIMIT        slurm: time limit of a task, e.g. 02:00:00 (default: the partition's)
  --image IMAGE       kubernetes, aws: an image that has qheat
  --volume VOLUME     kubernetes: the claim of a volume that many nodes can write; aws: an EFS file system
  --queue QUEUE       aws: the job queue

docs/cluster.md walks from one machine to a thousand tasks.
`;

const options = {
  shards: { type: "string" },
  output: { type: "string", short: "o" },
  merge: { type: "string" },
  compress: { type: "string" },
  parallel: { type: "string" },
  threads: { type: "string" },
  set: { type: "string", multiple: true },
  time: { type: "string" },
  image: { type: "string" },
  volume: { type: "string" },
  queue: { type: "string" },
} as const;

const engines = ["slurm", "kubernetes", "aws"] as const;

/** The options of each engine alone. */
const ownOptions = {
  slurm: ["parallel", "time"],
  kubernetes: ["parallel", "image", "volume"],
  aws: ["image", "volume", "queue"],
} as const satisfies Record<(typeof engines)[number], readonly (keyof typeof options)[]>;

/** `qheat submit`: a spec to what an engine runs. */
export const command: Command = {
  help,
  async run(args, { stdout, signal }) {
    const given = parseArguments(args, options, ["ENGINE", "SPEC"]);
    const [engineName, source] = given.positionals;
    const engine = oneOf("ENGINE", engineName, engines);
    checkOptions(given, engine);
    const { MOST_SHARDS } = await import("../shards/part-name.ts");
    const shards = countOf("--shards", needed(given, "shards"), MOST_SHARDS);
    const parallel = given.text("parallel");
    const { loadSpec } = await import("./load-spec.ts");
    const { parseSpec } = await import("../spec/parse-spec.ts");
    const sweep = parseSpec(await loadSpec(source, given.texts("set"), signal));
    const place = engine === "slurm" ? (path: string) => resolve(path) : inVolume;
    const merged = given.text("merge");
    const codec = given.text("compress");
    const submission: Submission = {
      name: jobName(source),
      rows: sweep.rows,
      shards,
      parallel: parallel === undefined ? undefined : countOf("--parallel", parallel, shards),
      threads: countOf("--threads", given.text("threads") ?? "1", 1024),
      folder: place(needed(given, "output")),
      merged: merged === undefined ? undefined : place(mergeable(merged)),
      compress: codec === undefined ? undefined : oneOf("--compress", codec, compressions),
    };
    await print(stdout, await texts[engine](submission, sweep, given));
    return 0;
  },
};

const texts = {
  async slurm(submission: Submission, _: Sweep, given: Arguments) {
    const source = given.positionals[1];
    if (source === "-") throw new UsageError("tasks cannot read a spec from stdin: say a file");
    const { slurmScript } = await import("../submit/slurm.ts");
    const time = given.text("time");
    if (time !== undefined && !/^[\d:-]+$/.test(time)) {
      throw new UsageError(`--time must be minutes or [days-]hours:minutes:seconds, got ${time}`);
    }
    const changes = given.texts("set").flatMap((setting) => ["--set", setting]);
    return slurmScript(submission, {
      program: [process.execPath, await realpath(process.argv[1])],
      spec: [resolve(source), ...changes],
      time,
    });
  },

  async kubernetes(submission: Submission, { canonical }: Sweep, given: Arguments) {
    const { kubernetesManifest } = await import("../submit/kubernetes.ts");
    return kubernetesManifest(submission, {
      image: needed(given, "image"),
      volume: needed(given, "volume"),
      spec: canonical,
    });
  },

  async aws(submission: Submission, { canonical }: Sweep, given: Arguments) {
    const { awsScript, AWS_SHARDS, LONGEST_AWS_SPEC } = await import("../submit/aws.ts");
    const [least, most] = AWS_SHARDS;
    if (submission.shards < least || submission.shards > most) {
      const got = submission.shards;
      throw new UsageError(
        `an array of AWS Batch has ${least} to ${most} tasks, got --shards ${got}`,
      );
    }
    const length = Buffer.byteLength(canonical);
    if (length > LONGEST_AWS_SPEC) {
      throw new UsageError(
        `the spec has ${length} bytes as JSON, and a job of AWS Batch has room for ${LONGEST_AWS_SPEC}`,
      );
    }
    return awsScript(submission, {
      image: needed(given, "image"),
      volume: needed(given, "volume"),
      queue: needed(given, "queue"),
      spec: canonical,
    });
  },
};

function checkOptions(given: Arguments, engine: (typeof engines)[number]): void {
  for (const option of new Set(Object.values(ownOptions).flat())) {
    const takers = engines.filter((e) => (ownOptions[e] as readonly string[]).includes(option));
    if (given.text(option) !== undefined && !takers.includes(engine)) {
      throw new UsageError(`--${option} is for ${takers.join(" and ")}, not for ${engine}`);
    }
  }
}

function needed(given: Arguments, option: keyof typeof options): string {
  const value = given.text(option);
  if (value === undefined) throw new UsageError(`--${option} is missing`);
  return value;
}

/** The path of a merged file, whose format is known by its extension. */
function mergeable(path: string): string {
  fileTarget("", path, undefined);
  return path;
}

/** A path within the volume, as the tasks see it. */
function inVolume(path: string): string {
  const inside = normalize(path);
  if (isAbsolute(path) || inside.startsWith("..")) {
    throw new UsageError(`${path} must be a path within the volume, such as results/map`);
  }
  return posix.join("/data", inside);
}

/** The spec's name as all engines take it. */
function jobName(source: string): string {
  const words =
    basename(source, extname(source))
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return ["qheat", ...words].join("-").slice(0, 50).replace(/-$/, "");
}
