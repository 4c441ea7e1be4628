import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machineLines } from "../machine.ts";
import { gridSpec } from "../wall/specs.ts";
import { median, secondsOf } from "../wall/timing.ts";
import type { Measured, Work } from "./model.ts";

const ROUNDS = 5;
const SHARDS = 4;

const kinds = [
  { name: "Lindblad, closed form", equation: "lindblad", rows: 4e6 },
  { name: "Redfield, LU of size 6", equation: "redfield", rows: 1e6 },
] as const;

/** Measures shards, merges and checks by the program at `cli`, each process held to one core. */
export function measure(folder: string, cli: string): Measured {
  const spec = join(folder, "spec.json");
  const out = join(folder, "out");
  const seconds = (args: readonly string[]) =>
    secondsOf("taskset", ["-c", "0", process.execPath, cli, ...args, "--quiet"]);
  const plan = (equation: string, rows: number) => {
    writeFileSync(spec, JSON.stringify(gridSpec(equation, rows)));
    rmSync(out, { recursive: true, force: true });
  };
  const shard = (index: number, shards: number) => {
    const numbers = ["--shards", String(shards), "--shard", String(index), "--threads", "1"];
    return seconds(["sweep", spec, ...numbers, "-o", out]);
  };
  const rounds = (work: () => number) => Array.from({ length: ROUNDS }, work);

  const startSeconds = median(
    rounds(() => {
      plan("lindblad", 1);
      return shard(0, 1);
    }),
  );
  const merges: number[] = [];
  const checks: number[] = [];
  const works = kinds.map(({ name, equation, rows }): Work => {
    const sweeps = rounds(() => {
      plan(equation, rows);
      let sum = 0;
      for (let index = 0; index < SHARDS; index++) sum += shard(index, SHARDS) - startSeconds;
      return sum;
    });
    const parts = readdirSync(out).filter((file) => file.endsWith(".arrow"));
    const bytes = parts.reduce((sum, part) => sum + statSync(join(out, part)).size, 0);
    const merge = ["merge", out, "-o", join(folder, "merged.arrow")];
    merges.push(...rounds(() => bytes / (seconds(merge) - startSeconds)));
    checks.push(...rounds(() => bytes / (seconds(["verify", out]) - startSeconds)));
    return { name, rowsPerSecond: rows / median(sweeps), bytesPerRow: bytes / rows };
  });
  return {
    machine: machineLines(),
    startSeconds,
    mergeBytesPerSecond: median(merges),
    checkBytesPerSecond: median(checks),
    works,
  };
}
