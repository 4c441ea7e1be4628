import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { scratchFolder } from "../arrow/scratch.ts";
import { qheat, specOf } from "../cli/run-cli.ts";
import { shellWords } from "../../src/submit/shell-words.ts";

const run = promisify(execFile);
const cwd = scratchFolder();
writeFileSync(join(cwd, "My map 1.yaml"), specOf(3));
const common = ["My map 1.yaml", "--shards", "3", "-o", "the out"];

/** A folder whose `name` is this program, to stand first in PATH. */
function onPath(name: string, program: string): string {
  const folder = join(cwd, `bin-${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), program);
  chmodSync(join(folder, name), 0o755);
  return `${folder}:${process.env["PATH"]}`;
}

async function printed(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await qheat(["submit", ...args], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.toString();
}

/** An sbatch that runs what it is given at once: each task of an array, or the one job. */
const sbatch = `#!/bin/bash
set -e
echo "$@" >> sbatch.log
cat > batch.sh
grep '^#SBATCH' batch.sh >> sbatch.log
case "$*" in
  *--array=*)
    list=$(sed 's/.*--array=\\([0-9,-]*\\).*/\\1/; s/-/ /g' <<< "$*")
    for index in $(seq $list); do SLURM_ARRAY_TASK_ID=$index bash batch.sh >&2; done;;
  *) bash batch.sh >&2;;
esac
echo "41;cluster"
`;

test("slurm: the script, run by a stand-in for sbatch, sweeps and merges", async () => {
  const options = ["--merge", "it's.arrow", "--time", "01:00:00", "--parallel", "2"];
  const compress = ["--compress", "zstd"];
  const script = await printed(["slurm", ...common, ...options, ...compress, "--set", "T_B=2"]);
  writeFileSync(join(cwd, "job.sh"), script);
  const { stdout } = await run("bash", ["job.sh"], {
    cwd,
    env: { ...process.env, PATH: onPath("sbatch", sbatch) },
  });
  expect(stdout).toBe(
    `shards: job 41;cluster; merge: job 41;cluster; output: ${cwd}/the out-logs\n`,
  );
  await qheat(["sweep", "My map 1.yaml", "-o", "whole.arrow", "--set", "T_B=2", ...compress], {
    cwd,
  });
  const [merged, whole] = ["it's.arrow", "whole.arrow"].map((name) =>
    readFileSync(join(cwd, name)),
  );
  expect(merged.equals(whole)).toBe(true);
  const log = readFileSync(join(cwd, "sbatch.log"), "utf8");
  expect(log).toContain(`--parsable --array=0-2%2 --output=${cwd}/the out-logs/%A_%a.txt`);
  expect(log).toContain("--dependency=afterok:41 --kill-on-invalid-dep=yes");
  for (const option of [
    "job-name=qheat-my-map-1",
    "requeue",
    "signal=B:TERM@120",
    "open-mode=append",
    "time=01:00:00",
    "cpus-per-task=1",
  ]) {
    expect(log).toContain(`#SBATCH --${option}\n`);
  }
});

test("kubernetes: the spec, an Indexed Job and a merge that retries, in one volume", async () => {
  const options = ["--merge", "map.arrow", "--image", "registry/qheat:1", "--volume", "claim"];
  const text = await printed(["kubernetes", ...common, ...options, "--threads", "4"]);
  const [config, sweep, merge] = parseAllDocuments(text).map((document) => document.toJS());
  expect(JSON.parse(config.data["spec.json"])).toMatchObject({ model: "qubit-pair", T_B: 1 });
  expect(sweep.spec).toMatchObject({
    completionMode: "Indexed",
    completions: 3,
    parallelism: 3,
    backoffLimitPerIndex: 6,
  });
  const of = (job: any) => job.spec.template.spec.containers[0];
  expect(of(sweep).command).toEqual(
    "qheat sweep /spec/spec.json --shards 3 --shard auto -o|/data/the out|--threads 4"
      .split("|")
      .flatMap((words, k) => (k === 1 ? [words] : words.split(" "))),
  );
  expect(of(merge).command).toEqual(["qheat", "merge", "/data/the out", "-o", "/data/map.arrow"]);
  expect(of(sweep).resources.requests).toEqual({ cpu: "4", memory: "768Mi" });
  for (const job of [sweep, merge]) {
    expect(job.spec.podFailurePolicy.rules[0]).toMatchObject({
      action: "FailJob",
      onExitCodes: { values: [2] },
    });
    const names = job.spec.template.spec.volumes.map((volume: any) => volume.name);
    expect(of(job).volumeMounts.map((mount: any) => mount.name)).toEqual(names);
  }
});

