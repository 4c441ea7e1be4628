import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratchFolder } from "../arrow/scratch.ts";
import { main } from "../cli/run-cli.ts";

/** Whether this is the long run. */
export const long = process.env["QHEAT_FAULTS"] === "long";

export const root = scratchFolder();
let folders = 0;

/** A spec of `rows` rows, a hundred at least. */
export function specText(rows: number): string {
  const flat = { spectrum: "flat", g: 1 };
  return JSON.stringify({
    model: "qubit-pair",
    omega_1: 1,
    omega_2: 2,
    T_B: 1,
    bath_A: flat,
    bath_B: flat,
    sweep: [
      { lambda: { linspace: [0.05, 1.3, rows / 100] } },
      { T_A: { linspace: [0.5, 4.5, 100] } },
    ],
  });
}

/** A folder of its own with `spec.json` in it, whose name no other path contains. */
export function freshFolder(rows: number, parent = root): string {
  const folder = join(parent, `faulty-${folders++}`);
  mkdirSync(folder);
  writeFileSync(join(parent, "spec.json"), specText(rows));
  return folder;
}

export interface Outcome {
  readonly code: number | null;
  readonly killed: NodeJS.Signals | null;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Put before the command. */
  readonly wrapper?: readonly string[];
  /** Called with the process as soon as there is one. */
  readonly started?: (child: ChildProcess) => void;
}

/** Runs `qheat sweep` of the folder's spec to `x.arrow` in it. */
export async function sweep(
  folder: string,
  more: readonly string[] = [],
  { env, wrapper = [], started }: RunOptions = {},
): Promise<Outcome> {
  const spec = join(folder, "../spec.json");
  const command = [...wrapper, process.execPath, main, "sweep", spec, "-o", "x.arrow", ...more];
  const child = spawn(command[0], command.slice(1), {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
  started?.(child);
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  return new Promise((end) => child.on("close", (code, killed) => end({ code, killed, stderr })));
}

/** The file's bytes, or undefined where it is not there. */
export function fileIn(folder: string): Buffer | undefined {
  return readdirSync(folder).includes("x.arrow")
    ? readFileSync(join(folder, "x.arrow"))
    : undefined;
}

/** Whether `what` has to be skipped as one of its tools does not work here, which is then said. */
export function missing(what: string, ...commands: (readonly string[])[]): boolean {
  for (const [name, ...args] of commands) {
    try {
      execFileSync(name, args, { stdio: "ignore" });
    } catch {
      console.warn(`skipped: ${what}, as \`${[name, ...args].join(" ")}\` does not work here`);
      return true;
    }
  }
  return false;
}

/** Has a process killed after so many milliseconds, if it is still there. */
export function killedAfter(milliseconds: number): (child: ChildProcess) => void {
  return (child) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    child.on("close", () => clearTimeout(timer));
  };
}
