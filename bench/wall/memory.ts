import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gridSpec } from "./specs.ts";

const ROWS = 1e8;

/** Resident memory of a sweep of 10⁸ rows to a stream that is thrown away, sampled as it runs. */
export async function memoryBench(folder: string, cli: string): Promise<readonly string[]> {
  const spec = join(folder, "memory.json");
  writeFileSync(spec, JSON.stringify(gridSpec("lindblad", ROWS)));
  const child = spawn(process.execPath, [cli, "sweep", spec, "-o", "-", "--quiet"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.resume();
  const samples: number[] = [];
  const sampling = setInterval(() => {
    const megabytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"));
    if (megabytes) samples.push(Number(megabytes[1]) / 1024);
  }, 100);
  child.once("exit", () => clearInterval(sampling));
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) throw new Error(`the sweep ended with ${code}`);
  const quarter = samples.length >> 2;
  const largest = (part: readonly number[]) => Math.max(...part).toFixed(0);
  return [
    `| resident memory of a 10⁸-row sweep, at most | ${largest(samples)} MiB (second quarter ${largest(samples.slice(quarter, 2 * quarter))}, last ${largest(samples.slice(-quarter))}) | ≤ 250 MB, flat |`,
  ];
}
