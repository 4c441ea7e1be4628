import { spawnSync } from "node:child_process";

/** Runs a command that prints one JSON object; what it printed, or why there is none in a word. */
export function runJson(
  command: string,
  args: readonly string[],
): Readonly<Record<string, number>> | string {
  // a tuned BLAS is what a peer would run: no core type is forced on it
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...env } = process.env;
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    env: {
      ...env,
      OMP_NUM_THREADS: "1",
      OPENBLAS_NUM_THREADS: "1",
      XLA_FLAGS: "--xla_cpu_multi_thread_eigen=false",
    },
    encoding: "utf8",
  });
  if (error) return error.message;
  if (status !== 0) return stderr.trim().split("\n").at(-1) ?? `exit ${status}`;
  return JSON.parse(stdout) as Record<string, number>;
}
