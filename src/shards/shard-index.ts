import { ShardError } from "./shard-error.ts";

/** Where an engine puts the index of a task, and the index at which its arrays begin. */
export interface IndexVariable {
  readonly engine: string;
  readonly variable: string;
  readonly first: 0 | 1;
  /** What the variable holds in a job that is no array. */
  readonly none?: string;
}

/**
 * Arrays of Grid Engine and LSF cannot begin at 0, so that theirs are numbered 1 … N and the others'
 * 0 … N − 1. The number of tasks is never taken from the environment: Slurm's count is another one when
 * some indices only are submitted again.
 */
export const indexVariables: readonly IndexVariable[] = [
  { engine: "Slurm", variable: "SLURM_ARRAY_TASK_ID", first: 0 },
  { engine: "Kubernetes", variable: "JOB_COMPLETION_INDEX", first: 0 },
  { engine: "AWS Batch", variable: "AWS_BATCH_JOB_ARRAY_INDEX", first: 0 },
  { engine: "PBS", variable: "PBS_ARRAY_INDEX", first: 0 },
  { engine: "Grid Engine", variable: "SGE_TASK_ID", first: 1, none: "undefined" },
  { engine: "LSF", variable: "LSB_JOBINDEX", first: 1, none: "0" },
];

/**
 * The shard, from 0, that the environment of an array's task says.
 *
 * @throws ShardError if none of the engines has put one there, if two of them disagree, or if it is not
 *   one of `shards`.
 */
export function shardIndex(
  environment: Readonly<Record<string, string | undefined>>,
  shards: number,
): number {
  const found = indexVariables.flatMap(({ variable, first, none }) => {
    const value = environment[variable];
    if (value === undefined || value === "" || value === none) return [];
    return [{ variable, value, first, shard: Number(value) - first }];
  });
  if (found.length === 0) {
    const names = indexVariables.map(({ variable }) => variable).join(", ");
    throw new ShardError("refused", `--shard auto: this is no array's task: there is no ${names}`);
  }
  for (const { variable, value, first, shard } of found) {
    if (/^\d+$/.test(value) && shard >= 0 && shard < shards) continue;
    const [from, to] = [first, shards - 1 + first];
    throw new ShardError(
      "refused",
      `--shard auto: ${variable} is ${JSON.stringify(value)}, and the tasks of ${shards} shards are numbered ${from} to ${to}`,
    );
  }
  const [one, ...others] = found;
  const other = others.find(({ shard }) => shard !== one.shard);
  if (other) {
    const says = ({ variable, value, shard }: typeof one) =>
      `${variable}=${value} says shard ${shard}`;
    throw new ShardError(
      "refused",
      `--shard auto: ${says(one)} and ${says(other)}; say --shard I, from 0`,
    );
  }
  return one.shard;
}
