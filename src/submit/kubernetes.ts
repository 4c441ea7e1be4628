import { stringify } from "yaml";
import { mergeWords, type Submission, sweepWords, taskMemory } from "./submission.ts";

export interface KubernetesOptions {
  readonly image: string;
  /** The claim of a volume that all tasks can write; the submission's paths are in `/data`, its place. */
  readonly volume: string;
  /** The spec itself, as JSON. */
  readonly spec: string;
}

/** Attempts of one shard that may fail, disruptions not counted, before the job is given up. */
const ATTEMPTS_PER_SHARD = 6;

/** Tries of the merge, a few minutes apart at most: it waits for the shards by failing. */
const MERGE_TRIES = 1000;

/**
 * A ConfigMap with the spec, an Indexed Job of the shards, and a Job that merges them. Kubernetes knows no
 * dependency: the merge fails until all the shards are there, and is tried again.
 */
export function kubernetesManifest(
  submission: Submission,
  { image, volume, spec }: KubernetesOptions,
): string {
  const { name, shards, parallel, threads } = submission;
  const configMap = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name },
    data: { "spec.json": spec },
  };
  const job = (jobName: string, words: readonly string[], cores: number, rest: object) => ({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: jobName },
    spec: {
      ...rest,
      podFailurePolicy: {
        rules: [
          {
            // the spec or the plan is wrong, and no retry helps
            action: "FailJob",
            onExitCodes: { containerName: "qheat", operator: "In", values: [2] },
          },
          { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
        ],
      },
      template: {
        spec: {
          restartPolicy: "Never",
          containers: [
            {
              name: "qheat",
              image,
              command: ["qheat", ...words],
              resources: {
                requests: { cpu: String(cores), memory: `${taskMemory(submission)}Mi` },
                limits: { memory: `${taskMemory(submission)}Mi` },
              },
              volumeMounts: [
                { name: "data", mountPath: "/data" },
                { name: "spec", mountPath: "/spec", readOnly: true },
              ],
            },
          ],
          volumes: [
            { name: "data", persistentVolumeClaim: { claimName: volume } },
            { name: "spec", configMap: { name } },
          ],
        },
      },
    },
  });
  const sweep = job(name, sweepWords(["/spec/spec.json"], submission), threads, {
    completionMode: "Indexed",
    completions: shards,
    parallelism: parallel ?? shards,
    backoffLimitPerIndex: ATTEMPTS_PER_SHARD,
  });
  const merge = job(`${name}-merge`, mergeWords(submission), 1, { backoffLimit: MERGE_TRIES });
  return [configMap, sweep, merge]
    .map(
      (document) => `---\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`,
    )
    .join("");
}
