import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** The program as it ships. */
export const main = resolve(import.meta.dirname, "../../dist/src/cli/main.js");

export interface Result {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs `qheat ARGS` in `cwd` with `input` on stdin and `env` in its environment. */
export async function qheat(
  args: readonly string[],
  {
    cwd,
    input = "",
    env = {},
  }: { cwd?: string; input?: string | Buffer; env?: Readonly<Record<string, string>> } = {},
): Promise<Result> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...env },
    ...(cwd && { cwd }),
  });
  const stdout: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => stdout.push(data));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  child.stdin.on("error", () => {}); // the program may end before it has read all
  child.stdin.end(input);
  const code = await new Promise<number | null>((end) => child.on("close", end));
  return { code, stdout: Buffer.concat(stdout), stderr };
}

export const point = {
  model: "qubit-pair",
  omega_1: 1,
  omega_2: 2,
  lambda: 0.5,
  T_A: 2,
  T_B: 1,
  bath_A: { spectrum: "flat", g: 1 },
  bath_B: { spectrum: "power", g: 1, exponent: 1, cutoff: 10 },
};

const { lambda: _, T_A: __, ...fixed } = point;

/** A spec of `count` times 100 rows; those with lambda ≥ √2 lie outside the domain. */
export function specOf(count: number): string {
  const axes = [{ lambda: { linspace: [0, 2, count] } }, { T_A: { linspace: [1, 2, 100] } }];
  return JSON.stringify({ ...fixed, sweep: axes });
}