test("aws: the script, run by a stand-in for aws, registers and submits twice, the spec as JSON", async () => {
  const aws = '#!/bin/bash\nprintf "%s\\0" "$@" >> aws.log\nprintf "\\n" >> aws.log\necho id-7\n';
  const options = ["--image", "qheat:1", "--volume", "fs-1", "--queue", "spot"];
  writeFileSync(join(cwd, "aws.sh"), await printed(["aws", ...common, ...options]));
  await run("bash", ["aws.sh"], { cwd, env: { ...process.env, PATH: onPath("aws", aws) } });
  const calls = readFileSync(join(cwd, "aws.log"), "utf8").split("\0\n").slice(0, -1);
  const [definition, sweep, merge] = calls.map((call) => {
    const words = call.split("\0");
    const input = words[words.indexOf("--cli-input-json") + 1];
    return { words: words.slice(0, 2), all: words, input: JSON.parse(input) };
  });
  expect(definition.words).toEqual(["batch", "register-job-definition"]);
  expect(definition.input.retryStrategy).toEqual({
    attempts: 10,
    evaluateOnExit: [{ onExitCode: "2", action: "EXIT" }],
  });
  expect(sweep.input).toMatchObject({ jobQueue: "spot", arrayProperties: { size: 3 } });
  const { command, environment } = sweep.input.containerOverrides;
  expect(command.slice(0, 2)).toEqual(["sh", "-c"]);
  expect(command[2]).toMatch(/&& exec qheat sweep \/tmp\/spec\.json .* -o '\/data\/the out' /);
  expect(JSON.parse(environment[0].value)).toMatchObject({ model: "qubit-pair" });
  expect(merge.all).toContain("jobId=id-7");
  expect(merge.input.containerOverrides.command).toEqual(["qheat", "merge", "/data/the out"]);
});

test.each([
  ["docker", [], "ENGINE must be slurm or kubernetes or aws"],
  ["slurm", ["--image", "x"], "--image is for kubernetes and aws, not for slurm"],
  ["aws", ["--parallel", "2"], "--parallel is for slurm and kubernetes, not for aws"],
  ["slurm", ["--time", "1 hour"], "--time must be minutes or"],
  ["slurm", ["--parallel", "4"], "--parallel must be a whole number from 1 to 3"],
  ["kubernetes", [], "--image is missing"],
  [
    "kubernetes",
    ["--image", "x", "--volume", "x", "--merge", "../x.arrow"],
    "must be a path within",
  ],
  ["kubernetes", ["--image", "x", "--volume", "x", "--merge", "/x.arrow"], "must be a path within"],
  ["aws", ["--image", "x", "--volume", "x"], "--queue is missing"],
  ["slurm", ["--compress", "zip"], "--compress must be zstd or lz4"],
  ["slurm", ["--merge", "x.xlsx"], "no format for .xlsx"],
])("submit %s … %s: exit 2", async (engine, options, message) => {
  const { code, stdout, stderr } = await qheat(["submit", engine, ...common, ...options], { cwd });
  expect({ code, stdout: stdout.length }).toEqual({ code: 2, stdout: 0 });
  expect(stderr).toContain(message);
});

test("aws: arrays of 2 to 10,000 tasks, and specs that fit into a job", async () => {
  const options = ["-o", "out", "--image", "x", "--volume", "x", "--queue", "x"];
  const one = await qheat(["submit", "aws", "My map 1.yaml", "--shards", "1", ...options], { cwd });
  expect(one.stderr).toContain("has 2 to 10000 tasks, got --shards 1");
  const list = Array.from({ length: 4000 }, (_, k) => 1 + k / 7);
  const input = JSON.stringify({ ...JSON.parse(specOf(1)), sweep: [{ T_A: list }], lambda: 0.5 });
  const long = await qheat(["submit", "aws", "-", "--shards", "2", ...options], { cwd, input });
  expect(long).toMatchObject({ code: 2, stderr: expect.stringContaining("has room for 20000") });
});

test("compressed parts, and a merge compressed where its format knows it", async () => {
  const options = ["--image", "x", "--volume", "x", "--compress", "lz4", "--merge"];
  const commands = async (file: string) => {
    const text = await printed(["kubernetes", ...common, ...options, file]);
    const [, sweep, merge] = parseAllDocuments(text).map((document) => document.toJS());
    return [sweep, merge].map((job) => job.spec.template.spec.containers[0].command.slice(-4));
  };
  const sweep = ["--threads", "1", "--compress", "lz4"];
  expect(await commands("m.arrow")).toEqual([sweep, ["-o", "/data/m.arrow", "--compress", "lz4"]]);
  expect(await commands("m.parquet")).toEqual([
    sweep,
    ["merge", "/data/the out", "-o", "/data/m.parquet"],
  ]);
});

test("words come back from a shell as they were", async () => {
  const words = ["a", "a b", "it's", "$HOME", "`x`", "\\", "", "!", "*", "a\nb", "-o", "%A_%a"];
  const { stdout } = await run("sh", ["-c", `printf '%s\\0' ${shellWords(words)}`]);
  expect(stdout.split("\0").slice(0, -1)).toEqual(words);
});
