import { mkdirSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { runJson } from "./run-json.ts";

/** Builds `bench/native` with the given flags and runs it: median ns a row or a system of each work. */
export function native(name: string, flags: readonly string[]) {
  mkdirSync("bench/native/build", { recursive: true });
  const program = `bench/native/build/${name}`;
  const options = ["-std=c++17", "-O3", "-ffast-math", ...flags];
  const built = spawnSync("g++", [...options, "bench/native/main.cpp", "-o", program], {
    encoding: "utf8",
  });
  if (built.error) return "no g++ here";
  return built.status === 0 ? runJson(program, []) : built.stderr;
}
