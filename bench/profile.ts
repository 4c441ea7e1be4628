import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";

/** The kernels with the names of their functions. */
export function namedModule(): WebAssembly.Module {
  mkdirSync("bench/native/build", { recursive: true });
  const file = "bench/native/build/named.wasm";
  const asc = ["asc", "assembly/index.ts", "--target", "release", "--debug", "--outFile", file];
  const built = spawnSync("npx", asc);
  if (built.status !== 0) throw new Error(built.stderr.toString());
  return new WebAssembly.Module(readFileSync(file));
}

/** Share of each function in the time of `run`, by V8's sampling profiler: three seconds' samples. */
export async function profile(run: () => void): Promise<ReadonlyMap<string, number>> {
  const warm = performance.now() + 500;
  while (performance.now() < warm) run();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 100 });
  await session.post("Profiler.start");
  const end = performance.now() + 3000;
  while (performance.now() < end) run();
  const { profile: samples } = await session.post("Profiler.stop");
  session.disconnect();
  const counts = new Map<string, number>();
  let all = 0;
  for (const { callFrame, hitCount = 0 } of samples.nodes) {
    if (/idle|program|garbage/.test(callFrame.functionName)) continue;
    // without the paths of a function's file and of its type parameters
    const name = callFrame.functionName.replaceAll(/[^<>,]*\//g, "");
    counts.set(name, (counts.get(name) ?? 0) + hitCount);
    all += hitCount;
  }
  return new Map([...counts].map(([name, count]) => [name, count / all]));
}
