// Loaded into the program by a test: writes its peak memory in kB to the file named in the environment.
import { readFileSync, writeFileSync } from "node:fs";

process.on("exit", () => {
  const status = readFileSync("/proc/self/status", "utf8");
  writeFileSync(String(process.env["QHEAT_PEAK_FILE"]), String(/VmHWM:\s+(\d+)/.exec(status)?.[1]));
});
