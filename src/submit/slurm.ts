import { shellWords } from "./shell-words.ts";
import { mergeWords, type Submission, sweepWords } from "./submission.ts";

export interface SlurmOptions {
  /** The program and its first arguments, found from every node. */
  readonly program: readonly string[];
  /** The spec's path and its `--set`s. */
  readonly spec: readonly string[];
  /** Time limit of a task, as sbatch takes it. */
  readonly time: string | undefined;
}

/**
 * A script for bash that submits the array and the merge that depends on it.
 *
 * `exec` makes qheat the process that Slurm signals: two minutes before the time limit, and when the
 * task is requeued. Its output lies outside the folder of the parts.
 */
export function slurmScript(submission: Submission, { program, spec, time }: SlurmOptions): string {
  const { name, rows, shards, parallel, threads, folder } = submission;
  const logs = `${folder}-logs`;
  const limit = parallel === undefined ? "" : `%${parallel}`;
  const directives = (job: string, cores: number) =>
    [
      `--job-name=${job}`,
      "--open-mode=append",
      "--requeue",
      "--ntasks=1",
      `--cpus-per-task=${cores}`,
      ...(time === undefined ? [] : [`--time=${time}`]),
    ]
      .map((option) => `#SBATCH ${option}\n`)
      .join("");
  return `#!/bin/bash
# ${rows} rows in ${shards} shards. Submit with: bash THIS_FILE [INDICES]
# INDICES, say 3,4,17-20, are the shards to submit when some only are missing.
set -euo pipefail
mkdir -p ${shellWords([logs])}

sweep=$(sbatch --parsable --array="\${1:-0-${shards - 1}}${limit}" --output=${shellWords([`${logs}/%A_%a.txt`])} <<'TASK'
#!/bin/bash
${directives(name, threads)}#SBATCH --signal=B:TERM@120
exec ${shellWords([...program, ...sweepWords(spec, submission)])}
TASK
)

merge=$(sbatch --parsable --dependency="afterok:\${sweep%%;*}" --kill-on-invalid-dep=yes --output=${shellWords([`${logs}/%j_merge.txt`])} <<'MERGE'
#!/bin/bash
${directives(`${name}-merge`, 1)}exec ${shellWords([...program, ...mergeWords(submission)])}
MERGE
)

echo "shards: job $sweep; merge: job $merge; output: "${shellWords([logs])}
`;
}
