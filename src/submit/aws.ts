import { mergeWords, type Submission, sweepWords, taskMemory } from "./submission.ts";
import { shellWords } from "./shell-words.ts";

export interface AwsOptions {
  readonly image: string;
  /** The EFS file system that all tasks mount; the submission's paths are in `/data`, its place. */
  readonly volume: string;
  readonly queue: string;
  /** The spec itself, as JSON. */
  readonly spec: string;
}

/** The tasks of an array: at least and at most. */
export const AWS_SHARDS = [2, 10_000] as const;

/** Bytes of a spec that fit into a job, whose limit is 30 KiB in all. */
export const LONGEST_AWS_SPEC = 20_000;

/** The most that AWS Batch allows. */
const ATTEMPTS = 10;

/**
 * A script for bash that registers a job definition for AWS Batch, submits the array, and submits the
 * merge that depends on it. The spec travels in the environment of the tasks.
 */
export function awsScript(
  submission: Submission,
  { image, volume, queue, spec }: AwsOptions,
): string {
  const { name, rows, shards, threads } = submission;
  const definition = {
    jobDefinitionName: name,
    type: "container",
    containerProperties: {
      image,
      resourceRequirements: [
        { type: "VCPU", value: String(threads) },
        { type: "MEMORY", value: String(taskMemory(submission)) },
      ],
      volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: volume } }],
      mountPoints: [{ sourceVolume: "data", containerPath: "/data" }],
    },
    // what is not named here is tried again
    retryStrategy: {
      attempts: ATTEMPTS,
      evaluateOnExit: [{ onExitCode: "2", action: "EXIT" }],
    },
  };
  const job = { jobQueue: queue, jobDefinition: name };
  const task = `printf %s "$QHEAT_SPEC" > /tmp/spec.json && exec ${shellWords(["qheat", ...sweepWords(["/tmp/spec.json"], submission)])}`;
  const sweep = {
    ...job,
    jobName: name,
    arrayProperties: { size: shards },
    containerOverrides: {
      command: ["sh", "-c", task],
      environment: [{ name: "QHEAT_SPEC", value: spec }],
    },
  };
  const merge = {
    ...job,
    jobName: `${name}-merge`,
    containerOverrides: { command: ["qheat", ...mergeWords(submission)] },
  };
  const input = (value: object) =>
    `--cli-input-json "$(cat <<'JSON'\n${JSON.stringify(value, null, 2)}\nJSON\n)"`;
  return `#!/bin/bash
# ${rows} rows in ${shards} shards. Submit with: bash THIS_FILE
# Submitted again, finished shards end at once.
set -euo pipefail

aws batch register-job-definition --query jobDefinitionArn --output text ${input(definition)}

sweep=$(aws batch submit-job --query jobId --output text ${input(sweep)})

merge=$(aws batch submit-job --query jobId --output text --depends-on "jobId=$sweep" ${input(merge)})

echo "shards: job $sweep; merge: job $merge"
`;
}
